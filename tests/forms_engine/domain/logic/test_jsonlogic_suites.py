"""The community's suites (json-logic/compat-tables, ../shared/data/jsonlogic), unchanged: all 1,138 cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from forms_engine.domain.canonical import canonical_json
from forms_engine.domain.logic.jsonlogic import LogicError, apply
from tests.conftest import SHARED

SUITES = SHARED / "jsonlogic/suites"
CASES = 1_138

pytestmark = pytest.mark.skipif(not SUITES.is_dir(), reason="shared test data missing: ../shared/data/jsonlogic")


def read(name: str) -> list[dict[str, Any]]:
    """The cases of a suite; plain strings in it are headings."""
    return [case for case in json.loads((SUITES / name).read_text()) if isinstance(case, dict)]


def list_suites() -> list[str]:
    return json.loads((SUITES / "index.json").read_text()) if SUITES.is_dir() else []


def list_failing(name: str) -> Iterator[str]:
    for case in read(name):
        expected = ("error", case["error"]["type"]) if "error" in case else ("result", case["result"])
        try:
            found = ("result", apply(case["rule"], case.get("data")))
        except LogicError as problem:
            found = ("error", problem.type)
        if canonical_json(found) != canonical_json(expected):
            yield f"{case['description']}: {found} instead of {expected}"


@pytest.mark.parametrize("name", list_suites())
def test_suite__every_case__gives_its_result_or_error(name):
    assert list(list_failing(name)) == []


def test_suites__together__are_1138_cases():
    assert sum(len(read(name)) for name in list_suites()) == CASES
