"""What the code registers is in the pages that explain it, and the example of the how-to works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms_engine.domain.logic import OPERATORS
from forms_engine.fields import Fault, field_types
from tests.forms_engine.domain.test_check_document import DEFECTS, UNREASONABLE, WARNINGS

DOCS = Path(__file__).resolve().parents[3] / "docs"
FLOW_PAGE = (DOCS / "reference/flow.md").read_text()
LOGIC_PAGE = (DOCS / "reference/logic.md").read_text()


@pytest.mark.parametrize("key", sorted(OPERATORS))
def test_operator__any__is_in_the_reference(key):
    assert f"`{key}`" in LOGIC_PAGE


@pytest.mark.parametrize("found", list(field_types), ids=lambda found: found.key)
def test_field_type__with_its_settings__is_in_the_reference(found):
    [row] = [line for line in FLOW_PAGE.splitlines() if line.startswith(f"| `{found.key}` |")]
    assert [name for name in found.settings if not re.search(rf"\b{name}\b", row)] == []


@pytest.mark.parametrize("code", sorted({code for _, _, (code, _) in [*DEFECTS, *UNREASONABLE, *WARNINGS]}))
def test_finding__any__is_in_the_reference(code):
    assert f"`{code}`" in FLOW_PAGE + LOGIC_PAGE


def test_how_to__its_example__is_a_working_field_type(monkeypatch):
    monkeypatch.setattr(field_types, "_types", dict(field_types._types))
    source = re.search(r"```python\n(.*?)```", (DOCS / "how-to/add-a-field-type.md").read_text(), re.DOTALL)
    exec(compile(source[1], "add-a-field-type.md", "exec"), {})
    plate = field_types.get("number_plate")
    assert plate.parse(" j-ab 123 ", {}) == "J-AB 123"
    assert plate.parse("J-AB 123", {"electric_only": True}) == Fault("plate_invalid")
    assert plate.parse(plate.parse("w-x1e", {}), {}) == "W-X 1E"
