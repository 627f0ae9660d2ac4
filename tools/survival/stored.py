"""Waits until nothing is left to deliver, then prints as JSON what the city has stored.

python -m tools.survival.stored SECONDS
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django


def main() -> None:
    django.setup()
    wait_for_deliveries(float(sys.argv[1]))
    print(json.dumps(everything(), default=str))


def wait_for_deliveries(seconds: float) -> None:
    from common.api import outbox

    deadline = time.monotonic() + seconds
    waiting = outbox.Delivery.objects.filter(kind="submission", state__in=outbox.Delivery.WAITING)
    while waiting.exists() and time.monotonic() < deadline:
        time.sleep(0.5)


def everything() -> dict[str, Any]:
    """Applications by id, stored answers by key, cases, deliveries, attempts by outcome."""
    from django.db.models import Count

    from common.models import DeliveryAttempt, IdempotencyKey
    from forms_engine.models import Case, Submission

    deliveries = _deliveries().values_list("subject_id", "destination", "state", "id", "error_class")
    outcomes = DeliveryAttempt.objects.order_by().values_list("outcome").annotate(Count("id"))
    return {
        "submissions": [[str(pk), ref] for pk, ref in Submission.objects.values_list("pk", "reference")],
        "keys": [[key, body["reference"]] for key, body in IdempotencyKey.objects.values_list("key", "body")],
        "cases": [str(pk) for pk in Case.objects.values_list("submission_id", flat=True)],
        "deliveries": [[str(value) for value in row] for row in deliveries],
        "attempts": dict(outcomes),
    }


def _deliveries() -> Any:
    from common.api import outbox

    return outbox.Delivery.objects.filter(kind="submission")


if __name__ == "__main__":
    main()
