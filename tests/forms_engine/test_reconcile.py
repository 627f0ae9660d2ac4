"""`manage.py reconcile` finds what is lost or doubled, mends what a machine may, and accuses nobody wrongly."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from common import clock, idempotency
from common.api import outbox
from common.models import AuditEvent, Delivery, DeliveryAttempt
from forms_engine.models import Case, Draft, Submission
from tests.forms_engine.factories import Citizen, case_in_inbox, publish, submitted

pytestmark = pytest.mark.django_db


def reconcile(*options: str) -> tuple[bool, str]:
    """Whether all is well, and what was said."""
    out = io.StringIO()
    try:
        call_command("reconcile", *options, stdout=out, no_color=True)
    except CommandError:
        return False, out.getvalue()
    return True, out.getvalue()


def refused(*options: str) -> str:
    well, text = reconcile(*options)
    assert not well, text
    return text


def test_reconcile__everything_delivered__finds_nothing():
    case_in_inbox()
    submitted()
    Citizen(publish()).fill()
    assert reconcile()[0], reconcile()[1]


def test_reconcile__delivery_lost__is_found_and_mended_once():
    submission, _code = submitted()
    Delivery.objects.all().delete()
    assert f"submission:{submission.pk}  Für den Antrag gibt es keine Zustellung." in refused()
    well, text = reconcile("--fix")
    assert well, text
    assert "1 behoben" in text
    assert AuditEvent.objects.filter(action="reconcile.fix", obj=f"submission:{submission.pk}").count() == 1
    outbox.run_due()
    assert Case.objects.filter(submission=submission).count() == 1
    assert reconcile("--fix")[0]
    assert Delivery.objects.count() == 1


def test_reconcile__without_fix__changes_nothing():
    submitted()
    Delivery.objects.all().delete()
    refused()
    assert not Delivery.objects.exists()


def test_reconcile__case_lost__is_found_and_left_to_people():
    case, _code = case_in_inbox()
    case.delete()
    assert "kein Fall im Postfach" in refused("--fix")


def test_reconcile__application_lost_before_delivery__is_found():
    submission, _code = submitted()
    Submission.objects.all().delete()
    text = refused()
    assert f"submission:{submission.pk}  Eine Zustellung wartet" in text
    assert f"reference:{submission.reference}  Der Eingang wurde bestätigt" in text


def test_reconcile__reference_in_two_spellings__is_found():
    submission, _code = submitted()
    submission.pk, submission.code_hash = None, b"x" * 32
    submission.reference = submission.reference.lower()
    submission.save(force_insert=True)
    assert "gibt es 2-mal" in refused()


def test_reconcile__lease_without_worker__is_found_after_five_minutes():
    submitted()
    Delivery.objects.update(state="leased", lease_no=1, due_at=clock.now() - timedelta(minutes=4))
    assert reconcile()[0]
    Delivery.objects.update(due_at=clock.now() - timedelta(minutes=6))
    assert "führt niemand fort" in refused()


def test_reconcile__sent_without_receipt_for_a_day__is_found():
    submitted()
    Delivery.objects.update(state="sent", sent_at=clock.now() - timedelta(hours=25))
    assert "nicht bestätigt" in refused()


def test_reconcile__confirmed_without_attempt__is_found():
    case_in_inbox()
    DeliveryAttempt.objects.all().delete()
    assert "kein Versuch belegt es" in refused()


def test_reconcile__deletion_overdue__is_found():
    submission, _code = submitted()
    citizen = Citizen(publish())
    Submission.objects.update(delete_after=clock.today() - timedelta(days=4))
    Draft.objects.filter(state="open").update(edited_at=clock.now() - timedelta(days=33))
    text = refused()
    assert f"submission:{submission.pk}  Die Aufbewahrung ist vorbei" in text
    assert text.count("Entwurf ist abgelaufen") == 1
    assert citizen.token not in text


def test_reconcile__audit_log_changed__is_found():
    case_in_inbox()
    from common import audit

    audit.seal_events()
    AuditEvent.objects.filter(pk=AuditEvent.objects.order_by("pk").first().pk).update(reason="nothing happened")
    assert "Protokoll verändert" in refused()


def test_reconcile__more_applications_than_one_batch__counts_each(monkeypatch):
    from forms_engine.services import reconciling

    monkeypatch.setattr(reconciling, "BATCH", 2)
    version = publish()
    for _ in range(5):
        submitted(version)
    Delivery.objects.all().delete()
    assert refused().count("keine Zustellung") == 5


def test_forgotten_answer__is_no_empty_promise():
    submission, _code = submitted()
    outbox.run_due()
    Submission.objects.all().delete()
    idempotency.forget_answers(reference=submission.reference)
    assert reconcile()[0], reconcile()[1]
