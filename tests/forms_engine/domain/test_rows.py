"""Groups with repeats: rows are scopes, with stable ids, up to three levels deep."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms_engine.domain import load_flow, parse_input
from tests.forms_engine.domain.flows import check, codes, document, flow_of, group, node, step, text

KIDS = flow_of(
    node("limit", "money", required=False),
    group(
        "kids",
        node("name"),
        node("income", "money", required=False),
        node("proof", "file", visible={">": [{"var": "row.income"}, {"coalesce": [{"var": "s.limit"}, 100]}]}),
        node("double", "calculated", result="money", value={"*": [{"var": "row.income"}, 2]}),
        repeat={"max": 3},
    ),
    node("total", "calculated", result="money", value={"sum": [{"var": "s.kids.double"}]}),
)
ANSWERS = {
    "s.kids": ["r7", "r2"],
    "s.kids.r7.name": "Ada",
    "s.kids.r7.income": "150.05",
    "s.kids.r2.name": "Bo",
    "s.kids.r2.income": "0.10",
}


def test_rows__two_filled__each_has_its_own_logic():
    outcome = check(KIDS, ANSWERS)
    assert [path for path in outcome.visible if path.endswith("proof")] == ["s.kids.r7.proof"]
    assert codes(outcome) == [("s.kids.r7.proof", "required")]
    assert outcome.values["s.kids"] == ["r7", "r2"]
    assert outcome.values["s.kids.r7.double"] == Decimal("300.10")
    assert outcome.values["s.total"] == Decimal("300.30")


def test_rows__order_of_the_list__is_kept():
    assert [path for path in check(KIDS, ANSWERS).visible if path.endswith("name")] == [
        "s.kids.r7.name",
        "s.kids.r2.name",
    ]


def test_rows__answers_of_a_row_that_is_gone__do_not_count():
    outcome = check(KIDS, ANSWERS | {"s.kids": ["r2"]})
    assert not any("r7" in path for path in [*outcome.values, *outcome.visible])


def test_rows__root_question__is_read_by_its_bare_path():
    assert codes(check(KIDS, ANSWERS | {"s.limit": "1000.00"})) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["r1", "r2", "r3", "r4"], "rows_too_many"),
        ("r1", "rows_invalid"),
        ([1, 2], "rows_invalid"),
        (["../x"], "rows_invalid"),
        ({"R 1": {}}, "rows_invalid"),
    ],
)
def test_rows__list_wrong__is_told_at_the_group(rows, expected):
    assert ("s.kids", expected) in codes(check(KIDS, {"s.kids": rows}))


def test_rows__thousands__are_cut_and_told():
    outcome = check(KIDS, {"s.kids": [f"r{n}" for n in range(100_000)]})
    assert ("s.kids", "rows_too_many") in codes(outcome)
    assert len(outcome.rows["s.kids"]) < 100


def test_rows__needed_at_least__are_there_before_anybody_adds_them():
    flow = flow_of(group("people", node("name"), repeat={"min": 2}))
    outcome = check(flow, {})
    assert outcome.rows == {"s.people": ["r1", "r2"]}
    assert codes(outcome) == [("s.people.r1.name", "required"), ("s.people.r2.name", "required")]
    assert codes(check(flow, {"s.people.r1.name": "A", "s.people.r2.name": "B"})) == []
    assert codes(check(flow, {"s.people": ["r5"], "s.people.r5.name": "A"})) == [("s.people", "rows_too_few")]


def test_rows__message__counts_in_words():
    flow = flow_of(group("people", node("name"), label="Personen", repeat={"min": 1, "max": 1}))
    [error] = check(flow, {"s.people": []}).errors
    assert error.message("de") == "„Personen“: Bitte fügen Sie mindestens 1 Eintrag hinzu."
    assert error.message("en") == "“Personen”: Please add at least 1 entry."


def test_rows__check_that_names_the_row__is_made_in_each():
    rule = {"!=": [{"var": "row.name"}, {"var": "s.me"}]}
    whole = {"<=": [{"sum": [{"var": "s.people.share"}]}, 100]}
    flow = flow_of(
        node("me"),
        group(
            "people",
            node("name"),
            node("share", "integer"),
            repeat={},
            valid=[{"rule": rule, "message": text("Nicht Sie selbst.")}, {"rule": whole, "message": text("Zu viel.")}],
        ),
    )
    answers = {"s": {"me": "A", "people": [{"name": "B", "share": 60}, {"name": "A", "share": 60}]}}
    found = check(flow, answers)
    assert codes(found) == [("s.people.r2", "rule_failed"), ("s.people", "rule_failed")]
    assert found.errors[0].message("de") == "Nicht Sie selbst."


def test_rows__three_levels__see_row_outer_and_root():
    flow = load_flow(
        document(
            step(
                "s",
                node("limit", "integer"),
                group(
                    "house",
                    node("floor", "integer"),
                    group(
                        "flat",
                        node("size", "integer"),
                        group(
                            "room",
                            node("m2", "integer"),
                            node(
                                "why",
                                visible={
                                    "and": [
                                        {">": [{"var": "row.m2"}, {"var": "outer.size"}]},
                                        {"==": [{"var": "outer.outer.floor"}, 2]},
                                        {"<": [{"var": "row.m2"}, {"var": "s.limit"}]},
                                    ]
                                },
                            ),
                            repeat={},
                        ),
                        node("rooms", "calculated", result="integer", value={"sum": [{"var": "row.room.m2"}]}),
                        repeat={},
                    ),
                    repeat={},
                ),
            )
        )
    )
    flat = {"size": 10, "room": [{"m2": 5}, {"m2": 20}]}
    answers = {"s": {"limit": 99, "house": [{"floor": 1, "flat": [flat]}, {"floor": 2, "flat": [flat, flat]}]}}
    outcome = check(flow, answers)
    whys = [path for path in outcome.visible if path.endswith("why")]
    assert whys == ["s.house.r2.flat.r1.room.r2.why", "s.house.r2.flat.r2.room.r2.why"]
    assert outcome.values["s.house.r1.flat.r1.rooms"] == 25


def test_rows__one_row_as_an_object__is_read_at_its_path():
    outcome = check(KIDS, {"s.kids": ["r4"], "s.kids.r4": {"name": "Ada", "income": "1"}})
    assert outcome.values["s.kids.r4.name"] == "Ada"
    assert KIDS.find_node("s.kids.r4") is None
    assert KIDS.find_node("s.kids.r4.name").path == "s.kids.name"


def test_rows__hidden_group__counts_as_no_rows():
    flow = flow_of(
        node("has", "yes_no"),
        group("kids", node("income", "money"), visible={"var": "s.has"}, repeat={"min": 1}),
        node("sum", "calculated", result="money", value={"sum": [{"var": "s.kids.income"}]}),
    )
    outcome = check(flow, {"s": {"has": False, "kids": [{"income": "5"}]}})
    assert outcome.values == {"s.has": False, "s.sum": Decimal(0)}


def test_parse_input__rows_as_objects__get_ids_and_keep_given_ones():
    raw = {"s": {"kids": [{"name": "A", "income": " 12,5 "}]}}
    assert parse_input(KIDS, raw) == {"s.kids": ["r1"], "s.kids.r1.name": "A", "s.kids.r1.income": "12.50"}
    assert parse_input(KIDS, {"s.kids": {"r9": {"name": "B"}}}) == {"s.kids": ["r9"], "s.kids.r9.name": "B"}
