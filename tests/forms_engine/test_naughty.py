"""Strings that break software: stored and shown back unchanged, or refused with a sentence. Never an error of ours."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from common.api import outbox
from forms_engine.models import Case, Submission
from forms_engine.services.submissions import open_payload
from forms_engine.uploads.base import REASONS
from tests.forms_engine.factories import (
    API,
    Citizen,
    case_in_inbox,
    de,
    dog_document,
    make_clerk,
    png,
    publish,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def naughty(shared_data) -> list[str]:
    return json.loads((shared_data / "naughty" / "blns" / "blns.json").read_text(encoding="utf-8"))


def form_with(count: int, kind: str):
    """One optional question per string."""
    nodes = [{"id": f"q{n}", "type": kind, "label": de(f"Frage {n}"), "required": False} for n in range(count)]
    steps = [{"id": "all", "title": de("Alles"), "nodes": nodes}]
    return publish(dog_document(steps=steps, requirements=[]))


@pytest.mark.parametrize("kind", ["text", "long_text"])
def test_text__naughty__is_stored_shown_and_handed_in_unchanged(naughty, kind):
    citizen = Citizen(form_with(len(naughty), kind))
    sent = {f"all.q{n}": text for n, text in enumerate(naughty)}

    stored = citizen.patch(sent).json()["answers"]

    assert {path: value for path, value in stored.items() if value != sent[path]} == {}
    assert all(not text.strip() for path, text in sent.items() if path not in stored)
    shown = {node["path"]: node["value"] for node in citizen.get("/steps/all").json()["nodes"] if node["value"]}
    assert shown == stored

    assert citizen.submit().status_code == 201
    assert open_payload(Submission.objects.get())["answers"] == stored
    outbox.run_due()
    case = Case.objects.get()
    texts = {
        i["path"]: i["text"]
        for s in signed_in(make_clerk(case.unit)).get(f"{API}/cases/{case.pk}").json()["sections"]
        for i in s["items"]
    }
    assert {path: text for path, text in texts.items() if text and text != stored[path]} == {}


@pytest.mark.parametrize("kind", ["integer", "decimal", "money", "date", "yes_no", "email", "phone", "iban", "address"])
def test_other_types__naughty__are_kept_as_typed_or_normalised_never_an_error(naughty, kind):
    citizen = Citizen(form_with(len(naughty), kind))

    answer = citizen.patch({f"all.q{n}": text for n, text in enumerate(naughty)})

    assert answer.status_code == 200
    assert citizen.get("/steps/all?validate=1").status_code == 200
    assert citizen.get("/summary").status_code == 200
    assert citizen.submit().status_code in {201, 422}


def test_note__naughty__reaches_the_applicant_unchanged(naughty):
    case, code = case_in_inbox()
    clerk = signed_in(make_clerk(case.unit))
    note = "\n".join(naughty)[:5_000]

    answer = clerk.post(
        f"{API}/cases/{case.pk}/status",
        json.dumps({"status": "question", "note": note}),
        content_type="application/json",
    )

    assert answer.status_code == 200, answer.content
    assert Client().get(f"{API}/submissions/{code}").json()["history"][-1]["note"] == note


def test_search__naughty__finds_nothing_and_never_fails(naughty):
    case, _ = case_in_inbox()
    clerk = signed_in(make_clerk(case.unit))

    for text in naughty[::8]:
        assert clerk.get(f"{API}/cases", {"q": text, "unit": text}).status_code == 200


def test_path__naughty__is_ignored(naughty):
    citizen = Citizen(publish())
    paths = [text for text in naughty if "\0" not in text and len(text) < 500]

    answer = citizen.patch(dict.fromkeys(paths, "x")).json()

    assert set(answer["ignored"]) == set(paths)
    assert answer["answers"] == {}


def test_file_name__naughty__is_kept_or_refused_with_a_reason(naughty):
    citizen = Citizen(publish())
    picture = png()

    for text in naughty[::12]:
        answer = citizen.upload(f"{text}.png", picture)
        if answer.status_code == 201:
            citizen.client.delete(citizen.url(f"/files/{answer.json()['id']}"))
        else:
            assert answer.json()["errors"][0]["code"] in REASONS


@pytest.mark.parametrize("raw", ["\\u0000", "\\ud800"])
def test_text__no_database_can_keep__is_refused(raw):
    citizen = Citizen(publish())

    answer = citizen.client.patch(
        citizen.url(), f'{{"answers":{{"person.name":"{raw}"}}}}', content_type="application/json"
    )

    assert answer.status_code == 422
    assert citizen.get().json()["answers"] == {}
