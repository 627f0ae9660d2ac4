"""Exact decimals: the one context all sums are made in, and how people write and read numbers.

No float anywhere. Values are `decimal.Decimal`; on the wire they are strings such as `"12.50"`.
"""

from __future__ import annotations

import re
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Subnormal,
    Underflow,
)

#: 34 significant digits as in IEEE 754 decimal128. What leaves its range is an error here, "undefined" in rules.
EXACT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow, Subnormal, Underflow],
)

MAX_TYPED = 60
PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
GROUPED_DOTS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+", re.ASCII)
GERMAN = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d*),\d*", re.ASCII)
ENGLISH = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d*", re.ASCII)
SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(\D|$))")


def read_number(text: str, *, dot_groups: bool) -> Decimal | None:
    """A number as people type it: `1234,5`, `1.234,50`, `1 234,50`, `1,234.50`, `1234.5`.

    `dot_groups` decides the one form that is open: `1.234` is a thousand and more where decimals of that length
    cannot be meant (whole numbers, money), else one and a bit.
    """
    text = SPACES.sub("", text.strip().replace("−", "-"))
    if not 0 < len(text) <= MAX_TYPED or not any(char.isdigit() for char in text):
        return None
    if ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if GERMAN.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if dot_groups and GROUPED_DOTS.fullmatch(text):
        return Decimal(text.replace(".", ""))
    return Decimal(text) if PLAIN.fullmatch(text) else None


def as_decimal(raw: object, *, dot_groups: bool = False) -> Decimal | None:
    """Decimal from text, int, Decimal or a (finite) JSON number; None when it is none."""
    if isinstance(raw, str):
        return read_number(raw, dot_groups=dot_groups)
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return Decimal(raw) if -(10**MAX_TYPED) < raw < 10**MAX_TYPED else None
    if isinstance(raw, float):
        raw = Decimal(repr(raw))
    return raw if isinstance(raw, Decimal) and raw.is_finite() and abs(raw.adjusted()) <= MAX_TYPED else None


def places_of(number: Decimal) -> int:
    """Digits behind the point that are not zeros at the end."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= 0:
        return 0
    digits = f"{number:f}".partition(".")[2]
    return len(digits.rstrip("0"))


def plain(number: Decimal | int) -> str:
    """Canonical text of a number: no exponent, no zeros at the end, no minus zero. `12.50` -> `12.5`."""
    text = f"{Decimal(number):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def as_typed(number: Decimal) -> str:
    """Plain text that keeps zeros at the end (`12.50`), unless the point could be read as a thousands mark."""
    text = f"{number:f}" if number else f"{abs(number):f}"
    rest = text.partition(".")[2]
    return text.rstrip("0").rstrip(".") if len(rest) == 3 and rest.endswith("0") else text


def fixed(number: Decimal | int, places: int) -> str:
    """Canonical text with at least `places` digits behind the point; never rounds."""
    whole, _, rest = plain(number).partition(".")
    rest = rest.ljust(places, "0")
    return f"{whole}.{rest}" if rest else whole


def format_number(number: Decimal | int, locale: str, *, places: int = 0) -> str:
    """For people: `1.234,50` in German, `1,234.50` in English; at least `places` digits behind the point."""
    whole, _, rest = fixed(number, places).partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}"
    if locale == "en":
        return sign + grouped + (f".{rest}" if rest else "")
    return sign + grouped.replace(",", ".") + (f",{rest}" if rest else "")
