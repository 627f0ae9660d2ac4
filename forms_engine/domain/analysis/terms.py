"""What is compared: the kind, the range and the one name of an expression seen from a place in the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from forms_engine.domain.canonical import canonical_json
from forms_engine.domain.logic.values import Number, nfc, read_literal_number
from forms_engine.domain.model import Node
from forms_engine.fields.dates import parse_iso

from . import ranges
from .constraints import Term
from .domains import Domain
from .limits import age_range
from .sight import GroupRead, Instance, ItemInSight, ListRead, Paths, RowInSight, RowRead, Sight, split

WHOLE = frozenset({"age", "years_between", "days_between", "year", "length", "count"})
ARITHMETIC = frozenset({"+", "-", "*", "/", "round", "sum"}) | WHOLE
DATES = frozenset({"add_days", "add_months", "add_duration"})
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
CONDITIONS = COMPARISONS | {"and", "or", "not", "!", "xor", "in", "some", "all", "none", "is_empty", "is_valid_date"}
OVER_ROWS = frozenset({"map", "filter", "some", "all", "none"})
NUMBERS = frozenset({"integer", "decimal"})


class Operand(NamedTuple):
    """An expression and the rows it sees."""

    rule: Any
    sight: Sight

    @property
    def is_literal(self) -> bool:
        return not isinstance(self.rule, dict)

    def part(self, rule: Any) -> Operand:
        return Operand(rule, self.sight)


@dataclass(slots=True)
class Terms(Paths):
    """Names expressions and knows their ranges."""

    calculated: dict[str, Domain] = field(default_factory=dict)

    def answer(self, node: Node, instance: Instance) -> Term:
        instance = instance[: len(node.frames)]
        known = self.terms.get((node.path, instance))
        if known is None:
            known = Paths.answer(self, node, instance)
            if node.type == "calculated" and known.kind in NUMBERS:
                known = Term(known.key, known.kind, self.calculated_range(node, instance), node, instance)
                self.terms[node.path, instance] = known
        return known

    def calculated_range(self, node: Node, instance: Instance) -> Domain:
        if node.path not in self.calculated:
            self.calculated[node.path] = ranges.ANY_NUMBER  # what a circle comes back to
            self.calculated[node.path] = self.range_of(Operand(node.value, self.sight_of(node, instance)))
        return self.calculated[node.path]

    def read(self, operand: Operand) -> Term | ListRead | GroupRead | RowRead | None:
        """What a `var` reads."""
        name, args = split(operand.rule)
        path = args[0] if name == "var" and args else None
        return self.resolve(path, operand.sight) if isinstance(path, str) else None

    def term(self, operand: Operand) -> Term:
        found = self.read(operand)
        if isinstance(found, Term):
            return found
        kind = self.kind(operand)
        start = self.range_of(operand) if kind in NUMBERS else Domain()
        return Term(self.key(operand), kind, start)

    def kind(self, operand: Operand) -> str:
        """integer, decimal, date, bool, enum, text, list, duration; "" for a literal text that fits any of them."""
        rule = operand.rule
        if not isinstance(rule, dict):
            return "bool" if isinstance(rule, bool) else "" if isinstance(rule, str) else "decimal"
        name, args = split(rule)
        if name == "var":
            found = self.read(operand)
            return found.kind if isinstance(found, Term) else "list"
        if name in CONDITIONS:
            return "bool"
        if name in ARITHMETIC:
            return "decimal"
        if name in {"if", "coalesce", "min", "max"}:
            branches = [*args[1::2], *args[-1:]] if name == "if" else args
            return next((kind for arg in branches if (kind := self.kind(operand.part(arg)))), "")
        return "date" if name in DATES else {"cat": "text", "period": "duration"}.get(name, "list")

    def key(self, operand: Operand, depth: int = 0) -> str:
        """One text for all expressions that mean the same answers."""
        rule = operand.rule
        if not isinstance(rule, dict):
            return canonical_json(rule)
        name, args = split(rule)
        if name == "var":
            found = self.read(operand)
            if isinstance(found, RowRead):
                return f"row:{found.row.group}@{'/'.join(found.row.instance)}"
            return found.key if found else canonical_json(rule)
        parts = [self.key(operand.part(args[0]), depth)] if args else []
        inner = operand
        if name in OVER_ROWS and args:
            opened = self.open_rows(operand.part(args[0]), f"λ{depth}")
            inner = Operand(None, (*operand.sight, opened)) if opened else operand
        parts += [self.key(inner.part(arg), depth + 1) for arg in args[1:]]
        return f"{name}({','.join(parts)})"

    def open_rows(self, source: Operand, name: str) -> RowInSight | ItemInSight | None:
        """A made-up row (or element) of a list, called `name`."""
        operator, args = split(source.rule)
        if operator == "filter" and args:
            return self.open_rows(source.part(args[0]), name)
        found = self.read(source)
        if isinstance(found, GroupRead):
            missing = len(found.node.frames) + 1 - len(found.instance)
            return RowInSight(found.node.path, (*found.instance, *(f"{name}.{at}" for at in range(missing))))
        if isinstance(found, Term) or operator == "map":
            return ItemInSight(name, "")
        return ItemInSight(name, self.answer(found.node, ()).kind) if isinstance(found, ListRead) else None

    def range_of(self, operand: Operand) -> Domain:
        """The range of a number; of anything else nothing is known."""
        if operand.is_literal:
            number = read_literal_number(operand.rule)
            return ranges.ANY_NUMBER if number is None else ranges.exact(number)
        found = self.read(operand)
        if isinstance(found, Term):
            return found.start
        name, args = split(operand.rule)
        ranging = RANGES.get(name)
        return ranging(self, operand, args) if ranging and args else ranges.ANY_NUMBER

    def ranges_of(self, operand: Operand, args: list[Any]) -> list[Domain]:
        return [self.range_of(operand.part(arg)) for arg in args]

    def is_today(self, operand: Operand) -> bool:
        found = self.read(operand)
        return isinstance(found, Term) and found.key == "today"

    def literal(self, rule: Any, kind: str) -> Any:
        """A literal as the value it is compared as; None where it cannot be read as one."""
        if isinstance(rule, bool):
            return rule
        if not isinstance(rule, str):
            return read_literal_number(rule)
        if kind in NUMBERS:
            return read_literal_number(rule)
        if kind == "date":
            return parse_iso(rule)
        return nfc(rule) if kind in {"text", "enum", ""} else None


def range_of_difference(terms: Terms, operand: Operand, args: list[Any]) -> Domain:
    found = terms.ranges_of(operand, args)
    return ranges.negative(found[0]) if len(found) == 1 else ranges.difference(found[0], found[1])


def range_of_rounded(terms: Terms, operand: Operand, args: list[Any]) -> Domain:
    places = args[1] if len(args) > 1 else 0
    return ranges.rounded(terms.range_of(operand.part(args[0])), places if isinstance(places, int) else 10)


def range_of_count(terms: Terms, operand: Operand, args: list[Any]) -> Domain:
    """Rows can be none; a list of answers that counts has at least one."""
    found = terms.read(operand.part(args[0]))
    if isinstance(found, Term) and found.node is not None:
        most = len(found.start.options) if found.start.options else None
        return Domain(low=1, high=most, is_whole=True)
    return ranges.NOT_NEGATIVE


def range_of_sum(terms: Terms, operand: Operand, args: list[Any]) -> Domain:
    name, inner = split(args[0])
    if name == "map" and len(inner) == 2:
        opened = terms.open_rows(operand.part(inner[0]), "λ")
        if opened:
            return ranges.sum_of(terms.range_of(Operand(inner[1], (*operand.sight, opened))))
    found = terms.read(operand.part(args[0]))
    return ranges.sum_of(terms.answer(found.node, ()).start) if isinstance(found, ListRead) else ranges.ANY_NUMBER


def range_of_extreme(terms: Terms, operand: Operand, args: list[Any]) -> Domain:
    if len(args) < 2 or terms.kind(operand) not in NUMBERS:
        return ranges.ANY_NUMBER
    found = terms.ranges_of(operand, args)
    return ranges.smallest(found) if split(operand.rule)[0] == "min" else ranges.largest(found)


def range_of_choice(terms: Terms, operand: Operand, args: list[Any]) -> Domain:
    if terms.kind(operand) not in NUMBERS:
        return ranges.ANY_NUMBER
    branches = args if split(operand.rule)[0] == "coalesce" else [*args[1::2], *(args[-1:] if len(args) % 2 else [])]
    return ranges.either(terms.ranges_of(operand, branches))


def range_of_age(terms: Terms, operand: Operand, args: list[Any]) -> Domain:
    found = terms.read(operand.part(args[0]))
    return age_range(found.node if isinstance(found, Term) else None)


def range_of_year(terms: Terms, operand: Operand, args: list[Any]) -> Domain:
    found = terms.read(operand.part(args[0]))
    start = found.start if isinstance(found, Term) else Domain()
    low: Number = start.low.year if start.low else 1
    return Domain(low=low, high=start.high.year if start.high else 9999, is_whole=True)


RANGES: dict[str, Callable[[Terms, Operand, list[Any]], Domain]] = {
    "+": lambda terms, operand, args: ranges.total(terms.ranges_of(operand, args)),
    "-": range_of_difference,
    "*": lambda terms, operand, args: ranges.product(terms.ranges_of(operand, args)),
    "/": lambda terms, operand, args: ranges.quotient(*terms.ranges_of(operand, args[:2])),
    "round": range_of_rounded,
    "count": range_of_count,
    "sum": range_of_sum,
    "min": range_of_extreme,
    "max": range_of_extreme,
    "if": range_of_choice,
    "coalesce": range_of_choice,
    "age": range_of_age,
    "year": range_of_year,
    "length": lambda terms, operand, args: ranges.NOT_NEGATIVE,
    "years_between": lambda terms, operand, args: Domain(is_whole=True),
    "days_between": lambda terms, operand, args: Domain(is_whole=True),
}
