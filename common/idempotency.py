"""Happens once, however often it is asked for (draft-ietf-httpapi-idempotency-key-header-07).

The stored answer is written in the same transaction as the effect, so there is no "still running" row that could be
left behind. The caller's effect must itself exclude a second one (a row that changes state once); who loses that race
finds the winner's answer here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from common import clock
from common.models import IdempotencyKey
from common.retention import register_rule

KEEP = timedelta(days=14)


class KeyReused(Exception):
    """The key was used for another request (422)."""


class KeyBusy(Exception):
    """Another request for the same thing is still running (409)."""


@dataclass(frozen=True)
class Outcome:
    """The answer, and whether it is a stored one."""

    status: int
    body: dict[str, Any]
    replayed: bool


def new_answer(scope: str, key: str, fingerprint: bytes, outcome: Outcome) -> IdempotencyKey:
    """The row to write together with the effect. `scope` (up to 64 characters) binds the key to person and route;
    `fingerprint` is SHA-256 of the raw request. Writing a second one for a key raises IntegrityError."""
    return IdempotencyKey(
        scope=scope,
        key=key,
        fingerprint=fingerprint,
        status=outcome.status,
        body=outcome.body,
        expires_at=clock.now() + KEEP,
    )


def find_answer(scope: str, key: str, fingerprint: bytes) -> Outcome | None:
    """The stored answer of this request, or None when it never succeeded. Raises KeyReused."""
    stored = IdempotencyKey.objects.filter(scope=scope, key=key).first()
    if stored is None:
        return None
    if bytes(stored.fingerprint) != fingerprint:
        raise KeyReused
    return Outcome(stored.status, stored.body, replayed=True)


def list_answers(*, status: int) -> Iterator[dict[str, Any]]:
    """The bodies of all stored answers with this status, for whoever checks that they are true."""
    return IdempotencyKey.objects.filter(status=status).order_by().values_list("body", flat=True).iterator()


def forget_answers(*, reference: str) -> None:
    """What an answer promised has been deleted: nobody may be told any more that it is there."""
    IdempotencyKey.objects.filter(body__reference=reference).delete()


def expired_keys() -> QuerySet[IdempotencyKey]:
    """Answers older than 14 days."""
    return IdempotencyKey.objects.filter(expires_at__lt=clock.now())


def delete_expired_keys() -> int:
    """Forget answers older than 14 days; returns how many."""
    return expired_keys().delete()[0]


def register_retention() -> None:
    """Called once when the app is ready."""
    register_rule(
        "answers",
        what="Gespeicherte Antworten auf Absendungen",
        when=f"{KEEP.days} Tage nach dem Absenden",
        law="Art. 5 Abs. 1 Buchst. e DSGVO",
        due=lambda: expired_keys().count(),
        delete=delete_expired_keys,
    )
