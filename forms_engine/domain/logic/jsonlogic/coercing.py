"""What a JSON value counts as: a truth, a number (IEEE 754 double, as in JavaScript), a text.

A whole number up to 2^53 is an int, every other number a float; both runtimes compute the same doubles.
"""

from __future__ import annotations

import math
import re
from typing import Any

from forms_engine.domain.canonical import number as number_text

from .errors import INVALID, NAN, LogicError

Number = int | float

MOST_EXACT = 2**53
NUMERAL = re.compile(r"[ \t\n\r]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)?[ \t\n\r]*", re.ASCII)


def is_true(value: Any) -> bool:
    """`false`, `null`, 0, the empty text and the empty list are false; every object is true."""
    return True if isinstance(value, dict) else bool(value)


def settle(number: Number) -> Number:
    """The double a sum yields. Raises where it is infinite or no number."""
    if isinstance(number, int):
        if -MOST_EXACT <= number <= MOST_EXACT:
            return number
        try:
            number = float(number)
        except OverflowError:
            raise LogicError(NAN) from None
    if not math.isfinite(number):
        raise LogicError(NAN)
    return int(number) if -MOST_EXACT <= number <= MOST_EXACT and number == int(number) else number


def to_number(value: Any) -> Number:
    """`null` and the empty text are 0, truths 0 and 1; lists, objects and other texts are none: `NaN`."""
    if isinstance(value, int | float):
        return settle(int(value) if isinstance(value, bool) else value)
    if value is None:
        return 0
    match = NUMERAL.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise LogicError(NAN)
    return settle(float(match[1])) if match[1] else 0


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def to_text(value: Any) -> str:
    """`null` is the empty text; lists and objects have none: `Invalid Arguments`."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return numeral(value)
    raise LogicError(INVALID)


def numeral(number: Number) -> str:
    """As ECMAScript writes it: `1`, `0.5`, `1e+21`."""
    settled = settle(number)
    return str(settled) if isinstance(settled, int) else number_text(settled)
