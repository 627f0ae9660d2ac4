"""The official rule trees, read and decided on their own: nothing of forms_engine is used here.

A tree names direct children of the element that carries it. Three values: what cannot be told without an answer is
None, and a demand that is None demands nothing.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

NS = "{urn:xoev-de:fim:standard:xdatenfelder_3.0.0}"


@dataclass(eq=False)
class Part:
    """One position of a schema. `address`: positions from the top to here, as 0.2.1; the schema itself is empty."""

    id: str
    address: str
    count: str
    codes: list[str]
    is_label: bool
    children: list[Part] = field(default_factory=list)

    @property
    def is_optional(self) -> bool:
        return self.count.startswith("0")

    def walk(self) -> Iterator[Part]:
        yield self
        for child in self.children:
            yield from child.walk()

    def below(self, ids: list[str]) -> Iterator[Part]:
        if not ids:
            yield self
        for child in self.children:
            if ids and child.id == ids[0]:
                yield from child.below(ids[1:])


@dataclass(eq=False)
class Law:
    """`effect`: required, forbidden (the target, while the condition is true), validation (the condition must hold)."""

    bearer: Part
    effect: str
    target: Part | None
    condition: Any
    message: str

    def child(self, name: Any) -> Part:
        """The direct child that is meant; names come as `F…`, `self.F…` or {"identifier": …}."""
        ident = (name["identifier"] if isinstance(name, dict) else name).removeprefix("self.")
        [found] = [part for part in self.bearer.children if part.id == ident]
        return found


Answer = Callable[[Part], Any]  # the answer to a field, for a group True where anything in it is answered, else None


def read_parts(path: Path) -> Part:
    return _part(ET.parse(path).getroot().find(f"{NS}stammdatenschema"), "", "1:1")


def read_laws(folder: Path) -> list[Law]:
    """Every action of every edge that comes from the portal, at each place its context means."""
    root = read_parts(folder / "schema.xdf.xml")
    laws = []
    for edge in json.loads((folder / "graph.json").read_text())["edges"]:
        if edge["kind"] != "condition" or edge.get("origin") != "api":
            continue
        for bearer in root.below([ident for ident in edge["context"] if ident[0] != "S"]):
            for effect in edge["actions"]:
                law = Law(bearer, effect, None, edge["condition"], " ".join(edge["text"].split()))
                law.target = law.child(edge["target_id"]) if effect != "validation" else None
                laws.append(law)
    return laws


def holds(law: Law, condition: Any, answer: Answer) -> bool | None:
    if condition is True:
        return True
    name, inner = next(iter(condition.items()))
    if name == "not":
        return _flip(holds(law, inner, answer))
    if name in {"and", "or"}:
        found = [holds(law, part, answer) for part in inner]
        if (name == "or") in found:
            return name == "or"
        return None if None in found else name == "and"
    if name == "xor":
        one, other = (holds(law, part, answer) for part in inner)
        return None if one is None or other is None else one != other
    if name == "is_empty":
        return answer(law.child(inner)) is None
    if name == "identifier":
        value = answer(law.child(inner))
        return None if value is None else value is True
    if name in {"equal", "not_equal"}:
        same = _same(law.child(inner[0]), answer(law.child(inner[0])), inner[1])
        return same if name == "equal" else _flip(same)
    values = [answer(law.child(part)) for part in inner]
    if None in values:
        return None
    return values[0] < values[1] if name == "less_than" else _is_date(*values)


def _flip(value: bool | None) -> bool | None:
    return None if value is None else not value


def _same(part: Part, value: Any, literal: Any) -> bool | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return value is (str(literal).lower() in {"true", "wahr", "ja"})
    wanted = _code(part, str(literal))
    return wanted in value if isinstance(value, list) else str(value) == wanted


def _code(part: Part, literal: str) -> str:
    """76 trees of the portal name no code: `02` for 002, `001 Auskunft …` for 001."""
    if not part.codes or literal in part.codes:
        return literal
    first = literal.split()[0]
    return first if first in part.codes else first.zfill(len(part.codes[0]))


def _is_date(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _part(element: ET.Element, address: str, count: str) -> Part:
    codes = [one.findtext(f"{NS}code") or "" for one in element.findall(f"{NS}werte/{NS}wert")]
    ident, kind = element.findtext(f"{NS}identifikation/{NS}id") or "", element.findtext(f"{NS}feldart/code")
    part = Part(ident, address, count, codes, is_label=kind == "label")
    for number, position in enumerate(element.findall(f"{NS}struktur")):
        here = f"{address}.{number}" if address else str(number)
        part.children.append(_part(position.find(f"{NS}enthaelt")[0], here, position.findtext(f"{NS}anzahl")))
    return part
