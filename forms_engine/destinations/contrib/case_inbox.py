"""The embedded default: the application becomes a case in the inbox of the responsible unit."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.api import clock, outbox
from forms_engine.destinations.base import SubmissionDestination
from forms_engine.destinations.registry import register
from forms_engine.models import Case, CaseEvent, Submission
from forms_engine.models.cases import CaseStatus
from forms_engine.signals import case_changed


class CaseInbox(SubmissionDestination):
    """Creates the case once: the one-to-one to the submission is the receiver's memory."""

    key = "case_inbox"
    label = _("Fallpostfach")

    def deliver(self, submission: Submission, delivery: outbox.Delivery) -> outbox.Sent:
        with transaction.atomic():
            case, created = Case.objects.get_or_create(
                submission=submission, defaults={"unit_id": submission.unit_id, "changed_at": clock.now()}
            )
            if created:
                CaseEvent.objects.create(case=case, at=submission.received_at, status=CaseStatus.RECEIVED)
                transaction.on_commit(lambda: case_changed.send(Case, case=case))
        return outbox.Sent(remote_ref=str(case.pk), confirmed=True)


register(CaseInbox())
