"""What is deleted, and on which day."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from common.api import audit, outbox, retention
from common.models import Delivery, IdempotencyKey
from common.outbox.worker import duties
from forms_engine.models import Case, Draft, StoredFile, Submission, SubmissionDocument
from forms_engine.services.retention import add_months, delete_expired_drafts, delete_expired_submissions
from tests.forms_engine.factories import (
    API,
    Citizen,
    case_in_inbox,
    dog_document,
    make_clerk,
    png,
    publish,
    signed_in,
    submitted,
)

pytestmark = pytest.mark.django_db
START = datetime(2028, 2, 10, 12, 0, tzinfo=UTC)  # a leap year, and summer time begins in between


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 0), (31, 0)])
def test_draft__so_many_days_after_the_last_edit__is_there_or_gone(days, left):
    with time_machine.travel(START, tick=False):
        citizen = Citizen(publish())
        citizen.upload("a.png", png())

    with time_machine.travel(START + timedelta(days=days), tick=False):
        delete_expired_drafts()

    assert Draft.objects.count() == StoredFile.objects.count() == left


def test_draft__edited_again__starts_its_30_days_anew():
    with time_machine.travel(START, tick=False):
        citizen = Citizen(publish())
    with time_machine.travel(START + timedelta(days=29), tick=False):
        citizen.patch({"person.name": "Ada"})

    with time_machine.travel(START + timedelta(days=50), tick=False):
        assert delete_expired_drafts() == 0
        assert citizen.get().status_code == 200
        assert citizen.get().json()["expires_at"].startswith("2028-04-09")


def test_draft__only_read__is_not_edited():
    with time_machine.travel(START, tick=False):
        citizen = Citizen(publish())
    with time_machine.travel(START + timedelta(days=29), tick=False):
        citizen.get()
        citizen.get("/summary")
    with time_machine.travel(START + timedelta(days=31), tick=False):
        assert delete_expired_drafts() == 1


def test_application__closed__is_deleted_with_everything_after_its_months_and_audited():
    with time_machine.travel(START, tick=False):
        case, _ = case_in_inbox()
        clerk = signed_in(make_clerk(case.unit))
        clerk.get(f"{API}/cases/{case.pk}/summary.pdf")
        for status in ("decided", "closed"):
            body = json.dumps({"status": status})
            clerk.post(f"{API}/cases/{case.pk}/status", body, content_type="application/json")
        outbox.run_due()
    submission = Submission.objects.get()
    assert submission.delete_after == date(2031, 2, 10)

    with time_machine.travel(datetime(2031, 2, 10, 12, tzinfo=UTC)):
        assert delete_expired_submissions() == 0
    with time_machine.travel(datetime(2031, 2, 11, 12, tzinfo=UTC)):
        assert delete_expired_submissions() == 1

    assert not Case.objects.exists()
    assert not SubmissionDocument.objects.exists()
    assert "submission.delete" in [e.action for e in audit.list_events(f"submission:{submission.pk}")]


def test_application__reopened__is_not_deleted():
    case, _ = case_in_inbox()
    clerk = signed_in(make_clerk(case.unit))
    for status in ("decided", "closed", "in_progress"):
        clerk.post(f"{API}/cases/{case.pk}/status", json.dumps({"status": status}), content_type="application/json")

    assert Submission.objects.get().delete_after is None


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2027, 1, 31), 1, (2027, 2, 28)),
        ((2027, 1, 31), 13, (2028, 2, 29)),
        ((2027, 12, 15), 1, (2028, 1, 15)),
        ((2027, 3, 31), 0, (2027, 3, 31)),
    ],
)
def test_months__added__end_on_a_day_there_is(start, months, end):
    assert add_months(date(*start), months) == date(*end)


def test_application__without_a_case__starts_its_clock_when_every_destination_has_confirmed():
    with time_machine.travel(START, tick=False):
        submission, _code = submitted()
        Delivery.objects.update(state="sent", sent_at=START)
    with time_machine.travel(START + timedelta(days=3), tick=False):
        delete_expired_submissions()
        submission.refresh_from_db()
        assert submission.delete_after is None
        Delivery.objects.update(state="confirmed", confirmed_at=START + timedelta(days=2))
        delete_expired_submissions()
    submission.refresh_from_db()
    assert submission.delete_after == date(2031, 2, 12)


def test_application__kept_for_no_months__goes_on_the_next_day():
    with time_machine.travel(START, tick=False):
        submitted(publish(dog_document(retention={"submission_months": 0})))
        Delivery.objects.update(state="confirmed", confirmed_at=START)
        assert delete_expired_submissions() == 0
    with time_machine.travel(START + timedelta(days=1), tick=False):
        assert delete_expired_submissions() == 1


def test_application__deleted__leaves_no_delivery_and_no_stored_answer():
    case_in_inbox()
    Submission.objects.update(delete_after=date(2020, 1, 1))
    assert delete_expired_submissions() == 1
    assert not Delivery.objects.exists()
    assert not IdempotencyKey.objects.exists()


def test_retain__dry_run__counts_and_deletes_nothing():
    with time_machine.travel(START, tick=False):
        Citizen(publish())
    with time_machine.travel(START + timedelta(days=31), tick=False):
        assert "      1  Entwürfe mit ihren Dateien: 30 Tage" in retain("--dry-run")
        assert Draft.objects.count() == 1
        assert "      1  Entwürfe" in retain()
        assert not Draft.objects.exists()
        assert "      0  Entwürfe" in retain()


def test_retain__every_rule__is_a_duty_of_the_worker_and_explained():
    page = (Path(__file__).parents[2] / "docs/mechanisms/retention.md").read_text()
    for name, rule in retention.rules.items():
        assert duties[f"retain: {name}"].run == rule.delete
        assert rule.what in page


def retain(*options: str) -> str:
    out = io.StringIO()
    call_command("retain", *options, stdout=out)
    return out.getvalue()
