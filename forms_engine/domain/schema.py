"""The JSON Schema of flow documents, made from the registry of field types.

`python -m forms_engine.domain.schema > docs/reference/flow.schema.json` writes it anew; a test compares. The schema
knows shapes; what only makes sense together (does the question of a rule exist?) is the work of `check_document`.
"""

from __future__ import annotations

import json
from typing import Any

from forms_engine.fields import FieldType, field_types
from forms_engine.fields.contrib.matrix import MOST_QUESTIONS

from .flow import FORMAT, KINDS
from .logic import OPERATORS
from .model import MOST_ROWS_SET
from .nodes import DATA_CATEGORIES
from .reading import LONGEST_TEXT
from .trials.case import LONGEST_NAME, MOST_CASES

Schema = dict[str, Any]

ID_PATTERN = "^[a-z][a-z0-9_]{0,59}$"
KEY_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
LOCALE_PATTERN = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def text(meaning: str) -> Schema:
    return {**ref("text"), "description": meaning}


def list_of(items: Schema, meaning: str = "") -> Schema:
    return {"type": "array", "items": items} | ({"description": meaning} if meaning else {})


def flow_schema() -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Flow document, format flow/1",
        "description": "One form: its questions, texts and rules. Explained in flow.md; the rules in logic.md.",
        "type": "object",
        "required": ["format", "key", "title", "steps"],
        "properties": form_properties(),
        "$defs": definitions(),
    }


def form_properties() -> Schema:
    return {
        "format": {"const": FORMAT},
        "key": {"type": "string", "pattern": KEY_PATTERN, "maxLength": 100},
        "kind": {"enum": list(KINDS)},
        "locales": {"type": "array", "minItems": 1, "uniqueItems": True, "maxItems": 50, "items": ref("locale")},
        "default_locale": ref("locale"),
        "title": text("Name of the form"),
        "description": text("What it is for, one or two sentences"),
        "unit": {"type": "string", "minLength": 1, "maxLength": 100, "description": "Key of the responsible unit"},
        "purpose": text("What the answers are used for; questions inherit it"),
        "legal_basis": list_of(ref("legal_basis"), "Questions inherit it"),
        "retention": {"type": "object", "properties": {"submission_months": whole(0, 1_200), "law": string(300)}},
        "minutes": whole(1, 1_440) | {"description": "How long filling in takes"},
        "codelists": {"type": "object", "additionalProperties": options(rules=False)},
        "requirements": list_of(ref("requirement"), "The pre-check: who may apply"),
        "bring": list_of(ref("bring"), "What to have at hand"),
        "steps": {"type": "array", "minItems": 1, "items": ref("step")},
        "declaration": text("The sentence to confirm on the check-your-answers page"),
        "tests": list_of(ref("test"), "Test cases; no part of the flow: neither delivered nor in its hash")
        | {"maxItems": MOST_CASES},
        "todo": list_of(ref("todo"), "Rules given in prose that are still to be modelled"),
        "source": {"type": "object", "description": "Where the form comes from, free"},
    }


def definitions() -> Schema:
    return {
        "id": {"type": "string", "pattern": ID_PATTERN},
        "locale": {"type": "string", "pattern": LOCALE_PATTERN},
        "text": {
            "type": "object",
            "description": "Text by locale",
            "additionalProperties": {"type": "string", "maxLength": LONGEST_TEXT},
        },
        "rule": {
            "description": "A condition in JSON-Logic syntax, form mode (logic.md)",
            "anyOf": [{"type": "boolean"}, ref("operation")],
        },
        "expression": {
            "description": "Any rule or literal, form mode",
            "anyOf": [{"type": ["boolean", "number", "string"]}, ref("operation")],
        },
        "operation": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": {"enum": sorted(OPERATORS)},
        },
        "legal_basis": record({"title": string(1_000), "url": string(2_000)}, "title"),
        "option": option(rules=True),
        "question": record(
            {"value": ref("id"), "label": ref("text"), "help": ref("text"), "required": {"type": "boolean"}},
            "value", "label"
        ),
        "requirement": record({"id": ref("id"), "title": ref("text"), "rule": ref("rule"), "failed": ref("text")},
                              "id", "title", "rule", "failed"),
        "bring": record({"id": ref("id"), "text": ref("text"), "when": ref("rule")}, "id", "text"),
        "todo": record({"path": string(1_000), "source": {}, "text": string(20_000)}),
        "test": case_schema(),
        "valid": record({"rule": ref("rule"), "message": ref("text")}, "rule", "message"),
        "section": section_schema(),
        "step": step_schema(),
        "node": node_schema(),
    }  # fmt: skip


