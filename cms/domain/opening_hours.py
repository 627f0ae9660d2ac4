"""Which hours are valid on a day: exceptions before holidays before the weekly rule.

Pure: rules and holidays come in as plain values, so that the same rules run in the page, at a kiosk and in the
assistant. Times are wall-clock times of the location; a span that closes at or before it opens ends on the next day.
Rules (guide, section 3.5, after City-of-Helsinki/hauki): among several exceptions on one day the shortest wins;
a public holiday is closed unless an exception opens it; no rules at all means "unknown", never "closed".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPEN, CLOSED, UNKNOWN = "open", "closed", "unknown"
TIMEZONE = "Europe/Berlin"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `opens` to `closes` in local time; `closes` <= `opens` ends on the next day (00:00 to 00:00: all day)."""

    opens: time
    closes: time
    note: str = ""

    @property
    def ends_next_day(self) -> bool:
        """True for spans over midnight."""
        return self.closes <= self.opens


@dataclass(frozen=True, slots=True)
class WeeklySpan:
    """A span on every such weekday, 0 = Monday."""

    weekday: int
    span: Span


@dataclass(frozen=True, slots=True)
class HoursException:
    """Other hours, or none, from `starts` to `ends` (both included)."""

    starts: date
    ends: date
    state: str
    reason: str = ""
    spans: tuple[Span, ...] = ()

    def covers(self, day: date) -> bool:
        """True when the exception is about this day."""
        return self.starts <= day <= self.ends


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """All rules of a place. `holidays` maps date -> name and may hold more years than are asked for."""

    weekly: tuple[WeeklySpan, ...] = ()
    exceptions: tuple[HoursException, ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict)
    timezone: str = TIMEZONE


@dataclass(frozen=True, slots=True)
class Day:
    """What holds on one day; `reason` names the exception or the holiday."""

    date: date
    state: str
    spans: tuple[Span, ...] = ()
    reason: str = ""


def resolve_day(hours: OpeningHours, day: date) -> Day:
    """The state, the spans that begin on this day, and why."""
    exception = _find_exception(hours, day)
    if exception is not None:
        return _exceptional_day(exception, day)
    if not hours.weekly:
        return Day(day, UNKNOWN)
    if day in hours.holidays:
        return Day(day, CLOSED, reason=hours.holidays[day])
    spans = tuple(sorted(weekly.span for weekly in hours.weekly if weekly.weekday == day.weekday()))
    return Day(day, OPEN if spans else CLOSED, spans)


def resolve_days(hours: OpeningHours, start: date, count: int = 14) -> list[Day]:
    """`count` days from `start` on."""
    return [resolve_day(hours, start + ONE_DAY * offset) for offset in range(count)]


def state_at(hours: OpeningHours, moment: datetime) -> str:
    """ "open", "closed" or "unknown" at an aware moment; spans that began yesterday count."""
    local = moment.astimezone(ZoneInfo(hours.timezone))
    today = resolve_day(hours, local.date())
    yesterday = resolve_day(hours, local.date() - ONE_DAY)
    if any(_contains(day.date, span, hours.timezone, moment) for day in (yesterday, today) for span in day.spans):
        return OPEN
    return UNKNOWN if today.state == UNKNOWN else CLOSED


def span_bounds(day: date, span: Span, timezone: str = TIMEZONE) -> tuple[datetime, datetime]:
    """Begin and end as aware moments in UTC, right also in the nights the clocks change."""
    zone = ZoneInfo(timezone)
    end_day = day + ONE_DAY if span.ends_next_day else day
    begin = datetime.combine(day, span.opens, zone)
    end = datetime.combine(end_day, span.closes, zone)
    return begin.astimezone(ZoneInfo("UTC")), end.astimezone(ZoneInfo("UTC"))


def _contains(day: date, span: Span, timezone: str, moment: datetime) -> bool:
    begin, end = span_bounds(day, span, timezone)
    return begin <= moment < end


def _find_exception(hours: OpeningHours, day: date) -> HoursException | None:
    candidates = [exception for exception in hours.exceptions if exception.covers(day)]
    return min(candidates, key=lambda exception: (exception.ends - exception.starts, exception.starts), default=None)


def _exceptional_day(exception: HoursException, day: date) -> Day:
    if exception.state == CLOSED or not exception.spans:
        return Day(day, CLOSED, reason=exception.reason)
    return Day(day, OPEN, tuple(sorted(exception.spans)), exception.reason)
