"""The corpus of seeded defects: forms of the demo city, each with one mistake in it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from forms_engine.domain.tree import find_raw
from tests.cms.demo_city import read_form

CORPUS = Path(__file__).with_name("seeded_defects.yaml")
REMOVED = "-"


class Seeded(NamedTuple):
    name: str
    kind: str
    form: str
    edits: list[tuple[str, str, Any]]
    finds: tuple[str, str]
    also: list[tuple[str, str]]

    def document(self) -> dict[str, Any]:
        """Without the form's test cases: a defect turns some of them red, which is not the analysis' doing."""
        document = {name: copy.deepcopy(value) for name, value in read_form(self.form).items() if name != "tests"}
        for path, member, value in self.edits:
            edit(document, path, member, value)
        return document

    def is_expected(self, code: str, path: str) -> bool:
        return (code, path) == self.finds or (code, path) in self.also or (code, "*") in self.also


def edit(document: dict[str, Any], path: str, member: str, value: Any) -> None:
    """Set or remove `member` (`options/1/label/en`) of the step or node, or of the form."""
    *way, last = [int(part) if part.isdigit() else part for part in member.split("/")]
    holder: Any = find_raw(document, path) if path else document
    assert holder is not None, path
    for part in way:
        holder = holder[part]
    if value == REMOVED:
        del holder[last]
    else:
        holder[last] = value


def read_corpus() -> list[Seeded]:
    return [
        Seeded(
            one["name"],
            one["kind"],
            one["form"],
            one["edits"],
            tuple(one["finds"]),
            [tuple(pair) for pair in one.get("also", ())],
        )
        for one in yaml.safe_load(CORPUS.read_text(encoding="utf-8"))
    ]
