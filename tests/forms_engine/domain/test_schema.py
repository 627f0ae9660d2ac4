"""docs/reference/flow.schema.json and the loader say the same about the shape of a document."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import jsonschema
import pytest

from forms_engine.domain import check_document
from forms_engine.domain.schema import flow_schema
from tests.forms_engine.domain.flows import document, group, node, options, step, text
from tests.forms_engine.domain.test_check_document import DEFECTS, WARNINGS
from tests.forms_engine.domain.test_editing import draft
from tests.forms_engine.domain.test_views import FLOW

ROOT = Path(__file__).resolve().parents[3]
VALIDATOR = jsonschema.Draft202012Validator(flow_schema())


def full():
    """Every type with every setting."""
    return document(
        step(
            "s",
            node("text", min_length=1, max_length=9, pattern="[a-z]+", help=text("h"), data_category="personal"),
            node("long_text", "long_text", rows=4),
            node("integer", "integer", min=0, max=9, unit="km"),
            node("decimal", "decimal", min="0.5", max=7, places=2),
            node("money", "money", min="0", currency="EUR"),
            node("date", "date", min="1900-01-01", max="today-18y", autocomplete="bday"),
            node("yes_no", "yes_no", source={"any": ["thing"]}),
            node("choice", "choice", options=options("a", "b"), display="radio"),
            node("multi", "multi_choice", codelist="list", min=1, max=2, required=False),
            node("email", "email", required={"var": "s.yes_no"}),
            node("phone", "phone", visible={"var": "s.yes_no"}),
            node("iban", "iban", legal_basis=[{"title": "§ 1", "url": "https://beispiel.de"}], purpose=text("z")),
            node("address", "address", parts=["street", "place"]),
            node("file", "file", accept=["application/pdf", "image/*"], max_bytes=1000, min=1, max=3),
            {"id": "content", "type": "content", "text": text("<p>x</p>")},
            node("calculated", "calculated", result="money", value={"var": "s.money"}, show=False),
            group("group", node("in"), repeat={"min": 0, "max": 3, "item_label": text("i"), "add_label": text("a")}),
        ),
        unit="amt", minutes=5, retention={"submission_months": 36}, codelists={"list": options("x", "y")},
        description=text("d"), declaration=text("e"), source={"fim": {"id": "S1"}},
        requirements=[{"id": "r", "title": text("t"), "failed": text("f"), "rule": {"var": "s.yes_no"}}],
        bring=[{"id": "b", "text": text("t"), "when": {"var": "s.yes_no"}}],
        todo=[{"path": "s.text", "source": "R1", "text": "Prosa"}],
    )  # fmt: skip


def fits(source):
    return VALIDATOR.is_valid(source)


def is_loadable(source):
    return not any(one.is_error for one in check_document(source))


def test_schema_file__in_the_documentation__is_the_one_of_the_code():
    """Anew: python -m forms_engine.domain.schema > docs/reference/flow.schema.json"""
    written = json.loads((ROOT / "docs/reference/flow.schema.json").read_text())
    assert written == flow_schema()


def test_schema__itself__is_a_json_schema():
    jsonschema.Draft202012Validator.check_schema(flow_schema())


@pytest.mark.parametrize("source", [full(), draft(), FLOW.document], ids=["full", "draft", "views"])
def test_good_document__fits_schema_and_loader(source):
    assert list(VALIDATOR.iter_errors(source)) == []
    assert is_loadable(source)


@pytest.mark.parametrize("path", sorted(ROOT.glob("cms/demo_city/forms/*.json")), ids=lambda path: path.stem)
def test_demo_form__fits_schema_and_loader(path):
    source = json.loads(path.read_text())
    assert list(VALIDATOR.iter_errors(source)) == []
    assert is_loadable(source)


@pytest.mark.parametrize("source", [pytest.param(b, id=a) for a, b, _ in DEFECTS])
def test_document_the_schema_refuses__is_refused_by_the_loader(source):
    """The loader sees more (does the question exist?), never less."""
    if not fits(source):
        assert not is_loadable(source)


def test_shape_defects__are_mostly_seen_by_the_schema_too():
    shapes = {"wrong_type", "id_invalid", "type_unknown", "setting_invalid", "steps_missing", "rule_missing"}
    seen = [fits(source) for _, source, (code, _) in DEFECTS if code in shapes]
    assert seen.count(False) / len(seen) > 0.7


@pytest.mark.parametrize("source", [pytest.param(b, id=a) for a, b, _ in WARNINGS])
def test_document_with_warnings__fits_the_schema(source):
    assert fits(source)


def replacements(value, path=()):
    """Every place of a document."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from replacements(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value[:2]):
            yield from replacements(inner, (*path, at))


@pytest.mark.parametrize("wrong", [None, 7, -1, 1.5, "?", True, [], {}, [None], {"x": 1}], ids=repr)
def test_any_place__filled_with_nonsense__the_loader_takes_only_what_fits(wrong):
    source = full()
    for path in replacements(source):
        if not path:
            continue
        broken = copy.deepcopy(source)
        holder = broken
        for part in path[:-1]:
            holder = holder[part]
        holder[path[-1]] = wrong
        if is_loadable(broken):
            errors = [f"{list(one.path)} {one.message}"[:300] for one in VALIDATOR.iter_errors(broken)]
            assert errors == [], path
