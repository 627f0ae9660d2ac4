"""Contract: import -> export -> import gives the same form, and the exported file says what the original said.

The files are compared as XML by `_said`, which shares no code with our reader: every element with its text, attributes
and order, but for what `docs/mechanisms/fim.md` names.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from forms_engine.fields import field_types
from forms_engine.fim.export import export_document
from forms_engine.fim.export.kinds import INPUT, kind_of
from forms_engine.fim.mapping import map_schema
from forms_engine.fim.reader import read_schema
from forms_engine.fim.report import LEFT
from forms_engine.fim.revision import stamp
from tests.conftest import SHARED
from tests.forms_engine.fim.drafts import imported_folder

NS = "{urn:xoev-de:fim:standard:xdatenfelder_3.0.0}"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
FOLDERS = sorted((SHARED / "fim/schemas").glob("*"))
EVERY = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
NOT_COMPARED = {"relation", "skript", "header"}
Said = tuple[str, str, tuple[tuple[str, str], ...], tuple[Any, ...]]


@EVERY
def test_schema__exported_and_imported_again__is_the_same_form_and_says_the_same(folder: Path) -> None:
    document = stamp(imported_folder(folder).document)
    exported = export_document(document, created=NOW)
    again = map_schema(read_schema(exported.content), key="probe", unit="amt", land="TH")
    assert stamp(again.document) == document
    assert _said(ET.fromstring(exported.content)) == _said(ET.parse(folder / "schema.xdf.xml").getroot())
    lost = [note.text for note in exported.report.notes if note.kind == LEFT and "Hilfsfragen" not in note.text]
    assert lost == []


def _said(element: ET.Element) -> Said:
    """An element as plain values. Without what says nothing: empty elements, white space around texts."""
    tag, text = element.tag.removeprefix(NS), " ".join((element.text or "").split())
    parts = [_said(child) for child in element if child.tag.removeprefix(NS) not in NOT_COMPARED]
    filled = [part for part in parts if any(part[1:])]
    attributes = [(name, " ".join(value.split())) for name, value in element.attrib.items() if value.strip()]
    return tag, text, tuple(sorted(attributes)), tuple(filled)


@pytest.mark.parametrize("key", [found.key for found in field_types if found.is_question])
def test_kind__of_every_type_of_question__is_a_datatype_that_says_what_it_loses(key: str) -> None:
    """A type somebody adds shows up here: without a mapping it would leave as an object without shape, unexplained."""
    found = kind_of({"type": key, "options": []})
    assert not any("die Art" in lost for lost in found.lost)
    assert found.facts["datentyp"] != "obj" or (found.facts["feldart"] == INPUT and found.lost)
