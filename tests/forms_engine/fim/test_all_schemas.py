"""Contract: all schemas of ../shared/data/fim become valid flows, and every part of the XML is found in them.

The XML is counted by `counting`, which shares no code with our reader.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from functools import lru_cache
from pathlib import Path

import jsonschema
import pytest

from forms_engine.domain import check_document, load_flow
from forms_engine.fim.bundled_lists import BUNDLED
from forms_engine.fim.mapping import Imported
from forms_engine.fim.report import CHANGED
from forms_engine.fim.revision import stamp
from tests.conftest import SHARED
from tests.forms_engine.fim.counting import Counted, count
from tests.forms_engine.fim.drafts import Json, imported, imported_folder, walk

SCHEMAS = sorted((SHARED / "fim/schemas").glob("*/schema.xdf.xml"))
LIMITS = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "minValue": "min",
    "maxValue": "max",
    "maxSize": "max_bytes",
}
EVERY = pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.parent.name)


def test_shared_data__has_its_30_schemas(shared_data: Path) -> None:
    assert len(list((shared_data / "fim/schemas").glob("*/schema.xdf.xml"))) == 30


@EVERY
def test_schema__imports__without_an_error_finding(path: Path) -> None:
    document = _imported(path).document
    assert [str(finding) for finding in check_document(document) if finding.severity == "error"] == []
    assert load_flow(document).key == "probe"


@EVERY
def test_schema__imported__has_the_shape_of_a_flow_document(path: Path) -> None:
    reference = Path(__file__).resolve().parents[3] / "docs/reference/flow.schema.json"
    shape = json.loads(reference.read_text())
    jsonschema.validate(stamp(_imported(path).document), shape)


@EVERY
def test_schema__fields_and_groups__are_all_there_as_often_as_in_the_xml(path: Path) -> None:
    counted, result = _count(path), _imported(path)
    assert _fields(result.document) == counted.fields
    assert _groups(result.document) == set(counted.groups)
    assert result.report.counts["fields"] == counted.fields.total()
    assert result.report.counts["groups"] == counted.groups.total()


@EVERY
def test_schema__rules__are_all_kept_beside_an_element_that_is_there(path: Path) -> None:
    document = _imported(path).document
    modelled = document["source"]["modelled"]
    assert Counter(entry["source"] for entry in [*document["todo"], *modelled]) == _count(path).rules
    places = {*(step["id"] for step in document["steps"]), *(place for place, _node in walk(document))}
    assert {entry["path"] for entry in [*document["todo"], *modelled] if "path" in entry} <= places
    assert all(entry["text"].strip() and entry["x_proposal"].strip() for entry in document["todo"])
    assert all(entry["by"] in {"tree", "prose"} and entry["done"].strip() for entry in modelled)


@EVERY
def test_schema__code_lists__are_embedded_bundled_or_reported(path: Path) -> None:
    counted, result = _count(path), _imported(path)
    lists = [frozenset((one["value"], one["label"]["de"]) for one in codes)
             for codes in result.document["codelists"].values()]  # fmt: skip
    fixed = _lists_of_fixed_fields(path, result.document)
    assert counted.inline_lists - fixed <= set(lists)
    reported = "\n".join(note.text for note in result.report.notes if note.kind == CHANGED)
    for uri in counted.named_lists:
        assert uri in reported or not _is_asked(uri, result)
        assert uri not in BUNDLED or "Textfeld statt Auswahl" not in _notes_on(uri, result)


@EVERY
def test_schema__required_and_limits__follow_the_position(path: Path) -> None:
    counted, result = _count(path), _imported(path)
    notes = {note.source for note in result.report.notes}
    for _path, node in walk(result.document):
        ident = node.get("source", {}).get("fim", {}).get("id", "")
        if not ident.startswith("F") or node["type"] in {"content", "calculated", "group"}:
            continue
        if node["required"] is True and not isinstance(node.get("visible"), dict):
            assert counted.required[ident], f"{ident} is required and never is in the XML"
        _check_limits(ident, node, counted, noted=ident in notes)


def _check_limits(ident: str, node: Json, counted: Counted, *, noted: bool) -> None:
    for where, name, value in counted.limits:
        if where != ident or noted:
            continue
        if name in LIMITS and value != "0":
            assert str(node.get(LIMITS[name])) == value, (ident, name)
        elif name == "mediaType":
            assert value in node["accept"]
        elif name == "pattern":
            assert node["pattern"] == value.removesuffix("$")


def test_largest_schema__is_mapped_in_a_second() -> None:
    if not SCHEMAS:
        pytest.skip("shared test data missing: ../shared/data/fim/schemas")
    content = max(SCHEMAS, key=lambda path: path.stat().st_size).read_bytes()
    started = time.process_time()
    imported(content)
    assert time.process_time() - started < 1.5


def test_mapping__twice__gives_the_same_document() -> None:
    for path in SCHEMAS[:5]:
        assert imported(path.read_bytes()).document == imported(path.read_bytes()).document


def _imported(path: Path) -> Imported:
    return imported_folder(path.parent)


@lru_cache(maxsize=40)
def _count(path: Path) -> Counted:
    return count(path)


def _fields(document: Json) -> Counter[str]:
    ids = (node.get("source", {}).get("fim", {}).get("id", "") for _path, node in walk(document))
    return Counter(ident for ident in ids if ident.startswith("F"))


def _groups(document: Json) -> set[str]:
    found = {
        node["source"]["fim"]["id"] for _path, node in walk(document) if node["type"] == "group" and "source" in node
    }
    for step in document["steps"]:
        source = step.get("source", {})
        found |= {one["id"] for one in [source.get("fim", {}), *source.get("within", ())] if one}
    return {ident for ident in found if ident.startswith("G")}


def _lists_of_fixed_fields(path: Path, document: Json) -> set[frozenset[tuple[str, str]]]:
    """Lists of fields with a fixed value: nobody chooses from them."""
    from forms_engine.fim.model import DataField
    from forms_engine.fim.reader import read_schema

    fixed = {node["source"]["fim"]["id"] for _path, node in walk(document) if node["type"] == "calculated"}
    elements = (position.element for position in read_schema(path.read_bytes()).walk())
    return {
        frozenset((code.value, code.name) for code in one.codes)
        for one in elements
        if isinstance(one, DataField) and one.codes and one.id in fixed
    }


def _is_asked(uri: str, result: Imported) -> bool:
    return bool(_notes_on(uri, result)) or uri in BUNDLED


def _notes_on(uri: str, result: Imported) -> str:
    return "\n".join(note.text for note in result.report.notes if f"{uri} " in note.text)
