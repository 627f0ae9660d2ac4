"""Random pairs for jsonlogic mode and what Python makes of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forms_engine.domain.canonical import canonical_json
from forms_engine.domain.logic.jsonlogic import OPERATORS, LogicError, apply

from .chance import TEXTS, Chance

Pair = tuple[Any, Any]

NAMES = sorted(OPERATORS)
PATHS = [
    "a",
    "b",
    "c",
    "list",
    "rows",
    "a.b",
    "list.0",
    "rows.1.x",
    "x",
    "",
    "current",
    "accumulator",
    "a.x.0",
    "type",
    "list.00",
    "list.01",
    "list.-1",
    "rows.length",
    "__proto__",
]
LISTS = ["list", "rows", "a"]
MOST_EXACT = 2**53


def make_pair(chance: Chance) -> Pair:
    return make_rule(chance, 1 + chance.upto(3)), make_data(chance)


def make_data(chance: Chance) -> Any:
    if chance.happens(0.1):
        return chance.json(3)
    data = {name: chance.json(2) for name in ("a", "b", "c") if chance.happens(0.8)}
    data["list"] = [chance.scalar() if chance.happens(0.3) else chance.number() for _ in range(chance.upto(4))]
    data["rows"] = [{"x": chance.scalar(), "b": chance.json(1)} for _ in range(chance.upto(3))]
    return data


def make_rule(chance: Chance, depth: int) -> Any:
    draw = chance.random.random()
    if depth <= 0 or draw < 0.12:
        return chance.json(1) if chance.happens(0.5) else read(chance)
    if draw < 0.55:
        return make_sensible(chance, depth)
    operands: Any = [make_rule(chance, depth - 1) for _ in range(chance.upto(4))]
    if chance.happens(0.12):
        operands = make_rule(chance, depth - 1)
    return {chance.one(NAMES): operands}


def read(chance: Chance) -> Any:
    draw = chance.random.random()
    if draw < 0.6:
        return {"var": chance.one(PATHS)}
    if draw < 0.7:
        return {"var": [chance.one(PATHS), chance.scalar()]}
    if draw < 0.85:
        return {"val": [chance.one([[1], [2], [-2], [4], [0], ["1"], [1.5]]), chance.one(["index", *PATHS])]}
    return {"val": [chance.one(PATHS), chance.one([0, 1, "x", "b", -1, 0.0])][: 1 + chance.upto(1)]}


def make_sensible(chance: Chance, depth: int) -> Any:
    """Operands of a kind the operator is made for, so that evaluation goes deep."""
    names, operands = chance.one(FAMILIES)
    return {chance.one(names): operands(chance, lambda: make_rule(chance, depth - 1))}


Part = Callable[[], Any]


def some_of(chance: Chance, least: int, *choices: Any) -> list[Any]:
    """The first of these operands, at least so many."""
    return list(choices[: least + chance.upto(len(choices) - least)])


def over_list(chance: Chance, part: Part) -> list[Any]:
    return [{"var": chance.one(LISTS)} if chance.happens(0.8) else part(), part()]


def reducing(chance: Chance, part: Part) -> list[Any]:
    step = {chance.one(["+", "*", "max", "cat", "merge", "-"]): [{"var": "accumulator"}, {"var": "current"}]}
    return some_of(chance, 2, {"var": chance.one(LISTS)}, step if chance.happens(0.7) else part(), part())


def computing(chance: Chance, part: Part) -> list[Any]:
    return some_of(chance, 1, chance.number(), {"var": "list.0"}, part())


def comparing(chance: Chance, part: Part) -> list[Any]:
    if chance.happens(0.3):
        return [chance.one(TEXTS), chance.one(TEXTS)]
    return some_of(chance, 2, part(), chance.scalar(), part())


def controlling(chance: Chance, part: Part) -> list[Any]:
    return [part() for _ in range(1 + chance.upto(4))]


def cutting(chance: Chance, part: Part) -> list[Any]:
    return some_of(chance, 2, chance.one(TEXTS), chance.one([0, 1, 2, -1, -2, 1.5, part()]), chance.one([0, 1, -1, 9]))


def texting(chance: Chance, part: Part) -> list[Any]:
    return some_of(chance, 1, chance.scalar(), chance.one(TEXTS), part())


def missing(chance: Chance, part: Part) -> list[Any]:
    return [chance.one([0, 1, 2, *PATHS]), [chance.one(PATHS), chance.one(PATHS), part()], part()]


FAMILIES: list[tuple[list[str], Callable[[Chance, Part], list[Any]]]] = [
    (["map", "filter", "all", "some", "none"], over_list),
    (["map", "filter", "all", "some", "none"], over_list),
    (["reduce"], reducing),
    (["+", "-", "*", "/", "%", "min", "max"], computing),
    (["==", "===", "!=", "!==", "<", "<=", ">", ">="], comparing),
    (["if", "?:", "and", "or", "try", "??"], controlling),
    (["substr"], cutting),
    (["cat", "in", "merge"], texting),
    (["missing", "missing_some", "exists"], missing),
]


def run(pair: Pair) -> str:
    rule, data = pair
    try:
        return canonical_json({"value": as_doubles(apply(rule, data))})
    except LogicError as problem:
        return canonical_json({"error": as_doubles(problem.error)})


def as_doubles(value: Any) -> Any:
    """Whole numbers beyond 2^53 denote the nearest double; Python keeps those it only passes on."""
    if isinstance(value, list):
        return [as_doubles(item) for item in value]
    if isinstance(value, dict):
        return {key: as_doubles(item) for key, item in value.items()}
    return float(value) if type(value) is int and abs(value) > MOST_EXACT else value
