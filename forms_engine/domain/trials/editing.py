"""Test cases of a draft: save one, remove one, let them follow a question that gets another path. Pure."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from forms_engine.domain.references import Renaming
from forms_engine.domain.tree import Raw, find_raw, raw_list, repeats

KEPT_MAPS = ("questions", "values", "errors")


def find_case(document: Raw, case_id: str) -> Raw | None:
    """The raw test case of an id."""
    found = (case for case in raw_list(document, "tests") if isinstance(case, dict) and case.get("id") == case_id)
    return next(found, None)


def put_case(document: Raw, case: Mapping[str, Any]) -> tuple[Raw, str]:
    """A copy of the document with this test case, in place of the one of the same id; a new one gets an id."""
    changed = copy.deepcopy(document)
    cases = changed["tests"] = list(raw_list(changed, "tests"))
    taken = {one.get("id") for one in cases if isinstance(one, dict)}
    case_id = case.get("id") or next(name for at in range(1, len(cases) + 2) if (name := f"fall_{at}") not in taken)
    made = {**copy.deepcopy(dict(case)), "id": case_id}
    at = next((n for n, one in enumerate(cases) if isinstance(one, dict) and one.get("id") == case_id), len(cases))
    cases[at : at + 1] = [made]
    return changed, str(case_id)


def delete_case(document: Raw, case_id: str) -> Raw:
    """A copy without this test case."""
    changed = copy.deepcopy(document)
    left = [one for one in raw_list(changed, "tests") if not (isinstance(one, dict) and one.get("id") == case_id)]
    changed.pop("tests", None)
    return changed | ({"tests": left} if left else {})


def rename_in_cases(document: Raw, renaming: Renaming) -> None:
    """Let answers and expectations name the new path. `document` still has the old one; its `tests` are changed."""
    for case in raw_list(document, "tests"):
        if not isinstance(case, dict):
            continue
        expected = case.get("expected")
        if isinstance(case.get("answers"), dict):
            case["answers"] = renamed_keys(document, case["answers"], renaming)
        if isinstance(expected, dict):
            for name in KEPT_MAPS:
                if isinstance(expected.get(name), dict):
                    expected[name] = renamed_keys(document, expected[name], renaming)
            if isinstance(expected.get("steps"), dict):
                expected["steps"] = {renaming.apply(key): value for key, value in expected["steps"].items()}


def renamed_keys(document: Raw, found: Mapping[str, Any], renaming: Renaming) -> Raw:
    return {rename_path(document, path, renaming): value for path, value in found.items()}


def rename_path(document: Raw, path: str, renaming: Renaming) -> str:
    """A path with row ids after the renaming. What moves to another depth and carries rows stays as it was."""
    parts, rows, at = [], {}, ""
    expects_row = False
    for place, part in enumerate(path.split(".")):
        if expects_row:
            rows[place], expects_row = part, False
            continue
        parts.append(part)
        at = f"{at}.{part}" if at else part
        expects_row = repeats(find_raw(document, at) or {})
    renamed = renaming.apply(".".join(parts)).split(".")
    if rows and len(renamed) != len(parts):
        return path
    for place, row in sorted(rows.items()):
        renamed.insert(place, row)
    return ".".join(renamed)
