"""The main job: fill in, hand in, the office works on it, the applicant sees the status."""

from __future__ import annotations

import pytest
from django.core import mail

from common.api import outbox
from forms_engine.models import Case, Draft, Submission
from tests.forms_engine.factories import ANSWERS, API, Citizen, make_clerk, make_unit, publish, signed_in

pytestmark = pytest.mark.django_db


def test_application__handed_in__reaches_the_office_and_its_status_is_seen():
    unit = make_unit()
    citizen = Citizen(publish(unit=unit))

    state = citizen.patch(ANSWERS, step="person").json()
    assert state["complete"] is True
    assert state["answers"]["person.birth_date"] == "1980-01-01"
    receipt = citizen.submit(email="juergen@example.org").json()

    outbox.run_due()
    clerk = signed_in(make_clerk(unit))
    inbox = clerk.get(f"{API}/cases").json()
    assert [item["reference"] for item in inbox["items"]] == [receipt["reference"]]
    case = inbox["items"][0]["id"]
    answered = clerk.post(
        f"{API}/cases/{case}/status",
        {"status": "question", "note": "Wie heißt der Hund?"},
        content_type="application/json",
    )
    assert answered.status_code == 200, answered.content

    status = citizen.client.get(f"{API}/submissions/{receipt['access_code']}").json()
    assert status["status"] == "question"
    assert status["history"][-1]["note"] == "Wie heißt der Hund?"
    outbox.run_due()
    assert [message.to for message in mail.outbox] == [["juergen@example.org"]] * 2
    assert "Wie heißt" not in mail.outbox[-1].body


def test_summary__with_a_wrong_answer__shows_it_as_typed_with_what_is_wrong():
    citizen = Citizen(publish())
    citizen.fill(**{"person.birth_date": {"day": "31", "month": "2", "year": "1990"}})

    [person, *_] = citizen.get("/summary").json()["sections"]
    name, birth, _story = person["items"]

    assert (name["text"], name["errors"]) == ("Jürgen Groß", [])
    assert birth["text"] == "31.2.1990"
    assert [error["code"] for error in birth["errors"]] == ["date_impossible"]


def test_step__calculated_value__is_null_and_visible_until_it_can_be_worked_out():
    citizen = Citizen(publish())

    def fee():
        nodes = citizen.get("/steps/dog").json()["nodes"]
        return next((node["value"], node["text"]) for node in nodes if node["path"] == "dog.fee")

    assert fee() == (None, "")
    assert "dog.fee" in citizen.patch({"dog.has_chip": "nein"}, step="dog").json()["visible"]
    assert "dog.fee" in citizen.patch({"dog.count": "2"}, step="dog").json()["visible"]
    assert fee() == ("192.00", "192,00 €")


def test_summary__of_a_filled_in_draft__shows_answers_as_people_read_them():
    citizen = Citizen(publish())
    citizen.fill()

    summary = citizen.get("/summary").json()

    texts = {
        item["label"]: item["text"] for section in summary["sections"] for item in section["items"] if "text" in item
    }
    assert texts["Geburtsdatum"] == "01.01.1980"
    assert texts["Steuer im Jahr"].startswith("192,00")
    assert summary["declaration"] == "Meine Angaben sind richtig und vollständig."


def test_draft__after_submit__is_wiped_and_says_so():
    citizen = Citizen(publish())
    citizen.fill()
    citizen.submit()

    assert citizen.get().status_code == 410
    row = Draft.objects.get()
    assert bytes(row.answers) == b""
    assert Submission.objects.count() == 1
    assert not Case.objects.exists()  # the worker makes the case


def test_submit__with_missing_answers__names_each_and_stores_nothing():
    citizen = Citizen(publish())
    citizen.patch({"person.name": "Jürgen"})

    answer = citizen.submit(declaration=False)

    assert answer.status_code == 422
    assert {error["path"] for error in answer.json()["errors"]} >= {"person.birth_date", "dog.has_chip", "declaration"}
    assert not Submission.objects.exists()


def test_flow__published_again_while_somebody_fills_in__draft_stays_on_its_version():
    version = publish()
    citizen = Citizen(version)
    from forms_engine.services.forms import publish_form, save_draft_document

    form = version.form
    changed = form.draft | {"title": {"de": "Anders", "en": "Other"}}
    publish_form(save_draft_document(form, changed, by=None, summary="Titel", expected_version=1), by=None)

    assert citizen.get().json()["flow"]["title"] == "Hund anmelden"
    assert citizen.get().json()["flow"]["version"] == 1
