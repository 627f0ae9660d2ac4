"""Rows in rows in rows, by the API: logic and a file in the innermost one, limits, and how citizen and clerk see it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from common.api import outbox
from forms_engine.models import Case, StoredFile, Submission
from forms_engine.services.documents import get_summary_pdf
from tests.forms_engine.factories import API, Citizen, de, dog_document, make_clerk, png, publish, signed_in


def repeated(key: str, label: str, *nodes: dict, low: int = 0, high: int = 2) -> dict:
    repeat = {"min": low, "max": high, "item_label": de(label)}
    return {"id": key, "type": "group", "label": de(label), "repeat": repeat, "nodes": list(nodes)}


def nested_document() -> dict:
    """Houses with flats with people; who is a child needs a certificate."""
    certificate = {
        "id": "proof",
        "type": "file",
        "label": de("Geburtsurkunde"),
        "accept": ["image/png"],
        "visible": {"==": [{"var": "row.child"}, True]},
    }
    child = {"id": "child", "type": "yes_no", "label": de("Ist es ein Kind?")}
    person = repeated(
        "people", "Person", {"id": "name", "type": "text", "label": de("Name")}, child, certificate, low=1
    )
    flat = repeated("flats", "Wohnung", {"id": "number", "type": "text", "label": de("Nummer")}, person)
    house = repeated("houses", "Haus", {"id": "street", "type": "text", "label": de("Straße")}, flat)
    step = {"id": "living", "title": de("Wohnen"), "nodes": [house]}
    return dog_document(steps=[step], requirements=[])


def add(citizen: Citizen, group: str) -> str:
    """Path of the new row."""
    answers = citizen.patch(rows={"add": [group]}).json()["answers"]
    return f"{group}.{answers[group][-1]}"


@pytest.mark.django_db
def test_rows__three_levels_with_logic_and_files__arrive_whole():
    citizen = Citizen(publish(nested_document()))
    house = add(citizen, "living.houses")
    flats = [add(citizen, f"{house}.flats") for _ in range(2)]
    first, second = f"{flats[0]}.people.r1", f"{flats[1]}.people.r1"
    citizen.patch({f"{house}.street": "Markt", f"{flats[0]}.number": "1", f"{flats[1]}.number": "2"})
    citizen.patch({f"{first}.name": "Ada", f"{first}.child": "ja", f"{second}.name": "Bo", f"{second}.child": "nein"})

    assert [e["path"] for e in citizen.submit().json()["errors"]] == [f"{first}.proof"]
    assert citizen.upload("b.png", png(), f"{second}.proof").status_code == 422, "Bo is no child"
    assert citizen.upload("a.png", png(), f"{first}.proof").status_code == 201
    assert citizen.patch(rows={"add": [f"{house}.flats"]}).status_code == 422, "two flats are the most"

    assert citizen.submit().status_code == 201
    outbox.run_due()
    case = Case.objects.get()
    shown = signed_in(make_clerk(case.unit)).get(f"{API}/cases/{case.pk}").content.decode()
    pdf = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(get_summary_pdf(Submission.objects.get()))).pages
    )
    for word in ("Markt", "Ada", "Bo", "a.png"):
        assert word in shown
        assert word in pdf


@pytest.mark.django_db
def test_rows__outer_one_removed__takes_everything_below_and_the_files_along():
    citizen = Citizen(publish(nested_document()))
    houses = [add(citizen, "living.houses") for _ in range(2)]
    for house in houses:
        person = f"{add(citizen, f'{house}.flats')}.people.r1"
        citizen.patch({f"{person}.child": "ja"})
        assert citizen.upload("a.png", png(), f"{person}.proof").status_code == 201

    answers = citizen.patch(rows={"remove": [houses[0]]}).json()["answers"]

    assert not [path for path in answers if path.startswith(houses[0])]
    assert [path for path in answers if path.startswith(houses[1])]
    assert StoredFile.objects.count() == 1
