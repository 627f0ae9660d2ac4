"""In which range a formula can lie, given the limits of the questions in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import reduce

from forms_engine.domain.logic.values import Number, add, divide, multiply, round_half_up

from .domains import Domain

Step = Callable[[Number, Number], Number | None]
ANY_NUMBER = Domain()
NOT_NEGATIVE = Domain(low=0, is_whole=True)


def exact(number: Number) -> Domain:
    return Domain(low=number, high=number, is_whole=isinstance(number, int) or number == int(number))


def total(ranges: Iterable[Domain]) -> Domain:
    return reduce(lambda one, other: combined(one, other, add, add), ranges)


def difference(first: Domain, second: Domain) -> Domain:
    return total([first, negative(second)])


def negative(found: Domain) -> Domain:
    low = None if found.high is None else -found.high
    return Domain(low=low, high=None if found.low is None else -found.low, is_whole=found.is_whole)


def combined(one: Domain, other: Domain, low: Step, high: Step) -> Domain:
    return Domain(
        low=None if one.low is None or other.low is None else low(one.low, other.low),
        high=None if one.high is None or other.high is None else high(one.high, other.high),
        is_whole=one.is_whole and other.is_whole,
    )


def product(ranges: Iterable[Domain]) -> Domain:
    return reduce(times, ranges)


def times(one: Domain, other: Domain) -> Domain:
    """Corners of both ranges; of two ranges without end only the signs are known."""
    is_whole = one.is_whole and other.is_whole
    if None in (one.low, one.high, other.low, other.high):
        both_positive = one.low is not None and other.low is not None and one.low >= 0 and other.low >= 0
        return Domain(low=0 if both_positive else None, is_whole=is_whole)
    corners = [multiply(first, second) for first in (one.low, one.high) for second in (other.low, other.high)]
    known = [corner for corner in corners if corner is not None]
    if len(known) < len(corners):
        return Domain(is_whole=is_whole)
    return Domain(low=min(known), high=max(known), is_whole=is_whole)


def quotient(one: Domain, other: Domain) -> Domain:
    """By a fixed positive number; else nothing is known."""
    if other.low is None or other.low != other.high or other.low <= 0:
        return ANY_NUMBER
    low = None if one.low is None else divide(one.low, other.low)
    return Domain(low=low, high=None if one.high is None else divide(one.high, other.low))


def rounded(found: Domain, places: int) -> Domain:
    low = None if found.low is None else round_half_up(found.low, places)
    high = None if found.high is None else round_half_up(found.high, places)
    return Domain(low=low, high=high, is_whole=places <= 0)


def smallest(ranges: list[Domain]) -> Domain:
    """Of the smallest of several values: no more than any of them can be, no less than all of them."""
    highs = [found.high for found in ranges if found.high is not None]
    lows = [found.low for found in ranges]
    low = None if None in lows else min(lows)
    return Domain(low=low, high=min(highs) if highs else None, is_whole=all(found.is_whole for found in ranges))


def largest(ranges: list[Domain]) -> Domain:
    return negative(smallest([negative(found) for found in ranges]))


def either(ranges: list[Domain]) -> Domain:
    """Of a value that is one of several."""
    lows, highs = [found.low for found in ranges], [found.high for found in ranges]
    return Domain(
        low=None if None in lows else min(lows),
        high=None if None in highs else max(highs),
        is_whole=all(found.is_whole for found in ranges),
    )


def sum_of(each: Domain) -> Domain:
    """Of any number of values."""
    is_positive = each.low is not None and each.low >= 0
    return Domain(low=Decimal(0) if is_positive else None, is_whole=each.is_whole)
