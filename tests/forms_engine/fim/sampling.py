"""Random answers to an imported form, and what an evaluation of them means in the words of its schema."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from forms_engine.domain import Evaluation
from tests.forms_engine.fim.drafts import Json
from tests.forms_engine.fim.official import Part

Rows = tuple[str, ...]
DAYS, MONTHS = (30, 31, 12), (2, 4, 12)


def random_answers(document: Json, wanted: dict[str, set[str]], pick: random.Random) -> dict[str, Any]:
    """Answers to most questions. `wanted`: codes by address of a question that conditions name, taken most often."""
    answers: dict[str, Any] = {}

    def fill(nodes: list[Json], prefix: str) -> None:
        for node in nodes:
            path = f"{prefix}.{node['id']}"
            if "repeat" in node:
                answers[path] = ["r1", "r2"][: pick.choice((0, 1, 1, 2))]
                for row in answers[path]:
                    fill(node["nodes"], f"{path}.{row}")
            elif node["type"] == "group":
                fill(node["nodes"], path)
            elif (value := _value(document, node, wanted, pick)) is not None:
                answers[path] = value

    for step in document["steps"]:
        fill(step["nodes"], step["id"])
    return answers


def _value(document: Json, node: Json, wanted: dict[str, set[str]], pick: random.Random) -> Any:
    source = node.get("source", {})
    if node["type"] in {"content", "calculated"} or pick.random() < (0.1 if "added" in source else 0.3):
        return None
    match node["type"]:
        case "yes_no":
            return pick.random() < (0.8 if "added" in source else 0.5)
        case "choice" | "multi_choice":
            options = node.get("options") or document["codelists"][node["codelist"]]
            codes = sorted({one["value"] for one in options} & wanted.get(source.get("fim", {}).get("at", ""), set()))
            if not codes or pick.random() < 0.3:
                codes = [one["value"] for one in options]
            return pick.choice(codes) if node["type"] == "choice" else pick.sample(codes, 1)
        case "date":
            return (date(2026, 1, 1) + timedelta(days=pick.randrange(9))).isoformat()
        case "file":
            return ["f1"]
        case "integer":
            return pick.choice(DAYS if node.get("max") == 31 else MONTHS if node.get("max") == 12 else (2023, 2025))
        case "decimal" | "money":
            return "1"
    return "07743"


@dataclass
class Seen:
    """What is at one place of the schema, in one row: paths of the form, whether it is there, its value.

    `is_row`: a row of a repeated group, not the group with all its rows.
    """

    paths: list[str] = field(default_factory=list)
    is_shown: bool = False
    is_row: bool = False
    value: Any = None


class Reading:
    """An evaluation in the words of the schema."""

    def __init__(self, document: Json, found: Evaluation) -> None:
        self._found = found
        self._seen: dict[str, dict[Rows, Seen]] = defaultdict(lambda: defaultdict(Seen))
        self._helpers: dict[str, dict[Rows, list[str]]] = defaultdict(lambda: defaultdict(list))
        for step in document["steps"]:
            source = step.get("source", {})
            inside = {node.get("source", {}).get("fim", {}).get("at") for node in step["nodes"]}
            for part in [source.get("fim"), *source.get("within", ())]:
                if part and "at" in part and part["at"] not in inside:
                    self._note(part["at"], (), step["id"])
            self._walk(step["nodes"], step["id"], ())

    def rows_of(self, part: Part) -> list[Rows]:
        """The rows in which the part is there; the schema itself always is, once."""
        if not part.address:
            return [()]
        found = {rows: seen for rows, seen in self._seen[part.address].items() if seen.is_shown}
        repeats = part.count.split(":")[1] != "1"
        return [rows for rows, seen in found.items() if seen.is_row is repeats]

    def is_shown(self, part: Part, rows: Rows) -> bool:
        return any(seen.is_shown for _part, seen in self._below(part, rows))

    def answer(self, part: Part, rows: Rows) -> Any:
        if not part.children:
            seen = [seen for _part, seen in self._below(part, rows) if seen.value is not None]
            return seen[0].value if seen else None
        return True if any(seen.value is not None for _part, seen in self._below(part, rows)) else None

    def errors(self, part: Part, rows: Rows) -> list[str]:
        """Codes of the errors at the part, inside it, and at the questions the import put before it."""
        around = part.address.rpartition(".")[0]
        paths = {path for _part, seen in self._below(part, rows) for path in seen.paths}
        paths |= {*self._helpers[part.address][rows], *self._helpers[around][rows]}
        return [error.code for error in self._found.errors if error.path in paths]

    def messages(self, part: Part, rows: Rows) -> set[str]:
        """What people are told at the part and inside it."""
        paths = {path for _part, seen in self._below(part, rows) for path in seen.paths}
        return {error.message("de") for error in self._found.errors if error.path in paths}

    def _below(self, part: Part, rows: Rows) -> Iterator[tuple[Part, Seen]]:
        for one in part.walk():
            for where, seen in self._seen[one.address].items():
                if where[: len(rows)] == rows:
                    yield one, seen

    def _walk(self, nodes: list[Json], prefix: str, rows: Rows) -> None:
        for node in nodes:
            path, source = f"{prefix}.{node['id']}", node.get("source", {})
            if "added" in source:
                self._helpers[source["added"]][rows].append(path)
            at = source.get("fim", {}).get("at")
            if at:
                self._note(at, rows, path)
            if "repeat" in node:
                for row in self._found.rows.get(path, ()):
                    here = (*rows, f"{path}.{row}")
                    if at:
                        self._note(at, here, f"{path}.{row}", is_row=True)
                    self._walk(node["nodes"], f"{path}.{row}", here)
                    self._answer_of_rows(at, rows, node, f"{path}.{row}")
            elif node["type"] == "group":
                self._walk(node["nodes"], path, rows)
            elif at and node["type"] != "calculated":
                self._seen[at][rows].value = self._found.values.get(path)

    def _answer_of_rows(self, at: str | None, rows: Rows, node: Json, prefix: str) -> None:
        """A repeated field is a group with one question a row, which has no place of its own in the schema."""
        if at and "source" not in node["nodes"][0]:
            value = self._found.values.get(f"{prefix}.{node['nodes'][0]['id']}")
            seen = self._seen[at][rows]
            seen.value = seen.value if value is None else value
            seen.paths.append(f"{prefix}.{node['nodes'][0]['id']}")

    def _note(self, at: str, rows: Rows, path: str, *, is_row: bool = False) -> None:
        seen = self._seen[at][rows]
        seen.paths.append(path)
        seen.is_row = is_row
        seen.is_shown = seen.is_shown or path in self._found.shown
