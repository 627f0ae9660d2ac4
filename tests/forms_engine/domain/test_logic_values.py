"""What each operator gives: the tables of docs/reference/logic.md as tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from forms_engine.domain.logic.durations import Duration
from tests.forms_engine.domain.flows import RuleWrong, ask, ask_in_row

Y, N, U = {"var": "s.yes"}, {"var": "s.no"}, {"var": "s.open"}
TRUTH = {"true": Y, "false": N, "undefined": U}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"and": [Y, Y]}, True),
        ({"and": [Y, N]}, False),
        ({"and": [Y, U]}, None),
        ({"and": [N, U]}, False),
        ({"and": [U, N]}, False),
        ({"and": [U]}, None),
        ({"or": [N, N]}, False),
        ({"or": [N, Y]}, True),
        ({"or": [U, Y]}, True),
        ({"or": [N, U]}, None),
        ({"not": [Y]}, False),
        ({"not": N}, True),
        ({"!": N}, True),
        ({"not": [U]}, None),
        ({"xor": [Y, N]}, True),
        ({"xor": [Y, Y]}, False),
        ({"xor": [Y, U]}, None),
    ],
)
def test_truth__kleene_tables__hold(rule, expected):
    assert ask(rule) is expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"==": [{"var": "s.whole"}, 5]}, True),
        ({"==": [{"var": "s.whole"}, "5.0"]}, True),
        ({"==": [5, {"var": "s.whole"}]}, True),
        ({"!=": [{"var": "s.whole"}, 5]}, False),
        ({"<": [{"var": "s.part"}, {"var": "s.whole"}]}, True),
        ({"<": [{"var": "s.part"}, "2.5"]}, False),
        ({">=": [{"var": "s.price"}, "12.50"]}, True),
        ({"<=": [1, {"var": "s.whole"}, 5]}, True),
        ({"<": [1, {"var": "s.whole"}, 5]}, False),
        ({"==": [{"var": "s.day"}, "2026-02-28"]}, True),
        ({"<": [{"var": "s.day"}, {"var": "today"}]}, True),
        ({"==": [{"var": "s.pick"}, "b"]}, True),
        ({"!=": [{"var": "s.pick"}, "a"]}, True),
        ({"==": [{"var": "s.yes"}, True]}, True),
        ({"==": [{"var": "municipality"}, "16053000"]}, True),
        ({"==": [{"var": "s.home.place"}, "Jena"]}, True),
        ({"in": [{"var": "s.pick"}, ["a", "b"]]}, True),
        ({"in": [{"var": "s.pick"}, ["a", "c"]]}, False),
        ({"in": [{"var": "s.whole"}, [1, 5]]}, True),
        ({"in": [{"var": "s.day"}, ["2026-02-28"]]}, True),
        ({"in": ["a", {"var": "s.many"}]}, True),
        ({"in": ["b", {"var": "s.many"}]}, False),
        ({"in": [{"var": "s.pick"}, {"var": "s.many"}]}, False),
        ({"in": ["oë", {"var": "s.name"}]}, True),
    ],
)
def test_comparison__of_one_type__compares_values(rule, expected):
    assert ask(rule) is expected


@pytest.mark.parametrize("name", ["==", "!=", "<", "<=", ">", ">="])
def test_comparison__with_undefined__is_undefined(name):
    assert ask({name: [{"var": "s.whole"}, 5]}, {}) is None
    assert ask({name: [5, {"var": "s.whole"}]}, {}) is None


def test_comparison_of_three__undefined_and_false__is_false():
    assert ask({"<": [9, 5, {"var": "s.whole"}]}, {}) is False
    assert ask({"<": [1, 5, {"var": "s.whole"}]}, {}) is None


def test_text__composed_and_decomposed__are_equal():
    assert ask({"==": [{"var": "s.name"}, "Zoe\u0308"]}) is True
    assert ask({"length": [{"var": "s.name"}]}, {"s.name": "Zoe\u0308😀"}) == 4


def test_numbers__two_to_the_53__stay_exact():
    assert ask({"==": [{"var": "s.whole"}, 9007199254740991]}, {"s.whole": 9007199254740991}) is None  # too long
    assert ask({"==": [{"var": "s.part"}, "9007199254740993"]}, {"s.part": "9007199254740992"}) is False


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"+": [0.1, 0.2]}, "0.3"),
        ({"*": ["1.15", 100]}, "115.00"),
        ({"+": [{"var": "s.price"}]}, "12.50"),
        ({"-": [{"var": "s.whole"}, 7]}, "-2"),
        ({"-": [{"var": "s.whole"}]}, "-5"),
        ({"/": [1, 3]}, "0.3333333333333333333333333333333333"),
        ({"/": [2, 3]}, "0.6666666666666666666666666666666667"),
        ({"round": [{"/": [2, 3]}, 2]}, "0.67"),
        ({"round": ["2.5"]}, "3"),
        ({"round": ["-2.5"]}, "-3"),
        ({"round": ["1.005", 2]}, "1.01"),
        ({"round": [1250, -2]}, "1300"),
        ({"min": [3, {"var": "s.part"}, 9]}, "2.50"),
        ({"max": [3, {"var": "s.part"}, 9]}, "9"),
        ({"sum": [{"var": "s.kids.income"}]}, "10.30"),
        ({"sum": [{"map": [{"var": "s.kids"}, {"*": [{"var": "row.income"}, 2]}]}]}, "20.60"),
        ({"max": [{"var": "s.kids.income"}]}, "10.10"),
        ({"count": [{"var": "s.kids"}]}, "3"),
        ({"count": [{"var": "s.many"}]}, "2"),
        ({"count": [{"var": "s.papers"}]}, "2"),
        ({"sum": [{"var": "s.kids.pets.age"}]}, "8"),
    ],
)
def test_arithmetic__is_exact(rule, expected):
    assert ask(rule) == Decimal(expected)


@pytest.mark.parametrize(
    "rule",
    [
        {"/": [1, {"-": [5, {"var": "s.whole"}]}]},
        {"/": [0, 0]},
        {"+": [1, {"min": [{"var": "s.kids.pets.age"}]}]},
        {"round": [{"/": [1, 0]}, 2]},
        {"max": [{"var": "s.whole"}, {"var": "s.part"}]},
    ],
)
def test_arithmetic__impossible__is_undefined(rule):
    assert ask(rule, {"s.whole": 5}) is None


def test_arithmetic__overflow__is_undefined():
    assert ask({"*": ["9" * 30] * 300}) is None
    assert ask({"*": ["0." + "0" * 29 + "1"] * 300}) is None


@pytest.mark.parametrize(
    ("rule", "empty"),
    [
        ({"sum": [{"var": "s.kids.income"}]}, 0),
        ({"count": [{"var": "s.kids"}]}, 0),
        ({"min": [{"var": "s.kids.income"}]}, None),
        ({"max": [{"var": "s.kids.income"}]}, None),
        ({"all": [{"var": "s.kids"}, {"var": "row.school"}]}, True),
        ({"none": [{"var": "s.kids"}, {"var": "row.school"}]}, True),
        ({"some": [{"var": "s.kids"}, {"var": "row.school"}]}, False),
        ({"count": [{"var": "s.many"}]}, None),
    ],
)
def test_rows__none__have_their_neutral_value(rule, empty):
    assert ask(rule, {}) == empty


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"some": [{"var": "s.kids"}, {"var": "row.school"}]}, True),
        ({"all": [{"var": "s.kids"}, {"var": "row.school"}]}, False),
        ({"none": [{"var": "s.kids"}, {"not": {"var": "row.school"}}]}, False),
        ({"all": [{"var": "s.kids"}, {">": [{"var": "row.income"}, 0]}]}, None),  # one row has no income
        ({"some": [{"var": "s.kids"}, {">": [{"var": "row.income"}, 99]}]}, None),
        ({"count": [{"filter": [{"var": "s.kids"}, {">": [{"var": "row.income"}, 1]}]}]}, 1),
        ({"some": [{"var": "s.kids"}, {"some": [{"var": "row.pets"}, {">": [{"var": "row.age"}, 3]}]}]}, True),
        (
            {"some": [{"var": "s.kids"}, {"some": [{"var": "row.pets"}, {"==": [{"var": "outer.name"}, "B"]}]}]},
            True,
        ),
        ({"some": [{"var": "s.many"}, {"==": [{"var": "row"}, "c"]}]}, True),
        ({"in": ["B", {"var": "s.kids.name"}]}, True),
    ],
)
def test_quantifiers__over_rows__follow_kleene(rule, expected):
    assert ask(rule) == expected


def test_place_in_a_row__names__mean_that_row():
    assert ask_in_row({"var": "row.name"}, "r2") == "B"
    assert ask_in_row({"var": "s.kids.name"}, "r2") == ["A", "B", "C"]  # a bare path starts at the root
    share = {"/": [{"var": "row.income"}, {"sum": [{"var": "s.kids.income"}]}]}
    assert ask_in_row({"round": [share, 2]}, "r1") == Decimal("0.98")
    assert ask_in_row({"sum": [{"var": "row.pets.age"}]}, "r1") == 7
    assert ask_in_row({"var": "s.whole"}, "r2") == 5
    assert ask_in_row({"is_empty": {"var": "row.income"}}, "r2") is True
    assert ask_in_row({"is_empty": {"var": "row"}}, "r2") is False
    other = {"some": [{"var": "s.kids"}, {"and": [{"!=": [{"var": "row.name"}, {"var": "outer.name"}]}]}]}
    assert ask_in_row(other, "r1") is True


@pytest.mark.parametrize(
    ("rule", "full", "blank"),
    [
        ({"is_empty": {"var": "s.name"}}, False, True),
        ({"is_empty": {"var": "s.pair"}}, False, True),
        ({"is_empty": {"var": "s.kids"}}, False, True),
        ({"is_empty": {"var": "s.many"}}, False, True),
        ({"is_empty": {"var": "s.home"}}, False, True),
        ({"is_empty": {"+": [{"var": "s.whole"}, 1]}}, False, True),
        ({"coalesce": [{"var": "s.name"}, "nobody"]}, "Zoë", "nobody"),
        ({"if": [{"var": "s.yes"}, 1, 2]}, 1, None),
        ({"if": [{"coalesce": [{"var": "s.yes"}, False]}, 1, 2]}, 1, 2),
        ({"if": [{"var": "s.no"}, 1]}, None, None),
        ({"if": [{"var": "s.no"}, 1, {"var": "s.yes"}, 2, 3]}, 2, None),
    ],
)
def test_undefined__has_its_ways_out(rule, full, blank):
    assert ask(rule) == full
    assert ask(rule, {}) == blank


def test_is_empty__rows_added_but_blank__is_true():
    assert ask({"is_empty": {"var": "s.kids"}}, {"s.kids": ["r1"]}) is True
    assert ask({"is_empty": {"var": "s.kids"}}, {"s.kids": ["r1"], "s.kids.r1.pets": ["r1"]}) is True
    deep = {"s.kids": ["r1"], "s.kids.r1.pets": ["r1"], "s.kids.r1.pets.r1.age": 1}
    assert ask({"is_empty": {"var": "s.kids"}}, deep) is False


@pytest.mark.parametrize(
    ("birth", "today", "years"),
    [
        ("2000-02-29", "2018-02-28", 17),
        ("2000-02-29", "2018-03-01", 18),
        ("2000-02-29", "2020-02-29", 20),
        ("2000-12-31", "2018-12-30", 17),
        ("2000-12-31", "2018-12-31", 18),
        ("2026-05-01", "2026-03-01", 0),
        ("2030-05-01", "2026-03-01", -4),
    ],
)
def test_age__on_a_day__is_whole_calendar_years(birth, today, years):
    assert ask({"age": [{"var": "s.birth"}]}, {"s.birth": birth}, date.fromisoformat(today)) == years


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"days_between": ["2024-02-28", "2024-03-01"]}, 2),
        ({"days_between": ["2024-03-01", "2024-02-28"]}, -2),
        ({"years_between": ["2024-03-01", "2022-03-02"]}, -1),
        ({"add_days": ["2024-02-28", 1]}, date(2024, 2, 29)),
        ({"add_months": ["2024-01-31", 1]}, date(2024, 2, 29)),
        ({"add_months": ["2024-01-31", -2]}, date(2023, 11, 30)),
        ({"add_months": ["2024-01-31", 99_999_999]}, None),
        ({"add_days": ["9999-12-31", 1]}, None),
        ({"add_duration": ["2024-01-31", "P1M"]}, date(2024, 2, 29)),
        ({"add_duration": ["2024-01-31", "P1Y1M1D"]}, date(2025, 3, 1)),
        ({"add_duration": ["2024-03-31", "-P1M1W"]}, date(2024, 2, 22)),
        ({"add_duration": ["9999-12-01", "P1M"]}, None),
        ({"period": [{"var": "s.birth"}, {"var": "s.day"}]}, Duration(312, 0)),
        ({"period": [{"var": "s.day"}, {"var": "s.birth"}]}, Duration(-312, 0)),
        ({"period": ["2024-01-30", "2024-03-01"]}, Duration(1, 1)),
        ({"year": [{"var": "s.day"}]}, 2026),
        ({"is_valid_date": [29, 2, 2024]}, True),
        ({"is_valid_date": [29, 2, 2023]}, False),
        ({"is_valid_date": [29, 2, {"var": "s.whole"}]}, False),
        ({"max": [{"var": "s.day"}, {"var": "s.birth"}]}, date(2026, 2, 28)),
        ({"cat": ["Nr. ", {"var": "s.part"}, " am ", {"var": "s.day"}]}, "Nr. 2.5 am 2026-02-28"),
        ({"==": [{"if": [{"var": "s.yes"}, "2026-02-28", "2020-01-01"]}, {"var": "s.day"}]}, True),
    ],
)
def test_dates_and_texts__are_computed(rule, expected):
    assert ask(rule) == expected


@pytest.mark.parametrize(
    ("first", "sign", "second", "expected"),
    [
        ("P1Y", "==", "P12M", True),
        ("P1W", "==", "P7D", True),
        ("P1M", ">", "P27D", True),
        ("P1M", ">", "P29D", None),
        ("P1M", "<=", "P31D", True),
        ("P1M", "<", "P31D", None),
        ("P1M", "==", "P30D", None),
        ("P1M", "!=", "P30D", None),
        ("P1M", "==", "P32D", False),
        ("P1Y", ">", "P364D", True),
        ("P4800M", "==", "P146097D", True),
        ("-P1M", "<", "P0D", True),
        ("-P2M", ">=", "-P59D", None),
    ],
)
def test_durations__compared__agree_at_four_days_or_are_undefined(first, sign, second, expected):
    """The table of XML Schema Part 2, 3.2.6.2."""
    typed = {"if": [Y, {"coalesce": [first, {"period": ["2024-01-01", "2024-01-01"]}]}]}
    assert ask({sign: [typed, second]}) is expected


def test_duration__undefined_day__is_undefined():
    assert ask({"period": [{"var": "s.day"}, {"var": "today"}]}, {}) is None
    assert ask({"is_empty": {"period": [{"var": "s.day"}, {"var": "today"}]}}, {}) is True


def test_is_valid_date__part_missing__is_undefined():
    assert ask({"is_valid_date": [29, 2, {"var": "s.whole"}]}, {}) is None


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({"==": [{"var": "s.nme"}, "x"]}, "question_unknown"),
        ({"==": [{"var": "__proto__"}, "x"]}, "question_unknown"),
        ({"==": [{"var": "s.whole.constructor"}, 1]}, "question_unknown"),
        ({"==": [{"var": "s.note"}, "x"]}, "no_value"),
        ({"is_empty": {"var": "s"}}, "no_value"),
        ({"==": [{"var": "row.name"}, "x"]}, "row_outside"),
        ({"some": [{"var": "s.kids"}, {"==": [{"var": "outer.name"}, "x"]}]}, "row_outside"),
        ({"==": [{"var": "s.whole"}, "fünf"]}, "literal_not_number"),
        ({"==": [{"var": "s.day"}, "1.2.2026"]}, "literal_not_date"),
        ({"==": [{"var": "s.day"}, "2026-02-30"]}, "literal_not_date"),
        ({"==": [{"var": "s.pick"}, "x"]}, "literal_not_in_list"),
        ({"in": [{"var": "s.pick"}, ["a", "x"]]}, "literal_not_in_list"),
        ({"in": ["x", {"var": "s.many"}]}, "literal_not_in_list"),
        ({"==": [{"var": "s.whole"}, {"var": "s.day"}]}, "type_clash"),
        ({"<": [{"var": "s.name"}, "m"]}, "type_clash"),
        ({"+": [{"var": "s.name"}, 1]}, "type_clash"),
        ({"and": [{"var": "s.whole"}, True]}, "type_clash"),
        ({"not": [{"var": "s.name"}]}, "type_clash"),
        ({"==": [{"var": "s.many"}, "a"]}, "type_clash"),
        ({"age": [{"var": "s.whole"}]}, "type_clash"),
        ({"sum": [{"var": "s.kids.name"}]}, "type_clash"),
        ({"sum": [{"var": "s.kids"}]}, "type_clash"),
        ({"some": [{"var": "s.whole"}, True]}, "type_clash"),
        ({"add_days": [{"var": "s.day"}, {"var": "s.part"}]}, "type_clash"),
        ({"==": [{"var": "s.whole"}, None]}, "rule_null"),
        ({"==": [{"var": "s.whole"}, [1]]}, "rule_list"),
        ({"in": [{"var": "s.whole"}, []]}, "rule_arguments"),
        ({"==": [{"var": "s.whole"}]}, "rule_arguments"),
        ({"and": []}, "rule_arguments"),
        ({"xor": [Y, N, Y]}, "rule_arguments"),
        ({"var": ["s.whole", 3]}, "rule_arguments"),
        ({"round": [1, {"var": "s.whole"}]}, "rule_arguments"),
        ({">": [{"period": [{"var": "s.day"}, {"var": "today"}]}, "3 Monate"]}, "literal_not_duration"),
        ({"add_duration": [{"var": "s.day"}, "PT5H"]}, "literal_not_duration"),
        ({"add_duration": [{"var": "s.day"}, "P9999Y"]}, "literal_not_duration"),
        ({"add_duration": [{"var": "s.day"}, 3]}, "type_clash"),
        ({"in": [{"period": [{"var": "s.day"}, {"var": "today"}]}, ["P1D"]]}, "type_clash"),
        ({"cat": [{"period": [{"var": "s.day"}, {"var": "today"}]}]}, "type_clash"),
        ({"round": [1, "2"]}, "rule_arguments"),
        ({"round": [1, True]}, "rule_arguments"),
        ({"is_empty": "text"}, "rule_arguments"),
        ({"==": [{"var": "s.whole"}, 9007199254740992]}, "rule_literal"),
        ({"==": [{"var": "s.part"}, 1e300]}, "rule_literal"),
        ({"==": [{"var": "s.part"}, " 1"]}, "literal_not_number"),
        ({"==": [{"var": "s.part"}, "1 000"]}, "literal_not_number"),
        ({"==": [{"var": "s.part"}, "1e3"]}, "literal_not_number"),
        ({"==": [{"var": "s.part"}, "1."]}, "literal_not_number"),
        ({"===": [1, 1]}, "rule_operator_unknown"),
        ({"and": [Y], "or": [Y]}, "rule_shape"),
        ({}, "rule_shape"),
    ],
)
def test_rule__wrong__is_told_when_it_is_compiled(rule, code):
    with pytest.raises(RuleWrong) as wrong:
        ask(rule)
    assert wrong.value.codes[0] == code


def nested(depth: int) -> object:
    rule: object = Y
    for _ in range(depth):
        rule = {"not": rule}
    return rule


def test_rule__64_levels__compiles_and_65_do_not():
    assert ask(nested(62)) is True
    with pytest.raises(RuleWrong, match="rule_too_large"):
        ask(nested(64))


def test_rule__more_than_10000_parts__is_refused():
    with pytest.raises(RuleWrong, match="rule_too_large"):
        ask({"or": [Y] * 10_001})


def test_rule__nested_lists_without_end__is_refused():
    rule: object = []
    for _ in range(5_000):
        rule = [rule]
    with pytest.raises(RuleWrong):
        ask({"and": rule})
