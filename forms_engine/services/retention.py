"""What is deleted, and when. The worker calls these every hour; each may run twice."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from common.api import audit, clock
from forms_engine.models import Draft, FlowVersion, Submission
from forms_engine.services.draft_rows import oldest_living_edit

BATCH = 500
DEFAULT_MONTHS = 36


def delete_expired_drafts() -> int:
    """Delete drafts, with their files, whose last edit is DRAFT_DAYS ago; returns how many."""
    expired = Draft.objects.filter(edited_at__lte=oldest_living_edit()).order_by("edited_at")
    deleted = 0
    while batch := _delete_batch(expired):
        deleted += batch
    return deleted


def _delete_batch(expired: QuerySet[Draft]) -> int:
    """Rows are held before their files are looked up: one that is handed in at this moment is not touched."""
    with transaction.atomic():
        keys = list(expired.select_for_update().values_list("pk", flat=True)[:BATCH])
        Draft.objects.filter(pk__in=keys).delete()
    return len(keys)


def delete_expired_submissions() -> int:
    """Delete closed applications whose retention is over, with case, files and PDF; audited. Returns how many."""
    due = Submission.objects.filter(delete_after__lt=clock.today())
    return sum(_delete_submission(due.filter(pk=pk)) for pk in due.values_list("pk", flat=True)[:BATCH])


def _delete_submission(due: QuerySet[Submission]) -> bool:
    """Looked at again while it is held: a case that was reopened in the meantime stays."""
    with transaction.atomic():
        submission = due.select_for_update().first()
        if submission is None:
            return False
        audit.record(actor=None, action="submission.delete", obj=f"submission:{submission.pk}", reason="retention")
        submission.delete()
    return True


def deletion_day(submission: Submission) -> date:
    """Today plus the months the flow says."""
    document = FlowVersion.objects.values_list("document", flat=True).get(pk=submission.flow_id)
    months = int((document.get("retention") or {}).get("submission_months") or DEFAULT_MONTHS)
    return add_months(clock.today(), months)


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
