"""What the value of a term can still be: a set, a range, answered or not. Narrowed step by step, never widened."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

Value = Any
NOTHING: frozenset[Value] = frozenset()
MOST_LISTED = 100  # whole numbers of a range that are looked at one by one


@dataclass(frozen=True, slots=True)
class Domain:
    """`among` None = any value; `low` and `high` belong to it unless `above` and `below` say otherwise.

    `has` and `lacks` are elements of a list that can hold `options`. `is_answered` None = not known yet; a term that
    may stay unanswered is possible whatever else is known of it.
    """

    among: frozenset[Value] | None = None
    never: frozenset[Value] = NOTHING
    low: Value = None
    above: bool = False
    high: Value = None
    below: bool = False
    is_whole: bool = False
    options: frozenset[str] | None = None
    has: frozenset[str] = NOTHING
    lacks: frozenset[str] = NOTHING
    is_answered: bool | None = None

    def answered(self) -> Domain | None:
        return self if self.is_answered else self.changed()

    def unanswered(self) -> Domain | None:
        return None if self.is_answered else replace(self, is_answered=False)

    def only(self, values: frozenset[Value]) -> Domain | None:
        return self.changed(among=values if self.among is None else self.among & values)

    def without(self, values: frozenset[Value]) -> Domain | None:
        return self.changed(never=self.never | values)

    def from_below(self, low: Value, *, above: bool) -> Domain | None:
        """At least `low`, or more than it."""
        if self.is_whole and isinstance(low, int | Decimal):
            low, above = (math.floor(low) + 1 if above else math.ceil(low)), False
        if self.low is not None and (self.low > low or (self.low == low and (self.above or not above))):
            return self.answered()
        return self.changed(low=low, above=above)

    def to_above(self, high: Value, *, below: bool) -> Domain | None:
        """At most `high`, or less than it."""
        if self.is_whole and isinstance(high, int | Decimal):
            high, below = (math.ceil(high) - 1 if below else math.floor(high)), False
        if self.high is not None and (self.high < high or (self.high == high and (self.below or not below))):
            return self.answered()
        return self.changed(high=high, below=below)

    def holding(self, value: str) -> Domain | None:
        return self.changed(has=self.has | {value})

    def lacking(self, value: str) -> Domain | None:
        return self.changed(lacks=self.lacks | {value})

    def changed(self, **changes: Any) -> Domain | None:
        """Answered, and with these changes; None where no answer is left."""
        if self.is_answered is False:
            return None
        made = replace(self, is_answered=True, **changes)
        return made if made.is_possible() else None

    def is_possible(self) -> bool:
        """Is there a value left? Asked of terms that are answered."""
        if self.has & self.lacks or (self.options is not None and self.options <= self.lacks):
            return False
        if self.among is not None:
            return any(self.allows(value) for value in self.among)
        if self.low is None or self.high is None:
            return True
        if self.is_whole and isinstance(self.low, int) and isinstance(self.high, int) and self.never:
            return self.high - self.low >= MOST_LISTED or any(map(self.allows, range(self.low, self.high + 1)))
        if self.low == self.high:
            return not self.above and not self.below and self.low not in self.never
        return bool(self.low < self.high)

    def allows(self, value: Value) -> bool:
        """Can the term have this value?"""
        if value in self.never or (self.among is not None and value not in self.among):
            return False
        if self.is_whole and isinstance(value, Decimal) and value != int(value):
            return False
        if self.low is not None and (value < self.low or (value == self.low and self.above)):
            return False
        return self.high is None or value < self.high or (value == self.high and not self.below)

    def values(self) -> frozenset[Value] | None:
        """All values that are left, where they are few enough to be known one by one."""
        return None if self.among is None else frozenset(value for value in self.among if self.allows(value))


def can_be_less(first: Domain, second: Domain) -> bool:
    """Can a value of the first be smaller than one of the second? Yes where nothing says otherwise."""
    low, high = lowest(first), highest(second)
    return low is None or high is None or bool(low < high)


def can_be_same(first: Domain, second: Domain) -> bool:
    for one, other in ((first, second), (second, first)):
        values = one.values()
        if values is not None:
            return any(other.allows(value) for value in values)
    overlap = first
    if second.low is not None:
        found = overlap.from_below(second.low, above=second.above)
        if found is None:
            return False
        overlap = found
    return second.high is None or overlap.to_above(second.high, below=second.below) is not None


def can_differ(first: Domain, second: Domain) -> bool:
    one, other = first.values(), second.values()
    return one is None or other is None or len(one | other) > 1


def lowest(domain: Domain) -> Value:
    values = domain.values()
    return domain.low if not values else min(values)


def highest(domain: Domain) -> Value:
    values = domain.values()
    return domain.high if not values else max(values)