def whole(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


def string(longest: int) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": longest}


def record(properties: Schema, *required: str) -> Schema:
    return {"type": "object", "properties": properties} | ({"required": list(required)} if required else {})


def option(*, rules: bool) -> Schema:
    value = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^\S(.*\S)?$"}
    properties: Schema = {"value": value, "label": ref("text"), "help": ref("text")}
    return record(properties | ({"visible": ref("rule")} if rules else {}), "value", "label")


def options(*, rules: bool) -> Schema:
    return {"type": "array", "minItems": 1, "items": ref("option") if rules else option(rules=False)}


def case_schema() -> Schema:
    by_path: Schema = {"type": "object", "additionalProperties": {"type": "boolean"}}
    expected: Schema = {
        "steps": by_path,
        "questions": by_path,
        "requirements": by_path,
        "values": {"type": "object", "description": "Stored values; an empty text means: has none"},
        "errors": {"type": "object", "additionalProperties": {"type": "string"}},
        "complete": {"type": "boolean"},
    }
    properties: Schema = {
        "id": ref("id"),
        "name": string(LONGEST_NAME),
        "today": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "municipality": string(20),
        "answers": {"type": "object", "description": "Stored answers by path, with row ids"},
        "expected": {"type": "object", "minProperties": 1, "properties": expected, "additionalProperties": False},
    }
    return record(properties, "id", "name", "today", "expected")


def section_schema() -> Schema:
    properties: Schema = {
        "key": {"type": "string", "pattern": KEY_PATTERN, "maxLength": 100},
        "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "The state that was copied"},
        "other": {"type": "boolean", "description": "About somebody else than the applicant"},
    }
    meaning = {"description": "The nodes are a copy of a section; docs/mechanisms/sections.md"}
    return record(properties, "key", "hash") | {"additionalProperties": False} | meaning


def step_schema() -> Schema:
    properties = {
        "id": ref("id"),
        "title": ref("text"),
        "description": text("Introduction, safe HTML"),
        "when": ref("rule"),
        "nodes": list_of(ref("node")),
        "section": ref("section"),
        "source": {"type": "object"},
    }
    return record(properties, "id", "title")


def node_schema() -> Schema:
    properties = {
        "id": ref("id"),
        "type": {"enum": field_types.keys()},
        "label": text("The question; needed for all but content and calculated values that are not shown"),
        "help": text("Help below the label"),
        "visible": ref("rule"),
        "required": ref("rule"),
        "valid": list_of(ref("valid"), "Rules that must hold"),
        "purpose": ref("text"),
        "legal_basis": list_of(ref("legal_basis")),
        "data_category": {"enum": list(DATA_CATEGORIES)},
        "autocomplete": string(80) | {"description": "HTML autocomplete token: a datum of the applicant"},
        "source": {"type": "object"},
    }
    return record(properties, "id", "type") | {"allOf": [type_schema(one) for one in field_types]}


def type_schema(field_type: FieldType) -> Schema:
    """What a type of node has in addition."""
    own: Schema = {
        name: {**setting.schema, "description": setting.meaning} for name, setting in field_type.settings.items()
    }
    required: list[str] = []
    if field_type.key == "content":
        own, required = {"text": text("Safe HTML")}, ["text"]
    elif field_type.key == "calculated":
        own, required = {**own, "value": ref("expression")}, ["value", "result"]
    elif field_type.key == "group":
        own = {"nodes": list_of(ref("node")), "repeat": repeat_schema(), "section": ref("section")}
    then = record(own, *required)
    if field_type.has_options:
        own |= {"options": options(rules=True), "codelist": {"type": "string"}}
        then |= {"oneOf": [{"required": ["options"]}, {"required": ["codelist"]}]}
    if field_type.has_questions:
        own["questions"] = {"type": "array", "minItems": 1, "maxItems": MOST_QUESTIONS, "items": ref("question")}
        required = [*required, "questions"]
    if field_type.is_question or field_type.key == "group":
        then["required"] = [*required, "label"]
    return {"if": {"properties": {"type": {"const": field_type.key}}, "required": ["type"]}, "then": then}


def repeat_schema() -> Schema:
    properties = {
        "min": whole(0, MOST_ROWS_SET),
        "max": whole(1, MOST_ROWS_SET),
        "item_label": ref("text"),
        "add_label": ref("text"),
    }
    return record(properties)


if __name__ == "__main__":
    import sys

    sys.stdout.write(json.dumps(flow_schema(), ensure_ascii=False, indent=2) + "\n")
