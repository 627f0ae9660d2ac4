"""Durations: what holds for all days and all spans."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.domain.logic.durations import (
    Duration,
    add_duration,
    first_of_month,
    parse_duration,
    period,
    plain_duration,
)

days = st.dates(date(1, 1, 1), date(9999, 12, 31))
spans = st.builds(
    lambda sign, months, rest: Duration(sign * months, sign * rest),
    st.sampled_from([1, -1]),
    st.integers(0, 119_000),
    st.integers(0, 3_600_000),
)


@given(days, days)
def test_period__added_to_its_start__gives_its_end(one, other):
    start, end = sorted((one, other))
    assert add_duration(start, period(start, end)) == end
    assert period(end, start) == (-period(start, end).months, -period(start, end).days)


@given(days, days)
def test_period__days__are_fewer_than_the_next_month_has(one, other):
    start, end = sorted((one, other))
    span = period(start, end)
    longer = add_duration(start, Duration(span.months + 1, 0))
    assert span.months >= 0
    assert 0 <= span.days <= 30
    assert longer is None or longer > end


@given(spans)
def test_duration__written_and_read__is_the_same(span):
    assert parse_duration(plain_duration(span)) == span


@given(st.integers(1, 9999), st.integers(1, 12))
def test_first_of_month__in_the_years_of_dates__counts_as_the_calendar_does(year, month):
    offset = first_of_month(1970 * 12) - date(1970, 1, 1).toordinal()
    assert first_of_month(year * 12 + month - 1) - offset == date(year, month, 1).toordinal()


@pytest.mark.parametrize(
    "text", ["", "P", "-P", "P1", "P1H", "PT1H", "P1.5M", "1M", "p1m", "P1M ", "+P1M", "P-1M", "P1D1M"]
)
def test_text__that_is_no_duration__is_refused(text):
    assert parse_duration(text) is None
