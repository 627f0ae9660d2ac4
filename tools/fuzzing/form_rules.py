"""Random rules for form mode over the laboratory form: well-typed ones of each kind, with as much noise as wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from forms_engine.domain.logic import OPERATORS

from .chance import Chance
from .lab import CODES, GROUPS, LAB

Json = dict[str, Any]

DATES = ["2024-02-29", "2023-02-28", "2024-01-31", "0001-01-01", "9999-12-31", "1900-03-01", "2026-03-29", "2000-12-31"]
DECIMALS = [
    "0",
    "-0",
    "0.1",
    "0.2",
    "2.50",
    "-3",
    "1.005",
    "0.005",
    "-2.5",
    "12345678901234567890.5",
    "9" * 34,
    "9" * 40,
    "0." + "0" * 30 + "1",
]
HUGE, TINY = "1" + "0" * 50, "0." + "0" * 49 + "1"  # 10^50 and 10^-50: 122 of them lie just within the range
SPANS = ["P1M", "P30D", "P1Y", "P12M", "-P14D", "P1Y2M3W4D", "P28D", "P31D", "P9998Y", "P0D"]
EVERY_PATH = [
    *LAB.nodes,
    "s.home.street",
    "s.home.nope",
    "s.kids.home.place",
    "s.trip.from",
    "s.trip.nope",
    "s.kids.trip.to",
    "s.care.swim",
    "s.cares.bike",
    "s",
    "nope",
    "s.kids.r0.name",
    "today.x",
    "row.row",
]
ODD_LITERALS = [
    2**53,
    1e300,
    "1e3",
    "1,5",
    "2023-02-29",
    "1.2.2026",
    "P1H",
    "P",
    "q",
    None,
    [],
    {},
    {"var": 1},
    {"var": ["s.yes", 1]},
]
HOLDERS = ("s.pair", "s.pair.deep", "s.home", "s.trip", "s.care", "s.kids.extra", "s.kids.home", "s.kids.trip", *GROUPS)
ELEMENTS = ("s.many", "s.cares.swim", "s.kids.name", "s.kids.income", "s.kids.born")
NAMES: dict[str, list[str]] = {
    "bool": ["s.yes", "s.no", "s.maybe", "s.kids.school"],
    "number": [
        "s.whole",
        "s.small",
        "s.part",
        "s.price",
        "s.total",
        "s.kids.income",
        "s.kids.half",
        "s.kids.pets.age",
        "s.kids.pets.toys.price",
    ],
    "whole": ["s.whole", "s.small", "s.kids.pets.age"],
    "text": [
        "s.name",
        "s.other",
        "s.pick",
        "s.pack",
        "s.home.street",
        "s.care.swim",
        "s.kids.name",
        "s.kids.home.place",
        "s.kids.pets.name",
        "municipality",
    ],
    "date": [
        "s.day",
        "s.birth",
        "s.trip.from",
        "s.kids.born",
        "s.kids.trip.to",
        "s.kids.pets.toys.bought",
        "today",
    ],
    "code": ["s.pick", "s.care.bike", "s.kids.pick", "s.kids.pets.toys.pick"],
}


def groups_of(name: str) -> list[str]:
    """The repeated groups around a question, outermost first."""
    return [group for group in GROUPS if name.startswith(f"{group}.")]


class RuleMaker:
    """Well-typed expressions of each kind; with `noise` a part now and then is replaced by anything."""

    def __init__(self, chance: Chance, groups: tuple[str, ...], noise: float) -> None:
        self.chance, self.groups, self.noise = chance, groups, noise

    def make(self, kind: str, depth: int) -> Any:
        chance = self.chance
        if chance.happens(self.noise):
            return self.anything(depth)
        if depth <= 0 or chance.happens(0.2):
            return self.leaf(kind)
        makers: dict[str, Callable[[int], Any]] = {
            "bool": self.truth,
            "number": self.number,
            "text": self.text,
            "date": self.day,
            "span": self.span,
            "rows": self.rows,
            "list": self.numbers,
        }
        shared = chance.random.random()
        if shared < 0.08 and kind not in {"rows", "list"}:
            return {"if": [self.make("bool", depth - 1), self.asked(kind), self.make(kind, depth - 1)]}
        if shared < 0.16 and kind not in {"rows", "list"}:
            return {"coalesce": [self.asked(kind), self.make(kind, depth - 1)]}
        return makers[kind](depth - 1)

    def anything(self, depth: int) -> Any:
        chance = self.chance
        if depth <= 0 or chance.happens(0.4):
            return chance.json(1) if chance.happens(0.5) else {"var": self.path(EVERY_PATH)}
        count = chance.upto(3)
        kinds = ("bool", "number", "text", "date", "span", "rows", "list")
        args = [self.make(chance.one(kinds), depth - 1) for _ in range(count)]
        return {
            chance.one([*OPERATORS, "?", "__proto__"]): args if chance.happens(0.9) else self.make("bool", depth - 1)
        }

    def scalar(self, kind: str) -> Json:
        """A question whose rows, if any, are in sight; now and then one whose are not."""
        if self.chance.happens(self.noise):
            return {"var": self.path(NAMES[kind])}
        names = [name for name in NAMES[kind] if set(groups_of(name)) <= set(self.groups)]
        return {"var": self.path(names, closest=True)}

    def path(self, names: Sequence[str], *, closest: bool = False) -> str:
        """A path of the form, from the root or (`closest`: always, the innermost) from a row in sight."""
        chance = self.chance
        name = chance.one(names)
        around = [group for group in groups_of(name) if group in self.groups]
        if around and (closest or chance.happens(0.7)):
            group = around[-1] if closest else chance.one(around)
            ups = len(self.groups) - 1 - self.groups.index(group)
            return "outer." * ups + ("row." if not ups or chance.happens(0.3) else "") + name[len(group) + 1 :]
        return chance.one([f"row.{name}", "row", "outer", f"outer.{name}"]) if chance.happens(self.noise) else name

    def unopened(self, names: Sequence[str]) -> str:
        """A path that means a list: through a repeated group none of whose rows is in sight, or from the root."""
        listed = [name for name in names if groups_of(name) or name in GROUPS or name == "s.many"]
        return (
            self.chance.one(listed)
            if self.chance.happens(0.5)
            else self.path([name for name in listed if self.is_beyond(name)] or listed[:1])
        )

    def is_beyond(self, name: str) -> bool:
        return not {*groups_of(name), name} & set(GROUPS) <= set(self.groups)

    def leaf(self, kind: str) -> Any:
        chance = self.chance
        if kind in NAMES and chance.happens(0.75):
            return self.scalar(kind)
        literals: dict[str, list[Any]] = {
            "bool": [True, False],
            "number": [0, 1, 0.1, 5.0, 18, -7, 2**53 - 1, 1e-7, {"+": chance.one(DECIMALS)}, {"+": chance.decimal()}],
            "text": ["a", "b", "x", "Zoë", "Zoe\u0308", "😀", "", "12", *CODES["pick"]],
            "date": [*DATES, chance.day(), {"coalesce": [{"var": "today"}, chance.day()]}],
            "span": [*SPANS, chance.span()],
            "rows": [{"var": self.unopened(GROUPS)}],
            "list": [{"var": self.unopened(NAMES["number"])}],
        }
        if chance.happens(self.noise):
            return chance.one([*ODD_LITERALS, *DECIMALS, *DATES, *SPANS])
        return chance.one(literals[kind])

    def truth(self, depth: int) -> Any:
        chance, make = self.chance, self.make
        draw = chance.random.random()
        if draw < 0.04:
            return self.close_spans()
        if draw < 0.3:
            kind = chance.one(("number", "number", "date", "text", "bool", "span"))
            names = ("==", "!=") if kind in {"text", "bool"} else ("==", "!=", "<", "<=", ">", ">=")
            name = chance.one(names)
            rest = [make(kind, depth) for _ in range(2 if name[0] in "<>" and chance.happens(0.2) else 1)]
            return {name: [self.asked(kind), *rest] if chance.happens(0.9) else [*rest, self.asked(kind)]}
        if draw < 0.5:
            name = chance.one(("and", "or", "not", "!", "xor"))
            count = {"not": 1, "!": 1, "xor": 2}.get(name, 1 + chance.upto(2))
            return {name: [make("bool", depth) for _ in range(count)]}
        if draw < 0.62:
            asked = {"var": self.path(chance.one((EVERY_PATH, HOLDERS)))}
            return {"is_empty": asked if chance.happens(0.8) else make(chance.one(("number", "rows", "date")), depth)}
        if draw < 0.75:
            return self.member(depth)
        if draw < 0.8:
            return {"is_valid_date": [self.scalar("whole"), 2, chance.one([2024, 2023, 0, self.scalar("whole")])]}
        return self.over(chance.one(("some", "all", "none")), "bool", depth)

    def asked(self, kind: str) -> Any:
        """Something of a definite type, from which literals beside it take theirs."""
        return self.span(0) if kind == "span" else self.scalar(kind)

    def close_spans(self) -> Any:
        """Some months against about as many days: where the reference days may disagree."""
        chance = self.chance
        months, start = 1 + chance.upto(13), "2023-01-01"
        span = {"period": [start, {"add_months": [start, months]}]}
        days = round(months * 30.437) + chance.upto(6) - 3
        return {chance.one(("==", "!=", "<", "<=", ">", ">=")): [span, f"P{days}D"]}

    def member(self, depth: int) -> Any:
        chance = self.chance
        draw = chance.random.random()
        if draw < 0.4:
            return {"in": [self.scalar("code"), [chance.one(CODES["pick"]) for _ in range(1 + chance.upto(2))]]}
        if draw < 0.6:
            return {"in": [self.make("number", depth), [1, "0.1", 0.1, "18.0"]]}
        if draw < 0.8:
            return {"in": [chance.one(["a", "001", "q"]), {"var": self.path(["s.many", "s.kids.name"])}]}
        return {"in": [self.make("text", depth), self.make("text", depth)]}

    def number(self, depth: int) -> Any:
        chance, make = self.chance, self.make
        draw = chance.random.random()
        if draw < 0.45:
            name = chance.one(("+", "-", "*", "*", "/", "min", "max"))
            return {name: [make("number", depth) for _ in range(2 if name in "-/" else 1 + chance.upto(2))]}
        if draw < 0.48:
            return self.far_away(depth) if chance.happens(0.6) else self.long_rounded()
        if draw < 0.55:
            return {"round": [make("number", depth), chance.one([-3, -1, 0, 1, 2, 10, 2.0, -10])][: 1 + chance.upto(1)]}
        if draw < 0.65:
            return {chance.one(("days_between", "years_between")): [make("date", depth), make("date", depth)]}
        if draw < 0.72:
            return {chance.one(("age", "year")): [make("date", depth)]}
        if draw < 0.78:
            return {"length": make("text", depth)}
        if draw < 0.88:
            return {chance.one(("sum", "min", "max")): [make("list", depth)]}
        return {
            "count": {"var": self.path(["s.many", "s.papers", "s.kids.name"])}
            if chance.happens(0.3)
            else make("rows", depth)
        }

    def far_away(self, depth: int) -> Any:
        """Near the ends of the range of decimals: 10^6144 and 10^-6143."""
        factor = self.chance.one((HUGE, TINY))
        rest = factor[:2] + "0" * (38 + self.chance.upto(8)) + factor[-1]
        return {"*": [*[factor] * 122, rest, self.make("number", min(depth, 1))]}

    def long_rounded(self) -> Any:
        """Around 34 digits, where `round` has no more room."""
        chance = self.chance
        digits = chance.one(("9", "95", "14")) * 15
        return {"round": [{"*": [f"{digits[: 21 + chance.upto(5)]}.5", "1"]}, 8 + chance.upto(2)]}

    def text(self, depth: int) -> Any:
        return {
            "cat": [
                self.make(self.chance.one(("text", "number", "date")), depth) for _ in range(1 + self.chance.upto(2))
            ]
        }

    def day(self, depth: int) -> Any:
        chance, make = self.chance, self.make
        name = chance.one(("add_days", "add_months", "add_duration", "min", "max"))
        if name in {"min", "max"}:
            return {name: [self.scalar("date"), make("date", depth)]}
        if name == "add_duration":
            return {name: [make("date", depth), make("span", depth)]}
        amount = chance.one([0, 1, -1, 12, 31, 366, -100_000, 10**7, 10**12, self.scalar("whole")])
        return {name: [make("date", depth), amount]}

    def span(self, depth: int) -> Any:
        return {"period": [self.make("date", depth), self.make("date", depth)]}

    def rows(self, depth: int) -> Any:
        return self.over("filter", "bool", depth)

    def numbers(self, depth: int) -> Any:
        if self.chance.happens(0.5):
            return {"var": self.unopened(NAMES["number"])}
        return self.over("map", self.chance.one(("number", "number", "date", "text")), depth)

    def over(self, name: str, kind: str, depth: int) -> Any:
        """Through the rows of a group; inside, its rows are in sight."""
        chance = self.chance
        deeper = [group for group in GROUPS if group not in self.groups]
        if not deeper or chance.happens(0.15):
            return {name: [{"var": self.unopened(ELEMENTS)}, True if kind == "bool" else {"var": "row"}]}
        group = chance.one(deeper) if chance.happens(0.2) else deeper[0]
        source: Any = {"var": self.path([group])}
        around = (*self.groups, group)
        inner = RuleMaker(chance, self.groups if chance.happens(self.noise) else around, self.noise)
        return {name: [source, inner.make(kind, depth)]}
