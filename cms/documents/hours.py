"""Opening hours as JSON: the rules, so that anybody can compute "open now", and the next 14 days resolved."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from cms.documents.rendering import Rendering
from cms.documents.voice import Voice
from cms.domain.opening_hours import HoursException, OpeningHours, Span, WeeklySpan, resolve_days
from cms.models import Location
from cms.services.opening_hours import list_holidays, read_opening_hours

DAYS = 14
Row = dict[str, Any]


def opening_rules(rendering: Rendering, voice: Voice[Location]) -> Row:
    """Weekly hours, exceptions and the public holidays of this and the next year. Words come from the translation."""
    hours = voice.data(lambda row: read_opening_hours(row, years=()))
    return {
        "timezone": hours.timezone,
        "regular": voice.rows("hours", lambda row: [_weekly(span) for span in _rules(row).weekly]),
        "exceptions": voice.rows("hours", lambda row: [_exception(entry) for entry in _rules(row).exceptions]),
        "holidays": _holidays(rendering) if voice.lead.closed_on_holidays else [],
    }


def next_days(rendering: Rendering, rules: Row) -> list[Row]:
    """The next 14 days. Reasons are taken from the translated rules, so the days are resolved on those."""
    start = rendering.day()
    hours = _as_rules(rules)
    return [
        {
            "date": day.date.isoformat(),
            "weekday": day.date.weekday(),
            "state": day.state,
            "spans": [_span(span) for span in day.spans],
            "reason": day.reason,
        }
        for day in resolve_days(hours, start, DAYS)
    ]


def _rules(location: Location) -> OpeningHours:
    return read_opening_hours(location, years=())


def _holidays(rendering: Rendering) -> list[Row]:
    year = rendering.day().year
    found = list_holidays((year, year + 1), language="en" if rendering.locale == "en" else "de")
    return [{"date": day.isoformat(), "name": name} for day, name in found.items()]


def _weekly(weekly: WeeklySpan) -> Row:
    return {"weekday": weekly.weekday, **_span(weekly.span), "note": weekly.span.note}


def _exception(entry: HoursException) -> Row:
    return {
        "from": entry.starts.isoformat(),
        "to": entry.ends.isoformat(),
        "state": entry.state,
        "spans": [_span(span) for span in entry.spans],
        "reason": entry.reason,
    }


def _span(span: Span) -> Row:
    return {"from": f"{span.opens:%H:%M}", "to": f"{span.closes:%H:%M}"}


def _as_rules(rules: Row) -> OpeningHours:
    return OpeningHours(
        weekly=tuple(WeeklySpan(row["weekday"], _read_span(row, row["note"])) for row in rules["regular"]),
        exceptions=tuple(_read_exception(row) for row in rules["exceptions"]),
        holidays={date.fromisoformat(row["date"]): row["name"] for row in rules["holidays"]},
        timezone=rules["timezone"],
    )


def _read_exception(row: Row) -> HoursException:
    starts, ends = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
    return HoursException(starts, ends, row["state"], row["reason"], tuple(map(_read_span, row["spans"])))


def _read_span(row: Row, note: str = "") -> Span:
    return Span(time.fromisoformat(row["from"]), time.fromisoformat(row["to"]), note)
