"""What is deleted, and on which day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from common.api import audit, outbox
from forms_engine.models import Case, Draft, StoredFile, Submission, SubmissionDocument
from forms_engine.services.retention import add_months, delete_expired_drafts, delete_expired_submissions
from tests.forms_engine.factories import API, Citizen, case_in_inbox, make_clerk, png, publish, signed_in

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
