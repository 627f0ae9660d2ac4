"""A form of the UK runner (XGovFormsCommunity) as its own runner walks it: which pages an applicant sees.

Nothing of forms_engine is used here. From each page the first link leads on whose condition is true, else the last one
without a condition. Literals are always strings. A link to a page that is not there (one form has one) is none.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]
TEXTS = frozenset({"Para", "Html", "Details"})
FILE = "file"
TYPED: dict[str, Any] = {
    "TextField": "Two words",
    "FreeTextField": "Two words",
    "MultilineTextField": "Two words",
    "DatePartsField": "2026-11-23",
    "EmailAddressField": "applicant@example.org",
    "TelephoneNumberField": "+44 20 7946 0018",
    "WebsiteField": "https://example.org/",
    "UkAddressField": {"line_1": "10 Anger", "town": "York", "postcode": "YO1 7HH"},
    "ClientSideFileUploadField": FILE,
}


@dataclass
class Walk:
    """`pages` in order, without the summary. `answers` by name of the component; a repeat has a list of rows."""

    pages: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)


def read_form(path: Path) -> Json:
    form: Json = json.loads(path.read_text(encoding="utf-8"))
    there = {page["path"] for page in form["pages"]}
    for page in form["pages"]:
        page["next"] = [link for link in page.get("next", ()) if link["path"] in there]
    return form


def walk(form: Json, seed: int) -> Walk:
    """Walks to the summary, or to a page without a way on. Seed 0 always takes the first answer, 1 the last, any other
    one at random."""
    pages = {page["path"]: page for page in form["pages"]}
    pick = _picker(seed)
    found, path = Walk(), form["startPage"]
    while path and "summary" not in pages[path].get("controller", ""):
        assert path not in found.pages, f"{path} leads back to itself"
        found.pages.append(path)
        for part in pages[path]["components"]:
            if part["type"] not in TEXTS:
                found.answers[part["name"]] = _answer(form, part, pick, seed)
        path = _next(form, pages[path], found.answers)
    return found


def walks(form: Json) -> list[Walk]:
    """Walks on different pages where the form branches, else with different answers: at least two."""
    tried = [walk(form, seed) for seed in range(12)]
    by_pages = {tuple(one.pages): one for one in reversed(tried)}
    return list(by_pages.values()) if len(by_pages) > 1 else tried[:2]


def branches(form: Json) -> bool:
    """Whether two answers can lead to different pages."""
    return any(len({link["path"] for link in page.get("next", ())}) > 1 for page in form["pages"])


def options_of(form: Json, part: Json) -> list[Json]:
    return next(entry["items"] for entry in form["lists"] if entry["name"] == part["list"])


def holds(form: Json, name: str, answers: Mapping[str, Any]) -> bool:
    condition = next(one for one in form["conditions"] if one["name"] == name)
    [test] = condition["value"]["conditions"]
    answer, literal = answers.get(test["field"]["name"].rpartition(".")[2]), test["value"]["value"]
    if answer is None:
        return False
    if test["operator"] == "contains":
        return literal in answer
    assert test["operator"] == "is"
    return str(answer).lower() == literal if isinstance(answer, bool) else str(answer) == literal


def _next(form: Json, page: Json, answers: Mapping[str, Any]) -> str:
    """The page the answers lead to, empty at an end."""
    for link in page["next"]:
        if link.get("condition") and holds(form, link["condition"], answers):
            return str(link["path"])
    others = [link for link in page["next"] if not link.get("condition")]
    assert others or not page["next"], f"no way on from {page['path']}"
    return str(others[-1]["path"]) if others else ""


def _picker(seed: int) -> Callable[[list[Any]], Any]:
    if seed < 2:
        return lambda choices: choices[-seed]
    return random.Random(seed).choice


def _answer(form: Json, part: Json, pick: Callable[[list[Any]], Any], seed: int) -> Any:
    match part["type"]:
        case "YesNoField":
            return pick([True, False])
        case "RadiosField":
            return pick([item["value"] for item in options_of(form, part)])
        case "CheckboxesField":
            return [pick([item["value"] for item in options_of(form, part)])]
        case "MultiInputField":
            rows = range(1 + seed % 2)
            return [{one["name"]: _answer(form, one, pick, seed) for one in part["children"]} for _row in rows]
        case "NumberField":
            return str((part.get("schema") or {}).get("min", 2))
    return TYPED[part["type"]]
