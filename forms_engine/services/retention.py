"""What is deleted, and when. The worker calls these every hour; each may run twice.

Drafts go 30 days after the last edit (OZG-Rahmenarchitektur, section 9b EGovG). An application starts its clock when
the authority is done with it: when its case is closed or, where no case is kept, when every destination has confirmed.
`sent` starts nothing. How long it is kept then is the form's to say.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from common.api import audit, clock, idempotency, outbox, retention
from forms_engine.models import Draft, FlowVersion, Submission
from forms_engine.services.draft_rows import oldest_living_edit
from forms_engine.services.submissions import KIND

BATCH = 500
DEFAULT_MONTHS = 36
DONE = (outbox.Delivery.State.CONFIRMED, outbox.Delivery.State.CLOSED)


def register_rules() -> None:
    """Called once when the app is ready."""
    retention.register_rule(
        "drafts",
        what="Entwürfe mit ihren Dateien",
        when=f"{settings.DRAFT_DAYS} Tage nach der letzten Änderung",
        law="§ 9b EGovG, § 8a OZG",
        due=lambda: expired_drafts().count(),
        delete=delete_expired_drafts,
    )
    retention.register_rule(
        "applications",
        what="Anträge mit Fall, Dateien und PDF",
        when="so viele Monate nach dem Abschluss, wie das Formular sagt",
        law="Art. 17 DSGVO, Fachgesetz laut Formular",
        due=lambda: expired_submissions().count(),
        delete=delete_expired_submissions,
    )


def expired_drafts() -> QuerySet[Draft]:
    """Drafts whose last edit is DRAFT_DAYS ago, oldest first."""
    return Draft.objects.filter(edited_at__lte=oldest_living_edit()).order_by("edited_at")


def delete_expired_drafts() -> int:
    """Delete drafts, with their files, whose last edit is DRAFT_DAYS ago; returns how many."""
    deleted = 0
    while batch := _delete_batch(expired_drafts()):
        deleted += batch
    return deleted


def _delete_batch(expired: QuerySet[Draft]) -> int:
    """Rows are held before their files are looked up: one that is handed in at this moment is not touched."""
    with transaction.atomic():
        keys = list(expired.select_for_update().values_list("pk", flat=True)[:BATCH])
        Draft.objects.filter(pk__in=keys).delete()
    return len(keys)


def expired_submissions() -> QuerySet[Submission]:
    """Applications whose retention is over."""
    return Submission.objects.filter(delete_after__lt=clock.today())


def delete_expired_submissions() -> int:
    """Delete applications whose retention is over, with case, files and PDF; audited. Returns how many."""
    start_clocks()
    due = expired_submissions()
    return sum(_delete_expired(due.filter(pk=pk)) for pk in due.values_list("pk", flat=True)[:BATCH])


def start_clocks() -> int:
    """Where no case is kept, nobody closes one: the clock starts with the last confirmation. Returns how many."""
    waiting = Submission.objects.filter(delete_after=None, case=None).select_related("flow")
    return sum(_start_clock(submission) for submission in waiting.defer("payload", "flow__document").iterator())


def _start_clock(submission: Submission) -> bool:
    deliveries = list(outbox.deliveries_for(KIND, str(submission.pk)))
    if not deliveries or any(delivery.state not in DONE for delivery in deliveries):
        return False
    last = max((delivery.confirmed_at for delivery in deliveries if delivery.confirmed_at), default=clock.now())
    waiting = Submission.objects.filter(pk=submission.pk, delete_after=None, case=None)
    return bool(waiting.update(delete_after=deletion_day(submission, done_at=last)))


def _delete_expired(due: QuerySet[Submission]) -> bool:
    """Looked at again while it is held: a case that was reopened in the meantime stays."""
    with transaction.atomic():
        submission = due.select_for_update().first()
        if submission is not None:
            delete_submission(submission, reason="retention")
    return submission is not None


def delete_submission(submission: Submission, *, reason: str) -> None:
    """All that is kept of an application, in the caller's transaction: row, case, files, PDF, deliveries, the stored
    answer to whoever sent it. What stays is that it was deleted, by number of the row."""
    audit.record(actor=None, action="submission.delete", obj=f"submission:{submission.pk}", reason=reason)
    outbox.deliveries_for(KIND, str(submission.pk)).delete()
    idempotency.forget_answers(reference=submission.reference)
    submission.delete()


def deletion_day(submission: Submission, *, done_at: datetime | None = None) -> date:
    """The months the flow says, from the day the authority was done (today)."""
    document = FlowVersion.objects.values_list("document", flat=True).get(pk=submission.flow_id)
    months = (document.get("retention") or {}).get("submission_months")
    done = done_at.astimezone(clock.CITY_TIME).date() if done_at else clock.today()
    return add_months(done, DEFAULT_MONTHS if months is None else int(months))


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("unreachable")
