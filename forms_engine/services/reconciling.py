"""What must hold of applications, across tables that nothing joins: `manage.py reconcile` asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from common.api import clock, idempotency, outbox, reconcile
from forms_engine.models import Case, Draft, Submission
from forms_engine.models.forms import default_destinations
from forms_engine.services.draft_rows import oldest_living_edit
from forms_engine.services.submissions import KIND

Discrepancy = reconcile.Discrepancy
INBOX = "case_inbox"
BATCH = 500  # SQLite takes no more than 999 values in a list
T = TypeVar("T")
GRACE = timedelta(days=2)  # deletion runs every hour; two days late means that it does not run


def find_missing_deliveries() -> Iterator[Discrepancy]:
    """An application without any delivery would lie where nobody looks."""
    for numbers in _batches(Submission.objects.order_by().values_list("pk", flat=True).iterator()):
        asked = outbox.Delivery.objects.filter(kind=KIND, subject_id__in=[str(n) for n in numbers])
        known = set(asked.values_list("subject_id", flat=True))
        for number in numbers:
            if str(number) not in known:
                yield Discrepancy(f"submission:{number}", "Für den Antrag gibt es keine Zustellung.")


def add_missing_deliveries(found: Discrepancy) -> None:
    """One delivery for each destination of the form, as handing in would have written."""
    submission = Submission.objects.select_related("flow__form").get(pk=found.obj.partition(":")[2])
    for name in submission.flow.form.destinations or default_destinations():
        outbox.schedule_delivery(kind=KIND, subject_id=str(submission.pk), destination=name)


def find_missing_cases() -> Iterator[Discrepancy]:
    """The inbox has confirmed: then there is the case."""
    confirmed = outbox.Delivery.objects.filter(
        kind=KIND, destination=INBOX, state=outbox.Delivery.State.CONFIRMED
    ).order_by()
    for subjects in _batches(confirmed.values_list("subject_id", flat=True).iterator()):
        there = set(Submission.objects.filter(pk__in=subjects).values_list("pk", flat=True))
        cases = set(Case.objects.filter(submission_id__in=there).values_list("submission_id", flat=True))
        for number in there - cases:
            yield Discrepancy(f"submission:{number}", "Zugestellt laut Vermerk, aber kein Fall im Postfach.")


def find_homeless_deliveries() -> Iterator[Discrepancy]:
    """What waits to be delivered exists."""
    waiting = outbox.Delivery.objects.filter(kind=KIND, state__in=outbox.Delivery.WAITING).order_by()
    for subjects in _batches(waiting.values_list("subject_id", flat=True).iterator()):
        there = {str(pk) for pk in Submission.objects.filter(pk__in=subjects).values_list("pk", flat=True)}
        for number in set(subjects) - there:
            yield Discrepancy(f"submission:{number}", "Eine Zustellung wartet auf einen Antrag, den es nicht gibt.")


def find_doubled_references() -> Iterator[Discrepancy]:
    """A number is read out on the telephone: it names one application, however it is written."""
    numbers = Submission.objects.order_by().values_list("reference", flat=True).iterator()
    for number, times in Counter(text.upper().replace("-", "") for text in numbers).items():
        if times > 1:
            yield Discrepancy(f"reference:{number}", f"Diese Vorgangsnummer gibt es {times}-mal.")


def find_empty_promises() -> Iterator[Discrepancy]:
    """Who was told "received" is there. Applications that were deleted since have said so in the audit log."""
    for answers in _batches(idempotency.list_answers(status=201)):
        promised = {body["reference"] for body in answers if "reference" in body}
        kept = set(Submission.objects.filter(reference__in=promised).values_list("reference", flat=True))
        for number in promised - kept:
            yield Discrepancy(f"reference:{number}", "Der Eingang wurde bestätigt, aber der Antrag fehlt.")


def find_overdue_deletions() -> Iterator[Discrepancy]:
    """What is to be deleted is deleted."""
    for number in Submission.objects.filter(delete_after__lt=(clock.now() - GRACE).date()).values_list("pk", flat=True):
        yield Discrepancy(f"submission:{number}", "Die Aufbewahrung ist vorbei. Läuft manage.py worker oder retain?")
    for number in Draft.objects.filter(edited_at__lt=oldest_living_edit() - GRACE).values_list("pk", flat=True):
        yield Discrepancy(f"draft:{number}", "Der Entwurf ist abgelaufen. Läuft manage.py worker oder retain?")


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """Some at a time, so that a million applications need no more memory than a thousand."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def register_checks() -> None:
    """Called once when the app is ready."""
    reconcile.register_check(
        "delivery",
        promise="Jeder Antrag hat seine Zustellung",
        find=find_missing_deliveries,
        mend=add_missing_deliveries,
    )
    reconcile.register_check("case", promise="Jeder zugestellte Antrag ist ein Fall", find=find_missing_cases)
    reconcile.register_check("subject", promise="Jede Zustellung hat ihren Antrag", find=find_homeless_deliveries)
    reconcile.register_check("reference", promise="Jede Vorgangsnummer gibt es einmal", find=find_doubled_references)
    reconcile.register_check("promise", promise="Jeder bestätigte Eingang ist da", find=find_empty_promises)
    reconcile.register_check("deletion", promise="Was gelöscht sein soll, ist gelöscht", find=find_overdue_deletions)
