"""Opening hours of a location as plain rules for `cms.domain.opening_hours`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import holidays

from cms.domain.opening_hours import HoursException, OpeningHours, Span, WeeklySpan
from cms.models import Location

STATE = "TH"  # Thuringia: 20 September and 31 October are public holidays here


def list_holidays(years: Iterable[int], *, language: str = "de") -> dict[date, str]:
    """Public holidays of Thuringia in these years: date -> name in the language the library has."""
    names = "en_US" if language == "en" else "de"
    return dict(sorted(holidays.country_holidays("DE", subdiv=STATE, years=list(years), language=names).items()))


def read_opening_hours(location: Location, *, years: Iterable[int]) -> OpeningHours:
    """The location's rules, with the holidays of these years when it is closed on holidays."""
    language = location.locale.language_code
    return OpeningHours(
        weekly=tuple(_weekly(child.value) for child in location.regular_hours if _is_complete(child.value)),
        exceptions=tuple(_exception(child.value) for child in location.hours_exceptions if child.value["ends"]),
        holidays=list_holidays(years, language=language) if location.closed_on_holidays else {},
    )


def _is_complete(value: Any) -> bool:
    return bool(value["weekday"]) and value["opens"] is not None and value["closes"] is not None


def _weekly(value: Any) -> WeeklySpan:
    return WeeklySpan(int(value["weekday"]), Span(value["opens"], value["closes"], value["note"] or ""))


def _exception(value: Any) -> HoursException:
    return HoursException(
        starts=value["starts"],
        ends=value["ends"],
        state=value["state"],
        reason=value["reason"] or "",
        spans=tuple(Span(span["opens"], span["closes"]) for span in value["spans"] if span["closes"] is not None),
    )
