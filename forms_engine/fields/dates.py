"""Calendar arithmetic and the German way to write a date. Pure; used by the date field and by the logic."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TYPED = re.compile(r"(\d{1,2})(?:\s*[./-]\s*|\s+)(\d{1,2})(?:\s*[./-]\s*|\s+)(\d{1,4})", re.ASCII)
RELATIVE = re.compile(r"today(?:([+-])(\d{1,4})([ymwd]))?", re.ASCII)

MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
}  # fmt: skip
MONTH_BY_NAME = {name.casefold(): number for names in MONTHS.values() for number, name in enumerate(names, 1)}
SPOKEN = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]{3,9})\.?,?\s+(\d{1,4})")


class DateTyped(NamedTuple):
    """Day, month and year as a person wrote them; not yet known to be a day of the calendar."""

    day: str
    month: str
    year: str


def parse_iso(text: str) -> date | None:
    """`YYYY-MM-DD` and nothing else (Python's own reader also takes week dates and compact forms)."""
    if len(text) != 10 or not ISO.fullmatch(text):
        return None
    return make_date(int(text[:4]), int(text[5:7]), int(text[8:]))


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def split_typed(raw: object) -> DateTyped | None:
    """Read `1.1.1990`, `1/1/1990`, `1. Januar 1990` or the three boxes of a form. None when it is none of these."""
    if isinstance(raw, Mapping):
        parts = [str(raw.get(name) or "").strip() for name in ("day", "month", "year")]
        return DateTyped(*parts)
    text = str(raw).strip()
    if match := TYPED.fullmatch(text):
        return DateTyped(*match.groups())
    if (match := SPOKEN.fullmatch(text)) and (month := MONTH_BY_NAME.get(match[2].casefold())):
        return DateTyped(match[1], str(month), match[3])
    return None


def add_months(day: date, months: int) -> date | None:
    """Same day of the month, or its last day where that month is shorter. None outside the years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def years_between(start: date, end: date) -> int:
    """Whole calendar years. Who was born on 29 February completes a year on 1 March where there is no 29 February."""
    if end < start:
        return -years_between(end, start)
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def resolve_moment(moment: str, today: date) -> date | None:
    """`2024-12-31`, `today`, `today-18y`, `today+3m`, `today+2w`, `today+14d`."""
    match = RELATIVE.fullmatch(moment)
    if match is None:
        return parse_iso(moment)
    if match[1] is None:
        return today
    amount = int(match[2]) * (-1 if match[1] == "-" else 1)
    if match[3] in "ym":
        return add_months(today, amount * (12 if match[3] == "y" else 1))
    return add_days(today, amount * (7 if match[3] == "w" else 1))


def format_date(day: date, locale: str) -> str:
    if locale == "en":
        return f"{day.day} {MONTHS['en'][day.month - 1]} {day.year:04d}"
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"
