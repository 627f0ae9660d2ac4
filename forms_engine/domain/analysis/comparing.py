"""Comparisons as constraints: an answer with a value, two answers with each other, days with today."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms_engine.domain.logic.values import as_whole, read_literal_number
from forms_engine.domain.model import Node
from forms_engine.fields import Fault

from .conditions import Conditions
from .constraints import FALSE, TRUE, All, Constraint, Later, Relate, Some, Term, none_of, ordered
from .limits import age_range, day_range, days_after_today
from .sight import split
from .terms import Operand

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
SIGNS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
SHORTEST_YEAR, LONGEST_YEAR = 365, 366
MOST_REMAINING = 8  # options left by „not these“ that are looked at one by one
TODAY_UNITS = {"add_days": "d", "add_months": "m"}


@dataclass(slots=True)
class Comparing(Conditions):
    """Translates `==`, `!=`, `<`, `<=`, `>`, `>=` and `in` a list of fixed values."""

    def compared(self, name: str, args: list[Any], at: Operand, wanted: bool) -> Constraint:
        if len(args) == 3:
            pairs = tuple(self.later(at.part({name: args[first : first + 2]}), wanted) for first in (0, 1))
            return All(pairs) if wanted else Some(pairs)
        if len(args) != 2:
            return TRUE
        left, right = at.part(args[0]), at.part(args[1])
        if name in {"==", "!="} and "bool" in (self.terms.kind(left), self.terms.kind(right)):
            return self.same_truth(left, right, same=(name == "==") is wanted)
        kind = self.terms.kind(left) or self.terms.kind(right) or "text"
        if kind == "duration":
            return self.unknown(at, wanted)
        return self.comparison(name if wanted else NEGATED[name], left, right, kind)

    def same_truth(self, left: Operand, right: Operand, *, same: bool) -> Constraint:
        for fixed, other in ((left, right), (right, left)):
            if isinstance(fixed.rule, bool):
                return self.holds(other, fixed.rule is same)
        return Some(self.alike(left, right)) if same else self.holds(left.part({"xor": [left.rule, right.rule]}))

    def comparison(self, name: str, left: Operand, right: Operand, kind: str = "") -> Constraint:
        """`name` is a comparison, or `in` and `not in` with a list of literals on the right."""
        kind = kind or self.terms.kind(left) or "text"
        if split(left.rule)[0] in {"if", "coalesce"}:
            return self.each_branch(left, lambda one: Later(lambda: self.comparison(name, one, right, kind)))
        if split(right.rule)[0] in {"if", "coalesce"}:
            return self.each_branch(right, lambda one: Later(lambda: self.comparison(name, left, one, kind)))
        if left.is_literal and right.is_literal:
            return self.fixed(name, left, right, kind)
        if left.is_literal:
            return self.comparison(FLIPPED[name], right, left, kind)
        if right.is_literal:
            return self.against_value(name, left, right, kind)
        return self.related(name, left, right, kind)

    def values_of(self, at: Operand, kind: str) -> list[Any] | None:
        """The literals of a rule, None where one cannot be read."""
        raw = at.rule if isinstance(at.rule, list) else [at.rule]
        values = [self.terms.literal(item, kind) for item in raw]
        return None if None in values else values

    def fixed(self, name: str, left: Operand, right: Operand, kind: str) -> Constraint:
        one, others = self.values_of(left, kind), self.values_of(right, kind)
        if one is None or others is None:
            return TRUE
        if name in {"==", "!=", "in", "not in"}:
            return TRUE if (one[0] in others) is (name in {"==", "in"}) else FALSE
        compare = {"<": one[0] < others[0], "<=": one[0] <= others[0], ">": one[0] > others[0]}
        return TRUE if compare.get(name, one[0] >= others[0]) else FALSE

    def against_value(self, name: str, left: Operand, right: Operand, kind: str) -> Constraint:
        values = self.values_of(right, kind)
        if values is None:
            return self.has_value(left)
        day, unit, turned = self.from_today_on(left)
        if turned:
            name, values = FLIPPED.get(name, name), [-value for value in values]
        term = self.terms.term(left) if day is None else self.days_term(day) if unit == "days" else self.age_term(day)
        parts = [self.has_value(left), self.narrowed(name, term, values)]
        if day is not None and unit == "years":
            parts.append(self.age_in_days(name, day, values))
        if split(left.rule)[0] == "count" and is_more_than_none(name, values):
            parts.append(self.rows_are_there(left))
        if term.node is not None and term.node.type == "calculated":
            formula = Operand(term.node.value, self.terms.sight_of(term.node, term.instance))
            if self.rule_at(term.node.path, "value") is not None:
                parts.append(Later(lambda: self.comparison(name, formula, right, kind)))
        return All(tuple(parts))

    def narrowed(self, name: str, term: Term, values: list[Any]) -> Constraint:
        if name in {"==", "in"}:
            wanted = frozenset(value for value in values if can_be_answered(term.node, value))
            return self.chosen(term, wanted) if wanted else FALSE
        if name in {"!=", "not in"}:
            left = (term.start.values() or frozenset()) - frozenset(values)
            if term.node is not None and term.node.option_rules and len(left) <= MOST_REMAINING:
                return self.chosen(term, left)
            return none_of(term, values)
        return ordered(term, name, values[0])

    def from_today_on(self, at: Operand) -> tuple[Operand | None, str, bool]:
        """The day an age or a number of days belongs to, the unit, and whether it is counted the other way round:
        years from the day to today, days from today to the day."""
        name, args = split(at.rule)
        if name == "age" and len(args) == 1:
            return at.part(args[0]), "years", False
        if name not in {"years_between", "days_between"} or len(args) != 2:
            return None, "", False
        first, second = at.part(args[0]), at.part(args[1])
        starts_today, ends_today = self.terms.is_today(first), self.terms.is_today(second)
        if starts_today is ends_today:
            return None, "", False
        day = second if starts_today else first
        return (day, "years", starts_today) if name == "years_between" else (day, "days", ends_today)

    def age_term(self, day: Operand) -> Term:
        found = self.terms.term(day)
        return Term(f"age({found.key})", "integer", age_range(found.node))

    def days_term(self, day: Operand) -> Term:
        found = self.terms.term(day)
        return Term(f"days({found.key})", "integer", days_after_today(found.node))

    def age_in_days(self, name: str, day: Operand, values: list[Any]) -> Constraint:
        """Who is at least 18 was born 18 short years ago or earlier; who is at most 18 less than 19 long ones ago."""
        days = self.days_term(day)
        parts: list[Constraint] = []
        least = math.floor(min(values)) + 1 if name == ">" else math.ceil(min(values))
        most = math.ceil(max(values)) - 1 if name == "<" else math.floor(max(values))
        if name in {">", ">=", "==", "in"} and least >= 1:
            parts.append(ordered(days, "<=", -SHORTEST_YEAR * least))
        if name in {"<", "<=", "==", "in"} and most >= 0:
            parts.append(ordered(days, ">=", -LONGEST_YEAR * (most + 1)))
        return All(tuple(parts))

    def rows_are_there(self, counted: Operand) -> Constraint:
        source = counted.part(split(counted.rule)[1][0])
        return self.some_row(source, True, True)

    def related(self, name: str, left: Operand, right: Operand, kind: str) -> Constraint:
        first, second = self.terms.term(left), self.terms.term(right)
        parts = [self.has_value(left), self.has_value(right), Relate(first, second, frozenset(SIGNS[name]))]
        parts.append(self.from_today(name, left, right))
        parts.append(self.from_today(FLIPPED[name], right, left))
        for term, at, other, said in ((first, left, right, name), (second, right, left, FLIPPED[name])):
            if term.node is not None and term.node.type == "calculated" and self.rule_at(term.node.path, "value"):
                formula = Operand(term.node.value, self.terms.sight_of(term.node, term.instance))
                parts.append(self.computed(said, at, formula, other, kind))
        return All(tuple(parts))

    def computed(self, name: str, at: Operand, formula: Operand, other: Operand, kind: str) -> Constraint:
        """What is said of a calculated value holds of its formula."""
        return Later(lambda: self.comparison(name, formula, other, kind))

    def from_today(self, name: str, day: Operand, moment: Operand) -> Constraint:
        """A day compared with today, or with so many days or months from today on."""
        found = self.days_from_today(moment)
        if found is None or self.days_from_today(day) is not None or self.terms.kind(day) != "date":
            return TRUE
        few, many = found
        days = self.days_term(day)
        parts: list[Constraint] = []
        if name in {">", ">=", "=="}:
            parts.append(ordered(days, ">" if name == ">" else ">=", few))
        if name in {"<", "<=", "=="}:
            parts.append(ordered(days, "<" if name == "<" else "<=", many))
        return All(tuple(parts))

    def days_from_today(self, moment: Operand) -> tuple[int, int] | None:
        """Least and most days from today to `today`, `add_days(today, n)`, `add_months(today, n)`."""
        if self.terms.is_today(moment):
            return 0, 0
        name, args = split(moment.rule)
        if name not in TODAY_UNITS or len(args) != 2 or not self.terms.is_today(moment.part(args[0])):
            return None
        amount = None if isinstance(args[1], dict | list) else read_literal_number(args[1])
        whole = None if amount is None else as_whole(amount)
        if whole is None:
            return None
        sign = "-" if whole < 0 else "+"
        return day_range(f"today{sign}{abs(whole)}{TODAY_UNITS[name]}")


def is_more_than_none(name: str, values: list[Any]) -> bool:
    if name == ">":
        return bool(values[0] >= 0)
    return name in {">=", "==", "in"} and all(value > 0 for value in values)


def can_be_answered(node: Node | None, value: Any) -> bool:
    """Does a text question take this very answer? What is no plain ASCII may be typed in other ways too."""
    if node is None or node.type != "text" or not isinstance(value, str) or not value.isascii():
        return True
    found = node.field.parse(value, node.settings)
    if found is None or isinstance(found, Fault):
        return False
    return node.field.check(found, node.settings, date.min) is None
