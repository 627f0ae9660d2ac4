"""Every field type there is can be tried out: its inputs take an answer, give it back unchanged, and a saved test case
opens with it. The table is checked against the registry: a type without a line here fails."""

from __future__ import annotations

import json
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from forms_engine.domain import editing
from forms_engine.fields import field_types
from forms_engine.services.forms import create_form
from tests.forms_engine.desk.test_desk import desk, document, url  # noqa: F401 - the fixture is used by its name

pytestmark = pytest.mark.django_db
ONE_TWO = [{"value": "a", "label": {"de": "Erstes"}}, {"value": "b", "label": {"de": "Zweites"}}]
DRAWN = "M10 10 200 120 300 90"
PATH = "a:person.asked"
# type -> (settings, what a person fills in below `a:person.asked`, what is stored)
EXAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any], Any]] = {
    "text": ({}, {"": "Ada"}, "Ada"),
    "long_text": ({}, {"": "Weil es so ist."}, "Weil es so ist."),
    "integer": ({}, {"": "1.250"}, 1250),
    "decimal": ({}, {"": "12,5"}, "12.5"),
    "money": ({}, {"": "12,50 €"}, "12.50"),
    "date": ({}, {"": "1990-01-31"}, "1990-01-31"),
    "date_range": ({}, {".from": "2026-08-01", ".to": "2026-08-14"}, {"from": "2026-08-01", "to": "2026-08-14"}),
    "yes_no": ({}, {"": "nein"}, False),
    "choice": ({"options": ONE_TWO}, {"": "b"}, "b"),
    "multi_choice": ({"options": ONE_TWO}, {"": ["b", "a"]}, ["a", "b"]),
    "ranking": ({"options": ONE_TWO}, {"": ["b", "a"]}, ["b", "a"]),
    "scale": ({}, {"": "4"}, 4),
    "matrix": ({"options": ONE_TWO, "questions": ONE_TWO}, {".a": "b", ".b": "a"}, {"a": "b", "b": "a"}),
    "country": ({}, {"": "Österreich"}, "AT"),
    "nationality": ({}, {"": "staatenlos"}, "XS"),
    "tax_id": ({}, {"": "36 574 261 809"}, "36574261809"),
    "vehicle_plate": ({}, {"": "j-ab 123"}, "J-AB 123"),
    "email": ({}, {"": "ada@example.org"}, "ada@example.org"),
    "phone": ({}, {"": "03641 123456"}, "03641 123456"),
    "iban": ({}, {"": "de89 3704 0044 0532 0130 00"}, "DE89370400440532013000"),
    "address": (
        {},
        {".street": "Markt", ".house_number": "1", ".postcode": "07743", ".place": "Jena"},
        {"street": "Markt", "house_number": "1", "postcode": "07743", "place": "Jena"},
    ),
    "file": ({"max": 3}, {"": "2"}, ["beispiel-1", "beispiel-2"]),
    "signature": ({}, {".name": "Ada Lovelace", ".drawing": DRAWN}, {"name": "Ada Lovelace", "drawing": DRAWN}),
}
OTHERS = [
    ("matrix", {"options": ONE_TWO, "questions": ONE_TWO, "several": True}, {".a": ["a", "b"], ".b": ["b"]},
     {"a": ["a", "b"], "b": ["b"]}),
    ("scale", {"scale": "recommend"}, {"": "0"}, 0),
]  # fmt: skip


class Inputs(HTMLParser):
    """What a browser would send of the questions, without anybody touching them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.names: set[str] = set()
        self._select, self._area, self._text = "", "", ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        self.names.add(name)
        if tag == "input" and (found.get("type") not in {"checkbox", "radio"} or "checked" in found):
            self.sent.setdefault(name, []).append(found.get("value", ""))
        elif tag == "select":
            self._select = name
            self.sent.setdefault(name, []).append("")
        elif tag == "option" and "selected" in found:
            self.sent[self._select][-1] = found["value"]
        elif tag == "textarea":
            self._area, self._text = name, ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent.setdefault(self._area, []).append(unescape(self._text))


def page_of(response) -> tuple[str, dict[str, list[str]], Any]:
    """The page, its inputs as they would be sent, and the answer it has kept."""
    assert response.status_code == 200
    html = response.content.decode()
    sent = Inputs(html).sent
    return html, sent, json.loads(sent["answers"][0]).get("person.asked")


def questions() -> list[str]:
    return [found.key for found in field_types if found.is_question]


def test_examples__for_every_registered_question__there_is_one():
    assert sorted(EXAMPLES) == sorted(questions())


@pytest.mark.parametrize(
    ("key", "settings", "typed", "stored"),
    [(key, *EXAMPLES.get(key, ({}, {"": ""}, None))) for key in questions()] + OTHERS,
)
def test_try__each_type__takes_an_answer_gives_it_back_and_keeps_it_in_a_test_case(desk, key, settings, typed, stored):  # noqa: F811 - the fixture
    client, form = desk
    node = {"id": "asked", "type": key, "label": {"de": "Was sagen Sie dazu?"}} | settings
    source = editing.add_node(document(key="versuch"), "person", node)
    for other in ("name", "born", "more"):
        source = editing.delete_node(source, f"person.{other}")
    form = create_form(source, unit=form.unit)
    address = url(form, "ausprobieren")

    page = Inputs(client.get(address).content.decode())
    posted = {PATH + part: value for part, value in typed.items()}
    assert set(posted) <= page.names, "the page has no such input"
    html, inputs, kept = page_of(client.post(address, posted | {"asked": "person.asked"}))
    assert kept == stored
    assert "Der Antrag kann so abgesendet werden." in html

    _, again, kept = page_of(client.post(address, {name: value for name, value in inputs.items() if name != "answers"}))
    assert kept == stored
    assert {name: again[name] for name in again if name.startswith(PATH)} == {
        name: inputs[name] for name in inputs if name.startswith(PATH)
    }

    saved = client.post(address, posted | {"asked": "person.asked", "name": "Fall", "confirm": "all"})
    assert saved.status_code == 302
    assert "Alle 1 Testfälle grün" in client.get(url(form, "testfaelle")).content.decode()
    assert page_of(client.get(address + "?fall=fall_1"))[2] == stored


@pytest.mark.parametrize("key", questions())
def test_try__each_type__nonsense_is_said_and_nothing_breaks(desk, key):  # noqa: F811 - the fixture
    client, form = desk
    settings = EXAMPLES[key][0]
    node = {"id": "asked", "type": key, "label": {"de": "Was sagen Sie dazu?"}} | settings
    form = create_form(editing.add_node(document(key="versuch"), "person", node), unit=form.unit)
    parts = [PATH + part for part in EXAMPLES[key][1]]
    nonsense = "\u0660\u0661<b>" * 5_000
    answer = client.post(url(form, "ausprobieren"), {"asked": "person.asked", **dict.fromkeys(parts, nonsense)})
    assert answer.status_code == 200
    assert "Noch nicht:" in answer.content.decode()
