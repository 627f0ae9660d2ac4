"""Which hours hold on a day: exceptions, holidays, midnight, clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from cms.domain.opening_hours import (
    CLOSED,
    OPEN,
    UNKNOWN,
    HoursException,
    OpeningHours,
    Span,
    WeeklySpan,
    resolve_day,
    resolve_days,
    span_bounds,
    state_at,
)

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = Span(time(8), time(12))
AFTERNOON = Span(time(13), time(18), "nur mit Termin")
TUESDAY = date(2026, 11, 24)


def hours(**changes: object) -> OpeningHours:
    weekly = (WeeklySpan(1, AFTERNOON), WeeklySpan(1, MORNING), WeeklySpan(0, MORNING))
    return OpeningHours(**({"weekly": weekly} | changes))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), BERLIN)


def test_resolve_day__two_spans__sorted_by_opening():
    assert resolve_day(hours(), TUESDAY).spans == (MORNING, AFTERNOON)


def test_resolve_day__weekday_without_span__closed_without_reason():
    day = resolve_day(hours(), date(2026, 11, 25))
    assert (day.state, day.spans, day.reason) == (CLOSED, (), "")


def test_resolve_day__no_rules_at_all__unknown():
    assert resolve_day(OpeningHours(holidays={TUESDAY: "Feiertag"}), TUESDAY).state == UNKNOWN


def test_resolve_day__holiday__closed_with_its_name():
    day = resolve_day(hours(holidays={TUESDAY: "Weltkindertag"}), TUESDAY)
    assert (day.state, day.reason) == (CLOSED, "Weltkindertag")


def test_resolve_day__exception_opens_a_holiday__exception_wins():
    special = HoursException(TUESDAY, TUESDAY, OPEN, "Wahltag", (Span(time(8), time(18)),))
    day = resolve_day(hours(holidays={TUESDAY: "Feiertag"}, exceptions=(special,)), TUESDAY)
    assert (day.state, day.reason, day.spans) == (OPEN, "Wahltag", special.spans)


def test_resolve_day__nested_exceptions__the_shortest_wins():
    long = HoursException(date(2026, 11, 1), date(2026, 11, 30), CLOSED, "Umbau")
    short = HoursException(TUESDAY, TUESDAY, OPEN, "Sprechtag", (MORNING,))
    for order in ((long, short), (short, long)):
        assert resolve_day(hours(exceptions=order), TUESDAY).reason == "Sprechtag"


def test_resolve_day__open_exception_without_spans__closed():
    empty = HoursException(TUESDAY, TUESDAY, OPEN, "Unklar")
    assert resolve_day(hours(exceptions=(empty,)), TUESDAY).state == CLOSED


def test_resolve_day__only_exceptions__unknown_on_other_days():
    only = OpeningHours(exceptions=(HoursException(TUESDAY, TUESDAY, CLOSED, "Umzug"),))
    assert [day.state for day in resolve_days(only, TUESDAY, 2)] == [CLOSED, UNKNOWN]


def test_resolve_days__fourteen_days__one_entry_each():
    days = resolve_days(hours(), TUESDAY)
    assert [day.date.day for day in days] == [24, 25, 26, 27, 28, 29, 30, 1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (at(TUESDAY, 8), OPEN),
        (at(TUESDAY, 7, 59), CLOSED),
        (at(TUESDAY, 12), CLOSED),
        (at(TUESDAY, 12, 30), CLOSED),
        (at(TUESDAY, 17, 59), OPEN),
    ],
)
def test_state_at__edges__opening_counts_closing_does_not(moment, state):
    assert state_at(hours(), moment) == state


def test_state_at__span_over_midnight__open_on_the_next_morning():
    night = OpeningHours(weekly=(WeeklySpan(1, Span(time(22), time(2))),))
    assert [state_at(night, at(date(2026, 11, 25), hour)) for hour in (1, 2, 22)] == [OPEN, CLOSED, CLOSED]


def test_state_at__midnight_to_midnight__open_the_whole_day_and_not_longer():
    always = OpeningHours(weekly=(WeeklySpan(1, Span(time(0), time(0))),))
    assert [state_at(always, at(TUESDAY, 0)), state_at(always, at(TUESDAY, 23, 59))] == [OPEN, OPEN]
    assert state_at(always, at(date(2026, 11, 25), 0)) == CLOSED


def test_state_at__no_rules__unknown():
    assert state_at(OpeningHours(), at(TUESDAY, 10)) == UNKNOWN


def test_span_bounds__night_the_clocks_go_back__an_hour_longer():
    begin, end = span_bounds(date(2026, 10, 24), Span(time(22), time(6)))
    assert (end - begin).total_seconds() == 9 * 3600


def test_span_bounds__night_the_clocks_go_forward__an_hour_shorter():
    begin, end = span_bounds(date(2026, 3, 28), Span(time(22), time(6)))
    assert (end - begin).total_seconds() == 7 * 3600


def test_state_at__second_half_of_the_doubled_hour__still_open():
    night = OpeningHours(weekly=(WeeklySpan(5, Span(time(22), time(3))),))
    doubled = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 for the second time
    assert state_at(night, doubled) == OPEN


@pytest.mark.django_db
class TestThuringia:
    def test_list_holidays__thuringia__has_world_childrens_day_and_reformation_day(self):
        from cms.services.opening_hours import list_holidays

        found = list_holidays([2026])
        assert len(found) == 11
        assert {date(2026, 9, 20), date(2026, 10, 31)} <= set(found)

    def test_read_opening_hours__location__rules_of_the_page(self):
        from cms.models import Location
        from cms.services.opening_hours import read_opening_hours
        from tests.cms.factories import make_locale

        location = Location(
            name="Rathaus",
            locale=make_locale(),
            regular_hours=[("span", {"weekday": "5", "opens": time(9), "closes": time(12), "note": "ohne Termin"})],
            hours_exceptions=[
                (
                    "exception",
                    {
                        "starts": date(2026, 12, 24),
                        "ends": date(2026, 12, 24),
                        "state": "closed",
                        "spans": [],
                        "reason": "Heiligabend",
                    },
                )
            ],
        )
        read = read_opening_hours(location, years=[2026])
        assert resolve_day(read, date(2026, 10, 31)).reason == "Reformationstag"
        assert resolve_day(read, date(2026, 11, 7)).spans == (Span(time(9), time(12), "ohne Termin"),)
        assert resolve_day(read, date(2026, 12, 24)).reason == "Heiligabend"

    def test_read_opening_hours__open_on_holidays__rules_of_the_weekday(self):
        from cms.models import Location
        from cms.services.opening_hours import read_opening_hours
        from tests.cms.factories import make_locale

        span = ("span", {"weekday": "5", "opens": time(9), "closes": time(12), "note": ""})
        location = Location(name="Bad", locale=make_locale(), closed_on_holidays=False, regular_hours=[span])
        assert resolve_day(read_opening_hours(location, years=[2026]), date(2026, 10, 31)).state == OPEN
