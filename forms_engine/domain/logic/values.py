"""Values while a rule runs: None is *undefined*; numbers are exact; texts are compared after NFC.

Every function here is total: what cannot be computed is undefined, nothing raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from typing import Any

from forms_engine.fields import dates
from forms_engine.fields.numbers import EXACT, MAX_TYPED, as_decimal, plain

Number = int | Decimal
MAX_PLACES = 10
MOST_WHOLE = 10**12
MOST_JSON = 2**53 - 1  # beyond it a JSON number loses digits in JavaScript
PLAIN_LITERAL = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def same_text(first: str, second: str) -> bool:
    return first == second or nfc(first) == nfc(second)


def text_length(text: str) -> int:
    """Code points after NFC."""
    return len(nfc(text))


def exactly(operation: Callable[..., Decimal], *numbers: Number) -> Decimal | None:
    """Run one operation of the exact context; out of range or divided by zero is undefined."""
    try:
        return operation(*numbers)
    except (DecimalException, ValueError):
        return None


def add(first: Number, second: Number) -> Decimal | None:
    return exactly(EXACT.add, first, second)


def subtract(first: Number, second: Number) -> Decimal | None:
    return exactly(EXACT.subtract, first, second)


def multiply(first: Number, second: Number) -> Decimal | None:
    return exactly(EXACT.multiply, first, second)


def divide(first: Number, second: Number) -> Decimal | None:
    return exactly(EXACT.divide, first, second)


def round_half_up(number: Number, places: int) -> Decimal | None:
    """Commercial rounding: halves go away from zero. -10 to 10 places."""
    try:
        return Decimal(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=EXACT)
    except (DecimalException, ValueError):
        return None


def as_whole(number: Number) -> int | None:
    """The number as int when it is whole and of a size that days and months can have."""
    if not -MOST_WHOLE < number < MOST_WHOLE:
        return None
    whole = int(number)
    return whole if whole == number else None


def age(birth: date, today: date) -> int:
    return dates.years_between(birth, today)


def is_valid_date(day: Number, month: Number, year: Number) -> bool:
    parts = as_whole(year), as_whole(month), as_whole(day)
    if parts[0] is None or parts[1] is None or parts[2] is None:
        return False
    return dates.make_date(parts[0], parts[1], parts[2]) is not None


def to_text(value: Any) -> str | None:
    """Canonical text of a scalar, as `cat` joins it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else None


def read_literal_number(raw: object) -> Number | None:
    """A number in a rule: a JSON number, or a string in plain notation with a point (`"12.50"`).

    A JSON number without a fraction is an int, however it is written: JavaScript cannot tell `5` from `5.0`.
    """
    if isinstance(raw, str):
        return Decimal(raw) if len(raw) <= MAX_TYPED and PLAIN_LITERAL.fullmatch(raw) else None
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) <= MOST_JSON:
        return None
    return int(raw) if raw == int(raw) else as_decimal(raw)
