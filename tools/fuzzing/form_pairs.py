"""Random rules and answers for form mode over the laboratory form, and what Python makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms_engine.domain.canonical import canonical_json
from forms_engine.domain.logic import Frame, Type, compile_rule, wire
from forms_engine.domain.outline import read_values
from forms_engine.domain.scope import FlowScope, type_of

from .chance import Chance
from .form_rules import DATES, DECIMALS, RuleMaker
from .lab import GROUPS, LAB

Json = dict[str, Any]

WANTED = ("bool", "bool", "decimal", "text", "date", "any", "any")
PLACES = ((), (), GROUPS[:1], GROUPS[:2], GROUPS[:3])
SCOPE = FlowScope(LAB.nodes, {step.id: step for step in LAB.steps})


@dataclass(frozen=True, slots=True)
class Pair:
    """A rule at its place (the repeated groups around it) with the index of its answers."""

    rule: Any
    groups: tuple[str, ...]
    wanted: str
    data: int

    def as_json(self) -> list[Any]:
        return [self.rule, self.groups, self.wanted, self.data]


def make_data(chance: Chance) -> Json:
    """Answers by path. Each is right, missing, or anything; rows may be none."""
    data: Json = {"today": chance.one(DATES), "municipality": chance.one(["16053000", None, "", 5])}
    absent = chance.one((0.05, 0.1, 0.3, 0.9))
    for step in LAB.steps:
        for node in step.nodes:
            fill(chance, node, node.path, data, absent)
    return data


def fill(chance: Chance, node: Any, path: str, data: Json, absent: float) -> None:
    kind = type_of(node)
    if kind is None or chance.happens(absent if node.is_question else 0.1):
        return
    if node.repeat:
        rows = [f"r{at}" for at in range(chance.upto(3))]
        data[path] = rows if chance.happens(0.97) else chance.json(1)
        for row in rows:
            for child in node.nodes:
                fill(chance, child, f"{path}.{row}{child.path[len(node.path) :]}", data, absent)
        return
    for child in node.nodes:
        fill(chance, child, path + child.path[len(node.path) :], data, absent)
    if not node.is_group:
        data[path] = answer(chance, kind) if chance.happens(0.9) else chance.json(1)


def answer(chance: Chance, kind: Type) -> Any:
    """A value that fits, as JSON."""
    if kind.kind == "bool":
        return chance.happens(0.5)
    if kind.kind == "integer":
        return chance.one([0, 1, -5, 18, 65, 2024, 999_999_999_999_999, "12", "-3"])
    if kind.kind == "decimal":
        return chance.one(DECIMALS) if chance.happens(0.5) else chance.decimal()
    if kind.kind == "date":
        return chance.one(DATES) if chance.happens(0.4) else chance.day()
    if kind.kind == "enum":
        return chance.one(list(kind.values or ("a",)))
    if kind.kind == "list":
        codes = list(kind.item.values or ()) if kind.item else []
        return [code for code in codes if chance.happens(0.5)]
    if kind.kind == "files":
        return ["f1", "f2"][: 1 + chance.upto(1)]
    if kind.kind == "address":
        return {"street": "Markt", "place": chance.one(["Jena", "Zoe\u0308"])}
    if kind.kind == "record":
        parts = {name: answer(chance, part) for name, part in (kind.parts or {}).items() if chance.happens(0.8)}
        return parts if chance.happens(0.95) else {**parts, "nope": 1}
    return chance.one(["x", "Zoë", "Zoe\u0308", "😀", "a b", "12", "2024-02-29"])


def make_pair(chance: Chance, datasets: int) -> Pair:
    groups = tuple(chance.one(PLACES))
    wanted = chance.one(WANTED)
    kind = {"decimal": "number", "any": chance.one(("number", "text", "date", "span", "rows", "list"))}.get(
        wanted, wanted
    )
    maker = RuleMaker(chance, groups, chance.one((0.0, 0.0, 0.03, 0.1)))
    return Pair(maker.make(kind, 1 + chance.upto(4)), groups, wanted, chance.upto(datasets - 1))


def run(pair: Pair, values: Json) -> str:
    frames = tuple(Frame(group=group) for group in pair.groups)
    compiled = compile_rule(pair.rule, SCOPE, Type(pair.wanted), frames)
    SCOPE.suggestions = 0  # similar names are for editors; looking for them takes most of the time
    found = {
        "findings": sorted({trouble.code for trouble in compiled.troubles}),
        "kind": compiled.type.kind,
        "reads": sorted(compiled.reads),
        "values": [wire.write_value(compiled.run(values, rows)) for rows in instances(values, pair.groups)],
    }
    return canonical_json(found)


def instances(values: Json, groups: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The rows a place is in, one tuple of prefixes an instance."""
    found: list[tuple[str, ...]] = [()]
    base = ""
    for group in groups:
        suffix = group[len(base) :]
        found = [(*rows, row) for rows in found for row in values.get(f"{rows[-1] if rows else ''}{suffix}#", ())]
        base = group
    return found


def read(data: Json) -> Json:
    return read_values(LAB, data)
