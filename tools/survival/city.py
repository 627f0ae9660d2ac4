"""What the survival run adds to the city: an office behind HTTP that fails often, and pauses short enough to watch."""

from __future__ import annotations

import http.client
import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from common.api import outbox
    from forms_engine.models import Submission

KEY = "survival"
LONGEST_PAUSE_SECONDS = 2  # instead of an hour between two tries and a minute of rest: faults here last seconds


class SurvivalConfig(AppConfig):
    name = "tools.survival"
    label = "survival"

    def ready(self) -> None:
        register_office()
        shorten_pauses()


def register_office() -> None:
    """Add the destination; SURVIVAL_RECEIVER is the port of the receiver."""
    from forms_engine.api import SubmissionDestination, register_destination

    class Office(SubmissionDestination):
        """Hands the number over under the delivery's id, by which the receiver recognises a repeat."""

        key = KEY
        label = "Amt hinter einer schlechten Leitung"

        def deliver(self, submission: Submission, delivery: outbox.Delivery) -> outbox.Sent:
            return post(submission.reference, str(delivery.pk))

    register_destination(Office())


def post(reference: str, number: str) -> outbox.Sent:
    """One request; raises TransientFailure for everything but a receipt."""
    from common.api import outbox

    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["SURVIVAL_RECEIVER"]), timeout=5)
    try:
        connection.request("POST", "/", json.dumps({"reference": reference}), {"Idempotency-Key": number})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise outbox.TransientFailure(type(error).__name__, "Das Amt antwortet nicht.") from error
    finally:
        connection.close()
    if answer.status != 200:
        raise outbox.TransientFailure(f"Status{answer.status}", "Das Amt nimmt gerade nichts an.")
    return outbox.Sent(remote_ref=number, confirmed=True)


def shorten_pauses() -> None:
    """Pauses between tries, and the lease where the run is a short one; what happens is the same, only sooner."""
    from common.outbox import breaker, lease

    lease.MAX_BACKOFF_SECONDS = LONGEST_PAUSE_SECONDS
    breaker.REST = timedelta(seconds=LONGEST_PAUSE_SECONDS)
    seconds = float(os.environ.get("SURVIVAL_LEASE_SECONDS", "20"))
    lease.LEASE = timedelta(seconds=seconds)
    lease.RENEW_SECONDS = seconds / 4
