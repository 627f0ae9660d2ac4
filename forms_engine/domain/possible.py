"""Can a condition ever be true? Finds the obvious contradictions, and never claims one that is none.

Each term (a question, the age from a question, …) keeps what is known about it: the values it may still have, or the
range it must lie in. A condition nothing can fulfil gives None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from forms_engine.fields.dates import parse_iso

from .canonical import canonical_json
from .logic.values import nfc, read_literal_number
from .model import Node

Value = Any


@dataclass(frozen=True, slots=True)
class Known:
    """What a term can still be. `among` None = anything; bounds are inclusive unless the strict flag is set."""

    among: frozenset[Value] | None = None
    never: frozenset[Value] = frozenset()
    low: Value = None
    low_strict: bool = False
    high: Value = None
    high_strict: bool = False
    empty: bool | None = None

    def is_possible(self) -> bool:
        if self.among is not None and not self.among - self.never:
            return False
        if self.among is not None and not any(self.holds(value) for value in self.among - self.never):
            return False
        if self.low is None or self.high is None:
            return True
        return bool(self.low < self.high or (self.low == self.high and not self.low_strict and not self.high_strict))

    def holds(self, value: Value) -> bool:
        if self.low is not None and not (value > self.low or (value == self.low and not self.low_strict)):
            return False
        return self.high is None or value < self.high or (value == self.high and not self.high_strict)


Facts = Mapping[str, Known]
FLIP = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(slots=True)
class Solver:
    """Narrows facts by conditions. `find_node` gives the question of a path as a rule writes it."""

    find_node: Callable[[str], Node | None]

    def narrow(self, rule: Any, facts: Facts, *, wanted: bool = True) -> Facts | None:
        """The facts once the rule is `wanted`, None when that cannot be."""
        if isinstance(rule, bool):
            return facts if rule is wanted else None
        if not isinstance(rule, dict) or len(rule) != 1:
            return facts
        name, raw = next(iter(rule.items()))
        args = raw if isinstance(raw, list) else [raw]
        if name in {"not", "!"} and len(args) == 1:
            return self.narrow(args[0], facts, wanted=not wanted)
        if name in {"and", "or"}:
            together = self.narrow_all if (name == "and") is wanted else self.narrow_any
            return together(args, facts, wanted=wanted)
        return self.narrow_atom(name, args, facts, wanted=wanted)

    def narrow_all(self, rules: list[Any], facts: Facts, *, wanted: bool) -> Facts | None:
        for rule in rules:
            narrowed = self.narrow(rule, facts, wanted=wanted)
            if narrowed is None:
                return None
            facts = narrowed
        return facts

    def narrow_any(self, rules: list[Any], facts: Facts, *, wanted: bool) -> Facts | None:
        possible = [self.narrow(rule, facts, wanted=wanted) for rule in rules]
        alive = [narrowed for narrowed in possible if narrowed is not None]
        if not alive:
            return None
        return alive[0] if len(alive) == 1 == len(rules) else facts

    def narrow_atom(self, name: str, args: list[Any], facts: Facts, *, wanted: bool) -> Facts | None:
        if name == "var":
            return self.keep(facts, {"var": args[0] if args else ""}, lambda known: among(known, [wanted]))
        if name == "is_empty" and len(args) == 1:
            return self.keep(facts, args[0], lambda known: emptiness(known, empty=wanted))
        if name == "in" and len(args) == 2 and isinstance(args[1], list):
            values = [self.read(item, args[0]) for item in args[1]]
            return self.keep(facts, args[0], lambda known: among(known, values) if wanted else without(known, values))
        if name in FLIP and len(args) == 2:
            return self.narrow_comparison(name if wanted else NEGATED[name], args, facts)
        return facts

    def narrow_comparison(self, name: str, args: list[Any], facts: Facts) -> Facts | None:
        term, literal = args
        if not isinstance(term, dict):
            name, term, literal = FLIP[name], literal, term
        if not isinstance(term, dict) or isinstance(literal, dict | list):
            return facts
        value = self.read(literal, term)
        if value is None:
            return facts
        return self.keep(facts, term, lambda known: bounded(known, name, value))

    def keep(self, facts: Facts, term: Any, change: Callable[[Known], Known | None]) -> Facts | None:
        if not isinstance(term, dict):
            return facts
        key = canonical_json(simple_term(term))
        try:
            known = change(facts.get(key) or self.start(term))
            if known is None or not known.is_possible():
                return None
        except TypeError:  # values of unlike types: the type check says so already
            return facts
        return {**facts, key: known}

    def start(self, term: dict[str, Any]) -> Known:
        """What the question itself allows: its options and limits."""
        node = self.node_of(term)
        if node is None:
            return Known()
        if node.field.kind == "enum":
            return Known(among=frozenset(node.settings["values"]))
        if node.field.kind == "bool":
            return Known(among=frozenset([True, False]))
        if node.field.kind in {"integer", "decimal"}:
            return Known(low=node.settings.get("min"), high=node.settings.get("max"))
        return Known()

    def node_of(self, term: dict[str, Any]) -> Node | None:
        path = simple_term(term).get("var")
        return self.find_node(path) if isinstance(path, str) else None

    def read(self, literal: Any, term: Any) -> Value:
        """A literal as the value it is compared as."""
        if isinstance(literal, bool) or literal is None:
            return literal
        if not isinstance(literal, str):
            return read_literal_number(literal)
        node = self.node_of(term) if isinstance(term, dict) else None
        kind = node.field.kind if node is not None and node.type != "calculated" else ""
        if kind in {"integer", "decimal"}:
            return read_literal_number(literal)
        if kind == "date" or (isinstance(term, dict) and {"add_days", "add_months"} & term.keys()):
            return parse_iso(literal)
        return nfc(literal) if kind in {"text", "enum"} else None


def simple_term(term: dict[str, Any]) -> dict[str, Any]:
    """`{"var": ["x"]}` and `{"var": "x"}` are the same."""
    path = term.get("var")
    return {"var": path[0]} if isinstance(path, list) and len(path) == 1 and len(term) == 1 else term


def among(known: Known, values: list[Value]) -> Known | None:
    if known.empty or None in values:
        return None if known.empty else known
    allowed = frozenset(values)
    return replace(known, among=allowed if known.among is None else known.among & allowed, empty=False)


def without(known: Known, values: list[Value]) -> Known | None:
    return None if known.empty else replace(known, never=known.never | frozenset(values), empty=False)


def emptiness(known: Known, *, empty: bool) -> Known | None:
    return None if known.empty is not None and known.empty is not empty else replace(known, empty=empty)


def bounded(known: Known, name: str, value: Value) -> Known | None:
    if known.empty:
        return None
    known = replace(known, empty=False)
    if name == "==":
        return among(known, [value])
    if name == "!=":
        return without(known, [value])
    if not isinstance(value, int | Decimal | date):
        return known
    strict = len(name) == 1
    if name[0] == ">":
        higher = known.low is None or value > known.low or (value == known.low and strict)
        return replace(known, low=value, low_strict=strict) if higher else known
    lower = known.high is None or value < known.high or (value == known.high and strict)
    return replace(known, high=value, high_strict=strict) if lower else known
