"""Filling in: what is stored, what is not, and what happens when two windows are open."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.api import clock, ids, outbox
from forms_engine.models import Draft
from tests.forms_engine.factories import (
    ANSWERS,
    API,
    Citizen,
    dog_document,
    make_person,
    publish,
    signed_in,
)

pytestmark = pytest.mark.django_db


def test_draft__created__has_a_secret_of_256_bits_and_is_never_cached():
    version = publish()

    answer = Client().post(f"{API}/drafts", {"flow": version.form.key}, content_type="application/json")

    draft = answer.json()
    assert len(draft["token"]) == 43
    assert answer.headers["Location"] == f"{API}/drafts/{draft['token']}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert bytes(Draft.objects.get().token_hash) == ids.token_hash(draft["token"])


def test_draft__of_an_unknown_or_unpublished_form__is_not_found():
    for key in ("gibt-es-nicht", "a\x00b", "x" * 81):
        answer = Client().post(f"{API}/drafts", json.dumps({"flow": key}), content_type="application/json")
        assert answer.status_code in {404, 422}


def test_draft__created_with_answers_of_the_check__keeps_the_visible_ones():
    version = publish()
    body = {"flow": version.form.key, "answers": {"person.name": "Ada", "dog.chip": "1", "nobody.knows": 1}}

    draft = Client().post(f"{API}/drafts", json.dumps(body), content_type="application/json").json()

    assert draft["answers"] == {"person.name": "Ada"}


def test_draft__created_while_signed_in__belongs_to_the_person_only_with_csrf_token():
    version, person = publish(), make_person()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    body = {"flow": version.form.key}

    assert strict.post(f"{API}/drafts", body, content_type="application/json").status_code == 201
    assert signed_in(person).post(f"{API}/drafts", body, content_type="application/json").status_code == 201

    assert sorted(Draft.objects.values_list("owner", flat=True), key=str) == [person.pk, None]


def test_answer__to_a_hidden_question__is_ignored_and_not_stored():
    citizen = Citizen(publish())

    answer = citizen.patch({"dog.has_chip": "nein", "dog.chip": "4711"}).json()

    assert answer["ignored"] == ["dog.chip"]
    assert "dog.chip" not in answer["answers"]
    assert "dog.chip" not in citizen.get().json()["answers"]


def test_answer__to_a_question_that_the_same_request_opens__is_stored():
    citizen = Citizen(publish())

    answer = citizen.patch({"dog.chip": "4711", "dog.has_chip": "ja"}).json()

    assert answer["ignored"] == []
    assert answer["answers"]["dog.chip"] == "4711"


def test_answer__hidden_later__is_kept_for_going_back_but_never_handed_in():
    citizen = Citizen(publish())
    citizen.fill()
    citizen.patch({"dog.has_chip": "nein"})
    assert citizen.get().json()["answers"]["dog.chip"] == "276098100000001"

    citizen.submit()

    from forms_engine.models import Submission
    from forms_engine.services.submissions import open_payload

    assert "dog.chip" not in open_payload(Submission.objects.get())["answers"]


@pytest.mark.parametrize(
    "path", ["nobody.knows", "person", "dog.fee", "dog.photo", "", "person.name.x", "family.children.r9.name"]
)
def test_answer__where_nothing_can_be_answered__is_ignored(path):
    citizen = Citizen(publish())

    answer = citizen.patch({path: "x"}).json()

    assert answer["ignored"] == [path]
    assert answer["answers"] == {}


@pytest.mark.parametrize(
    "raw", ["31.2.1990", {"day": "31", "month": "2", "year": "1990"}, ["x"], 12.5, True, "", {"a": {"b": []}}]
)
def test_answer__that_cannot_be_read__is_kept_as_typed_and_reported(raw):
    citizen = Citizen(publish())

    answer = citizen.patch({"person.birth_date": raw}, step="person", validate=True)

    assert answer.status_code == 422
    assert "person.birth_date" in {error["path"] for error in answer.json()["errors"]}
    stored = citizen.get().json()["answers"]
    assert stored.get("person.birth_date", raw) == raw


def test_answer__sent_in_parts__becomes_one():
    citizen = Citizen(publish())

    parts = {"person.birth_date.day": "1", "person.birth_date.month": "2", "person.birth_date.year": "1990"}
    answer = citizen.patch(parts).json()

    assert answer["answers"] == {"person.birth_date": "1990-02-01"}
    assert answer["ignored"] == []


def test_answer__null__clears_it():
    citizen = Citizen(publish())
    citizen.patch({"person.name": "Ada"})

    assert citizen.patch({"person.name": None}).json()["answers"] == {}


def test_answer__of_more_than_20000_characters__is_refused_with_its_path():
    citizen = Citizen(publish())

    assert citizen.patch({"person.story": "ä" * 20_000}).status_code == 200
    answer = citizen.patch({"person.story": "ä" * 20_001, "person.name": "Ada"})

    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == ["person.story"]
    assert "person.name" not in citizen.get().json()["answers"]


def test_step__asked_for__shows_questions_answers_and_the_way():
    citizen = Citizen(publish())
    citizen.patch({"person.name": "Ada"})

    step = citizen.get("/steps/person").json()

    assert step["step"]["title"] == "Zu Ihrer Person"
    assert (step["previous"], step["next"]) == (None, "dog")
    assert {node["path"]: node.get("value") for node in step["nodes"]}["person.name"] == "Ada"
    assert all("errors" not in node for node in step["nodes"])
    wrong = citizen.get("/steps/person?validate=1").json()["nodes"]
    assert {node["path"]: bool(node["errors"]) for node in wrong} == {
        "person.name": False,
        "person.birth_date": True,
        "person.story": False,
    }


def test_step__in_english__has_english_texts():
    citizen = Citizen(publish(), locale="en")

    assert citizen.get("/steps/person").json()["step"]["title"] == "About you"
    assert citizen.get("/steps/person?locale=de").json()["step"]["title"] == "Zu Ihrer Person"
    assert citizen.get("/steps/person?locale=fr").status_code == 422


def test_step__unknown__is_not_found():
    assert Citizen(publish()).get("/steps/nirgends").status_code == 404


def test_steps__states__follow_what_is_missing_and_wrong():
    citizen = Citizen(publish())
    state = {step["id"]: step["state"] for step in citizen.get().json()["steps"]}
    assert state == {"person": "open", "dog": "open", "family": "open"}

    citizen.patch(ANSWERS | {"dog.count": "99"})
    draft = citizen.get().json()

    assert {step["id"]: step["state"] for step in draft["steps"]} == {
        "person": "done",
        "dog": "error",
        "family": "open",
    }
    assert draft["next_step"] == "dog"


def test_row__added_and_removed__keeps_the_answers_of_the_others():
    citizen = Citizen(publish())
    citizen.patch(rows={"add": ["family.children"]})
    first, second = citizen.patch(rows={"add": ["family.children"]}).json()["answers"]["family.children"]
    citizen.patch({f"family.children.{first}.name": "Anna", f"family.children.{second}.name": "Ben"})

    answers = citizen.patch(rows={"remove": [f"family.children.{first}"]}).json()["answers"]

    assert answers == {"family.children": [second], f"family.children.{second}.name": "Ben"}


def test_row__beyond_the_maximum_or_in_no_group__is_refused():
    citizen = Citizen(publish())

    assert citizen.patch(rows={"add": ["family.children"] * 4}).status_code == 422
    assert citizen.patch(rows={"add": ["person.name", "nobody"]}).json()["ignored"] == ["nobody", "person.name"]
    assert citizen.patch(rows={"remove": ["family.children.r7", "x"]}).status_code == 200


def test_change__with_an_old_revision__is_refused_with_the_current_state():
    citizen = Citizen(publish())
    citizen.patch({"person.name": "Ada"}, revision=1)

    answer = citizen.patch({"person.name": "Eve"}, revision=1)

    assert answer.status_code == 409
    assert answer.json()["current"] == {"revision": 2, "answers": {"person.name": "Ada"}}
    assert citizen.patch({"person.name": "Eve"}, revision=2).status_code == 200


def test_change__without_revision__is_merged():
    citizen = Citizen(publish())
    citizen.patch({"person.name": "Ada"})
    citizen.patch({"dog.count": "1"})

    assert citizen.get().json()["answers"] == {"person.name": "Ada", "dog.count": 1}


@pytest.mark.parametrize("token", ["x", "a" * 43, "../../etc", "%00", "ä" * 40, "a" * 3000])
def test_link__forged__is_not_found_without_a_hint(token):
    unknown = Client().get(f"{API}/drafts/{'b' * 43}")

    answer = Client().get(f"{API}/drafts/{token}")

    assert answer.status_code == 404
    if "/" not in token:
        assert answer.json() == unknown.json()


def test_link__expired__answers_as_an_unknown_one():
    citizen = Citizen(publish())
    citizen.patch({"person.name": "Ada"})
    unknown = citizen.client.get(f"{API}/drafts/{'b' * 43}").json()

    with time_machine.travel(clock.now() + timedelta(days=30, minutes=1)):
        answers = [citizen.get(), citizen.get("/summary"), citizen.patch({"person.name": "Eve"}), citizen.submit()]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert all(answer.json() == unknown for answer in answers)


def test_draft__deleted_by_its_holder__is_gone():
    citizen = Citizen(publish())

    assert citizen.client.delete(citizen.url()).status_code == 204
    assert citizen.get().status_code == 404
    assert not Draft.objects.exists()


def test_resume_link__asked_for__is_sent_and_leads_to_the_next_open_step():
    citizen = Citizen(publish())
    citizen.patch({"person.name": "Ada", "person.birth_date": "1.1.1980"})

    answer = citizen.client.post(citizen.url("/mail"), {"email": "ada@example.org"}, content_type="application/json")
    outbox.run_due()

    assert answer.status_code == 202
    assert f"/antrag/{citizen.token}/dog" in mail.outbox[0].body
    assert citizen.client.post(citizen.url("/mail"), {"email": "x"}, content_type="application/json").status_code == 422


def test_check__before_the_start__says_who_may_apply_and_stores_nothing():
    version = publish()
    url = f"{API}/flows/{version.form.key}/check"

    first = Client().post(url, "{}", content_type="application/json").json()
    young = (
        Client()
        .post(url, {"answers": {"person.birth_date": "1.1.2020"}, "locale": "de"}, content_type="application/json")
        .json()
    )

    assert [question["path"] for question in first["questions"]] == ["person.birth_date"]
    assert (first["eligible"], young["eligible"]) == (None, False)
    assert young["results"][0]["text"] == "Bitte lassen Sie eine erwachsene Person den Hund anmelden."
    assert not Draft.objects.exists()
    assert Client().post(f"{API}/flows/nix/check", "{}", content_type="application/json").status_code == 404


def test_rows__with_a_minimum__are_there_from_the_start_and_take_answers():
    document = dog_document()
    document["steps"][2]["nodes"][0]["repeat"]["min"] = 1
    citizen = Citizen(publish(document))

    rows = citizen.get("/steps/family").json()["nodes"][0]["rows"]
    path = rows[0]["nodes"][0]["path"]
    answer = citizen.patch({path: "Anna"}).json()

    assert answer["ignored"] == []
    assert answer["answers"][path] == "Anna"
    grown = citizen.patch(rows={"add": ["family.children"]}).json()
    assert len(grown["answers"]["family.children"]) == 2
    assert grown["answers"][path] == "Anna"


def test_start__by_a_program_in_a_rush__is_told_its_place_and_let_in_by_it(settings):
    settings.RUSH_STARTS_PER_SECOND, settings.RUSH_BURST = 1, 1
    version = publish()
    with time_machine.travel("2026-05-04T10:00:00+00:00", tick=False) as moment:
        first, second = start(version), start(version)
        assert (first.status_code, second.status_code) == (201, 202)
        waiting = second.json()
        assert (waiting["ahead"], waiting["seconds"]) == (0, 1)
        assert int(second.headers["Retry-After"]) >= 2
        moment.shift(1)
        assert start(version, headers={"Admission-Ticket": waiting["ticket"]}).status_code == 201


def test_start__without_a_waiting_room__counts_nothing():
    version = publish()
    start(version)
    with CaptureQueriesContext(connection) as queries:
        assert start(version).status_code == 201
    assert not any("waitingline" in query["sql"] for query in queries)


def start(version, **options):
    body = {"flow": version.form.key, "locale": "de"}
    return Client().post("/api/v1/drafts", body, content_type="application/json", **options)
