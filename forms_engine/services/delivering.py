"""What the worker does with an application: hand it to its destination, then freeze its summary."""

from __future__ import annotations

from common.api import crypto, outbox
from forms_engine.destinations import registry
from forms_engine.models import Submission
from forms_engine.services.documents import freeze_summary
from forms_engine.services.scanning import scan_before_delivery


def deliver_submission(delivery: outbox.Delivery) -> outbox.Sent:
    """Outbox handler. Raises outbox.PermanentFailure where only a person can help, and what the destination raises."""
    destination = registry.find(delivery.destination)
    submission = find_for_delivery(delivery.subject_id)
    if destination is None:
        raise outbox.PermanentFailure("UnknownDestination", f"Das Ziel „{delivery.destination}“ gibt es nicht.")
    if submission is None:
        raise outbox.PermanentFailure("SubmissionGone", "Der Antrag ist nicht mehr gespeichert.")
    try:
        scan_before_delivery(submission.pk)
        sent = destination.deliver(submission, delivery)
        freeze_summary(submission)
    except crypto.DecryptionFailed as error:
        raise outbox.PermanentFailure("DecryptionFailed", "Der Antrag lässt sich nicht entschlüsseln.") from error
    return sent


def find_for_delivery(submission_id: str) -> Submission | None:
    rows = Submission.objects.select_related("flow__form", "unit").defer("flow__document", "flow__form__draft")
    return rows.filter(pk=submission_id).first()
