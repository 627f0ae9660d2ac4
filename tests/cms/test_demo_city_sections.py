"""The demo city's sections are sound, and the forms that use them have exactly what they say."""

from __future__ import annotations

import json

import pytest

from forms_engine.domain import check_document
from forms_engine.domain.sections.changing import is_true_copy
from forms_engine.domain.sections.copying import section_hash
from forms_engine.domain.sections.uses import list_uses
from tests.cms.demo_city import DEMO, FORMS, nodes_of, read_form, texts

SECTIONS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((DEMO / "sections").glob("*.json"))}


@pytest.mark.parametrize("key", SECTIONS)
def test_section__checked__has_no_finding_and_says_why_it_asks_in_three_languages(key: str) -> None:
    section = SECTIONS[key]
    assert [str(finding) for finding in check_document(section)] == []
    assert (section["key"], section["kind"]) == (key, "section")
    assert set(section["purpose"]) == {"de", "en", "de-simple"}
    assert section["legal_basis"]
    assert all(node.get("data_category") == "personal" for _, node in nodes_of(section) if node["type"] != "content")
    assert not [
        text for path, text in texts(section) if path.endswith("/de-simple") and "<" not in text and len(text) > 90
    ]


@pytest.mark.parametrize("key", FORMS)
def test_form__its_uses__are_true_copies_of_the_newest_state(key: str) -> None:
    """Otherwise: python -m tools.demo_sections"""
    form = read_form(key)
    for use in list_uses(form):
        assert use.hash == section_hash(SECTIONS[use.key])
        assert is_true_copy(form, use.path, SECTIONS[use.key])


def test_forms__together__show_a_section_in_two_of_them() -> None:
    used = [(use.key, key) for key in FORMS for use in list_uses(read_form(key))]
    assert sorted(used) == [
        ("bankverbindung", "kita-beitragsermaessigung"),
        ("bankverbindung", "wohngeld"),
        ("person", "kita-beitragsermaessigung"),
    ]
