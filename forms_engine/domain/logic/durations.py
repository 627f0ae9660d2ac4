"""Durations: whole months and days, as ISO 8601 writes them (`P1Y6M`, `P14D`). No hours, no fractions.

A month has no fixed number of days, so two durations are compared as XML Schema does (Part 2, 3.2.6.2): at four first
days of months that cover every length of one to four months. Where these disagree, the comparison is undefined.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from forms_engine.fields import dates

ISO = re.compile(r"(-?)P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?", re.ASCII)
MOST_MONTHS = 9_998 * 12
MOST_DAYS = 3_652_058
REFERENCES = tuple(year * 12 + month - 1 for year, month in ((1696, 9), (1697, 2), (1903, 3), (1903, 7)))


class Duration(NamedTuple):
    """Both parts have the same sign."""

    months: int
    days: int


def parse_duration(text: str) -> Duration | None:
    match = ISO.fullmatch(text)
    if match is None:
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups()[1:])
    months, days = years * 12 + months, weeks * 7 + days
    if months > MOST_MONTHS or days > MOST_DAYS:
        return None
    return Duration(-months, -days) if match[1] else Duration(months, days)


def plain_duration(duration: Duration) -> str:
    """The shortest ISO form: `P1Y6M`, `-P14D`, `P0D`."""
    months, days = abs(duration.months), abs(duration.days)
    parts = ((months // 12, "Y"), (months % 12, "M"), (days, "D"))
    sign = "-" if duration.months < 0 or duration.days < 0 else ""
    return f"{sign}P{''.join(f'{amount}{unit}' for amount, unit in parts if amount) or '0D'}"


def period(start: date, end: date) -> Duration:
    """Whole months, then days: `add_duration(start, period(start, end))` is `end` wherever `start` is not after it."""
    if end < start:
        months, days = period(end, start)
        return Duration(-months, -days)
    months = (end.year - start.year) * 12 + end.month - start.month
    day = dates.add_months(start, months)
    if day is None or day > end:
        months -= 1
        day = dates.add_months(start, months)
    return Duration(months, (end - day).days if day else 0)


def add_duration(day: date, duration: Duration) -> date | None:
    """First the months, as `add_months`, then the days. § 188 (3) BGB: a missing day means the last of the month."""
    found = dates.add_months(day, duration.months)
    return None if found is None else dates.add_days(found, duration.days)


def comparing(test: Callable[[int, int], bool]) -> Callable[[Duration, Duration], bool | None]:
    """A comparison of days as one of durations."""

    def compare(first: Duration, second: Duration) -> bool | None:
        found = {test(length(first, at), length(second, at)) for at in REFERENCES}
        return found.pop() if len(found) == 1 else None

    return compare


def length(duration: Duration, reference: int) -> int:
    """In days, counted from the first of a month."""
    return first_of_month(reference + duration.months) + duration.days


def first_of_month(index: int) -> int:
    """Days from a fixed day to the first of month `year * 12 + month - 1`; Gregorian, of any year."""
    year, month = divmod(index - 2, 12)  # years begin in March: the leap day is their last
    return year * 365 + year // 4 - year // 100 + year // 400 + (month * 306 + 5) // 10
