"""Claim, deliver, finish. Every finish is fenced by the lease number: a late worker changes nothing."""

from __future__ import annotations

import logging
import os
import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from common import clock
from common.models import Delivery, DeliveryAttempt
from common.outbox import breaker
from common.outbox.handlers import PermanentFailure, Sent, TransientFailure, handlers

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=20)
RENEW_SECONDS = 5
GIVE_UP_AFTER = timedelta(days=14)
MAX_BACKOFF_SECONDS = 3600
HELD_SECONDS = 60


def owner_name() -> str:
    """Who holds a lease: host, process, thread."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"[:80]


@dataclass(frozen=True)
class Outcome:
    """What an attempt changes on the row."""

    name: str
    changes: dict[str, Any]


def claim(destination: str, *, limit: int) -> list[Delivery]:
    """Lease up to `limit` due deliveries of one destination, oldest first. Two workers never get the same one:
    PostgreSQL skips locked rows, SQLite has one writer (the transaction is IMMEDIATE)."""
    moment = clock.now()
    with transaction.atomic():
        due = Delivery.objects.filter(destination=destination, state__in=Delivery.WAITING, due_at__lte=moment)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        leased = list(due.order_by("due_at", "id")[:limit])
        for delivery in leased:
            delivery.state = Delivery.State.LEASED
            delivery.lease_no += 1
            delivery.attempts += 1
            delivery.lease_owner = owner_name()
            delivery.due_at = moment + LEASE
            delivery.save(update_fields=["state", "lease_no", "attempts", "lease_owner", "due_at"])
    return leased


def deliver(delivery: Delivery) -> str:
    """Run the handler outside any transaction and finish the row; returns the outcome's name. The lease of one that
    waited for its turn in a batch starts anew; whoever has lost it in the meantime does not deliver at all."""
    started = clock.now()
    held = Delivery.objects.filter(pk=delivery.pk, lease_no=delivery.lease_no, state=Delivery.State.LEASED)
    if not held.update(due_at=started + LEASE):
        return "fenced"
    with _renewing(delivery):
        outcome, error_class = _attempt(delivery)
    with transaction.atomic():  # a worker killed in between would leave a confirmation that no attempt proves
        name = outcome.name if held.update(**outcome.changes) else "fenced"
        _log_attempt(delivery, started, name, error_class)
    breaker.note(delivery.destination, failed=name == "retry")
    return name


def _log_attempt(delivery: Delivery, started: datetime, outcome: str, error_class: str) -> None:
    what = {"started_at": started, "ended_at": clock.now(), "outcome": outcome, "error_class": error_class}
    DeliveryAttempt.objects.get_or_create(delivery=delivery, lease_no=delivery.lease_no, defaults=what)


def _attempt(delivery: Delivery) -> tuple[Outcome, str]:
    handler = handlers.find(delivery.kind)
    if handler is None:
        return _dead("UnknownKind", f"Für „{delivery.kind}“ gibt es keinen Zustellweg."), "UnknownKind"
    try:
        return _delivered(handler(delivery)), ""
    except PermanentFailure as failure:
        return _dead(failure.error_class, failure.text), failure.error_class
    except TransientFailure as failure:
        again = _held if failure.is_held else _again
        return again(delivery, failure.error_class, failure.text, failure.retry_after), failure.error_class
    except Exception as error:  # a defect in a plugin must neither stop the worker nor lose the row
        logger.exception("delivery %s failed", delivery.pk)
        text = "Unerwarteter Fehler, siehe Protokoll des Servers."
        return _again(delivery, type(error).__name__, text, None), type(error).__name__


def _delivered(sent: Sent) -> Outcome:
    moment = clock.now()
    changes: dict[str, Any] = {"sent_at": moment, "remote_ref": sent.remote_ref, "error_class": "", "error_text": ""}
    if sent.confirmed:
        return Outcome("confirmed", changes | {"state": Delivery.State.CONFIRMED, "confirmed_at": moment})
    return Outcome("sent", changes | {"state": Delivery.State.SENT})


def _dead(error_class: str, text: str) -> Outcome:
    changes = {"state": Delivery.State.DEAD, "error_class": error_class[:80], "error_text": text[:500]}
    return Outcome("dead", changes)


def _again(delivery: Delivery, error_class: str, text: str, retry_after: float | None) -> Outcome:
    moment = clock.now()
    if moment - delivery.first_due_at > GIVE_UP_AFTER:
        return _dead(error_class, text)
    due_at = moment + timedelta(seconds=backoff_seconds(delivery.attempts, retry_after))
    changes = {"state": Delivery.State.RETRY, "due_at": due_at, "error_class": error_class[:80]}
    return Outcome("retry", changes | {"error_text": text[:500]})


def _held(delivery: Delivery, error_class: str, text: str, retry_after: float | None) -> Outcome:
    """As `_again`, but soon, and not the destination's failure."""
    outcome = _again(delivery, error_class, text, retry_after)
    if outcome.name == "dead":
        return outcome
    due_at = clock.now() + timedelta(seconds=max(retry_after or 0.0, HELD_SECONDS))
    return Outcome("held", outcome.changes | {"due_at": due_at})


def backoff_seconds(attempts: int, retry_after: float | None = None) -> float:
    """Full jitter: uniform between 0 and min(1 h, 5 s * 2^attempts), never earlier than the receiver asked for."""
    ceiling = min(MAX_BACKOFF_SECONDS, 5 * 2 ** min(attempts, 12))
    return max(retry_after or 0.0, random.uniform(0, ceiling))  # noqa: S311 - jitter, not a secret


@contextmanager
def _renewing(delivery: Delivery) -> Iterator[None]:
    """Keep the lease while a long delivery runs. Skipped inside a test's transaction, where a thread sees nothing."""
    if connection.in_atomic_block:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_renew_until, args=(delivery, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _renew_until(delivery: Delivery, stop: threading.Event) -> None:
    renewed = False
    while not stop.wait(RENEW_SECONDS):
        renewed = True
        due_at: datetime = clock.now() + LEASE
        Delivery.objects.filter(pk=delivery.pk, lease_no=delivery.lease_no, state=Delivery.State.LEASED).update(
            due_at=due_at
        )
    if renewed:
        connection.close()


def due_destinations() -> list[str]:
    """Destinations with work that is due and whose breaker lets it through."""
    moment = clock.now()
    names = (
        Delivery.objects.filter(state__in=Delivery.WAITING, due_at__lte=moment)
        .order_by("destination")
        .values_list("destination", flat=True)
        .distinct()
    )
    return breaker.passing(list(names), moment)


def run_due(*, limit: int = 100) -> int:
    """Deliver what is due now, destination by destination; returns how many were attempted. For tests and scripts;
    `manage.py worker` runs each destination in a thread of its own."""
    done = 0
    for destination in due_destinations():
        for delivery in claim(destination, limit=limit):
            deliver(delivery)
            done += 1
    return done
