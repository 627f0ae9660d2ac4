"""A period: two days that belong together, how long it may be, and what rules and people see of it."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest

from forms_engine.domain import as_json, check_document, parse_input, step_view
from forms_engine.domain.paper import paper_view
from forms_engine.fields import Fault, field_types
from tests.forms_engine.domain.flows import TODAY, check, codes, flow_of, node, one_step

FIELD = field_types.get("date_range")
AUGUST = {"from": "2026-08-01", "to": "2026-08-14"}


def read(raw, **settings):
    return FIELD.reader({name: FIELD.settings[name].read(value) for name, value in settings.items()})(raw, TODAY)


@pytest.mark.parametrize(
    "raw",
    [
        AUGUST,
        {"from": {"day": "1", "month": "8", "year": "2026"}, "to": {"day": "14", "month": "August", "year": "2026"}},
        "1.8.2026 bis 14.8.2026",
        "1.8.2026–14.8.2026",
        "1 August 2026 to 14 August 2026",
        "2026-08-01/2026-08-14",
    ],
)
def test_period__as_people_and_programs_write_it__is_read(raw):
    assert read(raw) == {"from": date(2026, 8, 1), "to": date(2026, 8, 14)}


@pytest.mark.parametrize(
    ("raw", "expected", "part"),
    [
        ({"from": "2026-08-01", "to": ""}, "range_incomplete", "to"),
        ({"to": "2026-08-01"}, "range_incomplete", "from"),
        ({"from": "1.8.", "to": "2026-08-14"}, "date_invalid", "from"),
        ({"from": "2026-08-01", "to": "31.9.2026"}, "date_impossible", "to"),
        ({"from": "1.8.26", "to": "14.8.2026"}, "date_year_short", "from"),
        ({"from": {"day": "1", "month": "", "year": "2026"}, "to": "14.8.2026"}, "date_incomplete", "from"),
        ({"from": "2026-08-14", "to": "2026-08-01"}, "range_reversed", "to"),
        ("im August", "range_invalid", None),
        (["2026-08-01", "2026-08-14"], "range_invalid", None),
        ({"from": "2026-08-01", "until": "2026-08-14"}, "range_invalid", None),
    ],
)
def test_period__wrong__says_what_and_which_end(raw, expected, part):
    found = read(raw)
    assert isinstance(found, Fault)
    assert (found.code, found.params.get("part")) == (expected, part)


@pytest.mark.parametrize(
    ("settings", "good", "bad", "expected"),
    [
        ({"min": "today"}, "1.3.2026 bis 2.3.2026", "28.2.2026 bis 2.3.2026", "date_too_early"),
        ({"max": "today+1m"}, "1.3.2026 bis 1.4.2026", "1.3.2026 bis 2.4.2026", "date_too_late"),
        ({"max_days": 14}, "1.8.2026 bis 14.8.2026", "1.8.2026 bis 15.8.2026", "range_too_long"),
        ({"min_days": 2}, "1.8.2026 bis 2.8.2026", "1.8.2026 bis 1.8.2026", "range_too_short"),
    ],
)
def test_period__at_the_edge_of_its_limits__holds(settings, good, bad, expected):
    assert not isinstance(read(good, **settings), Fault)
    assert read(bad, **settings).code == expected


def test_period__too_long__says_how_long_it_may_be_and_is():
    flow = flow_of(node("trip", "date_range", label="Zeitraum", max_days=14))
    [error] = check(flow, {"s.trip": "1.8.2026 bis 31.8.2026"}).errors
    assert error.message("de") == "„Zeitraum“: Der Zeitraum darf höchstens 14 Tage lang sein. Jetzt sind es 31 Tage."
    [error] = check(flow, {"s.trip": {"from": "", "to": "1.8.2026"}}).errors
    assert error.message("en") == "“Zeitraum”: Please also enter “First day” with day, month and year."


def test_period__stored__reads_back_and_fits_its_json_schema():
    stored = parse_input(flow_of(node("trip", "date_range")), {"s.trip": "1.8.2026 bis 14.8.2026"})["s.trip"]
    assert stored == AUGUST
    jsonschema.validate(json.loads(json.dumps(stored)), FIELD.json_schema({}))
    for locale, shown in (("de", "01.08.2026 bis 14.08.2026"), ("en", "1 August 2026 to 14 August 2026")):
        assert FIELD.display(read(stored), locale) == shown
        assert FIELD.to_json(read(shown)) == stored


def test_period__in_rules__its_ends_are_days():
    days = {"days_between": [{"var": "s.trip.from"}, {"var": "s.trip.to"}]}
    flow = flow_of(
        node("trip", "date_range"),
        node("nights", "calculated", result="integer", value=days),
        node("why", visible={"<": [{"var": "s.trip.from"}, {"add_days": [{"var": "today"}, 7]}]}, required=False),
    )
    outcome = check(flow, {"s.trip": AUGUST})
    assert as_json(flow, outcome.values) == {"s.trip": AUGUST, "s.nights": 13}
    assert "s.why" in check(flow, {"s.trip": {"from": "2026-03-07", "to": "2026-03-08"}}).visible


def test_period__on_the_page_and_on_paper__is_two_named_dates():
    flow = flow_of(node("trip", "date_range", min="today", max_days=14))
    [view] = step_view(flow, check(flow, {}), "s", "de")["nodes"]
    assert [end["label"] for end in view["ends"]] == ["Erster Tag", "Letzter Tag"]
    assert (view["min"], view["max_days"]) == ("2026-03-01", 14)
    [item] = paper_view(flow, "en")[0].items
    assert (item.kind, item.parts, item.notes) == ("parts", ["First day", "Last day"], ["day, month, year"])


def test_period__half_typed__stays_as_it_was_typed():
    flow = flow_of(node("trip", "date_range"))
    half = {"from": {"day": "1", "month": "8", "year": "2026"}, "to": {"day": "", "month": "", "year": ""}}
    assert parse_input(flow, {"s.trip": half}) == {"s.trip": half}
    assert FIELD.display_raw(half) == "1.8.2026 – "
    assert codes(check(flow, {"s.trip": half})) == [("s.trip", "range_incomplete")]


def test_period__limits_that_contradict__are_found():
    wrong = one_step(node("trip", "date_range", min_days=5, max_days=3))
    assert "setting_conflict" in {found.code for found in check_document(wrong)}
