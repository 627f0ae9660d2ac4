"""What is sent is what OpenAPI says, member by member: the front end's types are made from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from tests.forms_engine.factories import API, Citizen, case_in_inbox, make_clerk, png, publish, signed_in

pytestmark = pytest.mark.django_db
FORMS = Path(__file__).resolve().parents[2] / "cms" / "demo_city" / "forms"
KEYS = sorted(path.stem for path in FORMS.glob("*.json"))


def closed(schema: Any) -> Any:
    """No members allowed but those that are named."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return inner | {"additionalProperties": False} if "properties" in inner else inner


@pytest.fixture(scope="module")
def components() -> Any:
    return closed(SchemaGenerator().get_schema(request=None, public=True)["components"])


def assert_is(components: Any, name: str, answer: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    jsonschema.Draft202012Validator(schema).validate(answer)


def demo_form(key: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A form of the demo city and its example answers, files left out."""
    document = json.loads((FORMS / f"{key}.json").read_text(encoding="utf-8"))
    example = json.loads((FORMS / "examples" / f"{key}.json").read_text(encoding="utf-8"))
    return document, {path: value for path, value in example.items() if "file-" not in str(value)}


@pytest.mark.parametrize("key", KEYS)
def test_draft__of_each_demo_form__empty_and_filled_in__is_what_the_schema_says(components, key):
    document, answers = demo_form(key)
    version = publish(document)
    check = Client().post(f"{API}/flows/{key}/check", {"locale": "de"}, content_type="application/json")
    assert_is(components, "Check", check.json())
    citizen = Citizen(version)
    for given in ({}, answers):
        draft = citizen.patch(given).json()
        assert_is(components, "ChangedDraft", draft)
        for step in draft["steps"]:
            assert_is(components, "StepView", citizen.get(f"/steps/{step['id']}?validate=1").json())
        assert_is(components, "Summary", citizen.get("/summary").json())


def test_application__on_its_way__is_what_the_schema_says(components):
    version = publish()
    citizen = Citizen(version)
    citizen.fill(**{"person.birth_date": {"day": "31", "month": "2", "year": "1990"}, "family.children": ["r1"]})
    citizen.upload("a.png", png())
    assert_is(components, "Draft", citizen.get().json())
    assert_is(components, "Summary", citizen.get("/summary").json())
    case, code = case_in_inbox(version, email="ada@example.org")
    assert_is(components, "Submission", Client().get(f"{API}/submissions/{code}").json())
    clerk = signed_in(make_clerk(case.unit))
    assert_is(components, "CaseList", clerk.get(f"{API}/cases").json())
    assert_is(components, "Case", clerk.get(f"{API}/cases/{case.pk}").json())
