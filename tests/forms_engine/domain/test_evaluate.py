"""Flow + answers + day -> what is visible, what counts, what is wrong, where to go on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from forms_engine.domain import load_flow
from tests.forms_engine.domain.flows import (
    check,
    codes,
    document,
    flow_of,
    group,
    node,
    one_step,
    options,
    step,
    text,
)


def is_(path, value):
    return {"==": [{"var": path}, value]}


PETS = load_flow(
    document(
        step(
            "pet",
            node("has", "yes_no", label="Haben Sie ein Tier?"),
            node("kind", "choice", options=options("dog", "cat"), visible={"var": "pet.has"}),
            node("breed", visible=is_("pet.kind", "dog")),
        ),
        step("tax", node("iban", "iban"), when=is_("pet.kind", "dog")),
        step("end", node("note", "long_text", required=False)),
    )
)


def test_evaluate__nothing_answered__shows_the_first_page_and_asks_for_it():
    outcome = check(PETS, {})
    assert outcome.visible == ["pet.has", "end.note"]
    assert outcome.steps == ["pet", "end"]
    assert codes(outcome) == [("pet.has", "required")]
    assert (outcome.next_step, outcome.progress, outcome.complete) == ("pet", 0.0, False)


def test_evaluate__answers_open_questions__follows_the_path():
    outcome = check(PETS, {"pet.has": True, "pet.kind": "dog", "pet.breed": "Dackel"})
    assert outcome.steps == ["pet", "tax", "end"]
    assert codes(outcome) == [("tax.iban", "required")]
    assert outcome.next_step == "tax"
    assert outcome.progress == pytest.approx(1 / 3)


def test_evaluate__all_answered__is_complete():
    answers = {"pet.has": True, "pet.kind": "dog", "pet.breed": "Dackel", "tax.iban": "DE89370400440532013000"}
    outcome = check(PETS, answers)
    assert outcome.errors == []
    assert (outcome.next_step, outcome.progress, outcome.complete) == (None, 1.0, True)


def test_evaluate__answer_changed_back__hidden_values_drop_out_all_the_way():
    answers = {"pet.has": False, "pet.kind": "dog", "pet.breed": "Dackel", "tax.iban": "DE89370400440532013000"}
    outcome = check(PETS, answers)
    assert outcome.values == {"pet.has": False}
    assert outcome.steps == ["pet", "end"]
    assert outcome.complete


def test_evaluate__rule_source_undefined__not_equal_does_not_show():
    flow = flow_of(
        node("kind", "choice", options=options("a", "b")), node("x", visible={"!=": [{"var": "s.kind"}, "a"]})
    )
    assert check(flow, {}).visible == ["s.kind"]
    assert check(flow, {"s.kind": "b"}).visible == ["s.kind", "s.x"]


def test_evaluate__question_above_its_source__is_still_ordered_by_dependency():
    flow = flow_of(node("late", visible={"var": "s.yes"}), node("yes", "yes_no"))
    assert check(flow, {"s.yes": True}).visible == ["s.late", "s.yes"]


def test_evaluate__wrong_value__does_not_count_and_is_told():
    flow = flow_of(node("age", "integer", max=120), node("x", visible={">": [{"var": "s.age"}, 17]}))
    outcome = check(flow, {"s.age": 150})
    assert codes(outcome) == [("s.age", "number_too_large")]
    assert outcome.values == {}
    assert outcome.visible == ["s.age"]


def test_evaluate__required_by_rule__asks_only_when_it_is_true():
    flow = flow_of(node("yes", "yes_no", required=False), node("x", required={"var": "s.yes"}))
    assert codes(check(flow, {})) == []
    assert codes(check(flow, {"s.yes": False})) == []
    assert codes(check(flow, {"s.yes": True})) == [("s.x", "required")]


def test_evaluate__check__fails_on_false_only():
    rule = {"<=": [{"var": "s.from"}, {"var": "s.until"}]}
    flow = flow_of(
        node("from", "date", required=False),
        node(
            "until",
            "date",
            required=False,
            valid=[{"rule": rule, "message": text("Ende vor Anfang.", en="Too early.")}],
        ),
    )
    assert check(flow, {"s.until": "2026-01-01"}).errors == []
    outcome = check(flow, {"s.from": "2026-01-02", "s.until": "2026-01-01"})
    assert codes(outcome) == [("s.until", "rule_failed")]
    assert outcome.errors[0].message("de") == "Ende vor Anfang."
    assert outcome.errors[0].message("en") == "Ende vor Anfang."  # the form speaks German only


def test_evaluate__free_text__counts_unchanged_and_white_space_is_no_answer():
    flow = flow_of(node("a"), node("b", "long_text"))
    outcome = check(flow, {"s.a": "  x\u0301  ", "s.b": " \n "})
    assert outcome.values == {"s.a": "  x\u0301  "}
    assert codes(outcome) == [("s.b", "required")]


@pytest.mark.parametrize("raw", ["a\x00b", "\ud800", "a\udfffz"])
def test_evaluate__text_nobody_can_store__is_refused(raw):
    assert codes(check(flow_of(node("a")), {"s.a": raw})) == [("s.a", "text_unreadable")]


def test_evaluate__calculated_from_calculated__comes_in_order_whatever_the_place():
    flow = flow_of(
        node("gross", "calculated", result="money", value={"round": [{"*": [{"var": "s.net"}, "1.19"]}, 2]}),
        node("net", "calculated", result="money", value={"+": [{"var": "s.a"}, {"var": "s.b"}]}),
        node("a", "money"),
        node("b", "money"),
    )
    outcome = check(flow, {"s.a": "0.10", "s.b": "0.20"})
    assert outcome.values["s.net"] == Decimal("0.30")
    assert outcome.values["s.gross"] == Decimal("0.36")
    assert "s.gross" not in check(flow, {"s.a": "0.10"}).values


def test_evaluate__calculated_with_show_false__counts_but_is_not_visible():
    flow = flow_of(node("a", "integer"), node("b", "calculated", result="integer", show=False, value={"var": "s.a"}))
    outcome = check(flow, {"s.a": 4})
    assert outcome.visible == ["s.a"]
    assert outcome.values == {"s.a": 4, "s.b": 4}


def test_evaluate__option_with_a_rule__is_refused_when_it_is_not_offered():
    limited = [*options("a"), {"value": "b", "label": text("B"), "visible": {"var": "s.yes"}}]
    flow = flow_of(node("yes", "yes_no"), node("pick", "choice", options=limited))
    assert codes(check(flow, {"s.yes": False, "s.pick": "b"})) == [("s.pick", "option_not_available")]
    assert codes(check(flow, {"s.yes": True, "s.pick": "b"})) == []


def test_evaluate__option_follows_another_value__the_dropped_choice_hides_what_hangs_on_it():
    limited = [*options("a"), {"value": "b", "label": text("B"), "visible": {"var": "s.yes"}}]
    flow = flow_of(
        node("yes", "yes_no"), node("pick", "choice", options=limited), node("x", visible=is_("s.pick", "b"))
    )
    assert "s.x" not in check(flow, {"s.yes": False, "s.pick": "b"}).visible


def test_evaluate__group_with_nothing_visible__is_not_there():
    flow = flow_of(node("yes", "yes_no"), group("g", node("x", visible={"var": "s.yes"}), required=True))
    assert check(flow, {}).visible == ["s.yes"]
    outcome = check(flow, {"s.yes": True})
    assert outcome.visible == ["s.yes", "s.g", "s.g.x"]
    assert ("s.g", "group_required") in codes(outcome)


def test_evaluate__hidden_group__hides_all_below():
    flow = flow_of(node("yes", "yes_no"), group("g", group("h", node("x")), visible={"var": "s.yes"}))
    outcome = check(flow, {"s.yes": False, "s.g.h.x": "there"})
    assert outcome.visible == ["s.yes"]
    assert outcome.values == {"s.yes": False}


def test_evaluate__check_on_a_group__is_told_at_the_group():
    rule = {"not": {"and": [{"is_empty": {"var": "s.g.a"}}, {"is_empty": {"var": "s.g.b"}}]}}
    flow = flow_of(
        group(
            "g", node("a", required=False), node("b", required=False), valid=[{"rule": rule, "message": text("Eines.")}]
        )
    )
    assert codes(check(flow, {})) == [("s.g", "rule_failed")]
    assert codes(check(flow, {"s.g.b": "x"})) == []


def test_evaluate__step_without_anything_visible__is_no_page():
    flow = load_flow(
        document(
            step("a", node("yes", "yes_no")),
            step("b", node("x", visible={"var": "a.yes"})),
            step("c", node("t", "content", text=text("<p>Hinweis</p>"))),
        )
    )
    assert check(flow, {"a.yes": False}).steps == ["a", "c"]
    assert check(flow, {"a.yes": True}).steps == ["a", "b", "c"]


def test_evaluate__the_day__is_an_argument():
    flow = flow_of(node("birth", "date", max="today-18y"))
    assert codes(check(flow, {"s.birth": "2004-02-29"}, date(2022, 2, 28))) == [("s.birth", "date_too_late")]
    assert codes(check(flow, {"s.birth": "2004-02-29"}, date(2022, 3, 1))) == []


def test_evaluate__the_municipality__is_an_argument():
    flow = load_flow(one_step(node("x", visible=is_("municipality", "16053000"))))
    assert check(flow, {}).visible == []
    assert check(flow, {}, municipality="16053000").visible == ["s.x"]


def test_evaluate__nested_answers__are_the_same_as_flat_ones():
    flow = flow_of(group("g", node("a"), node("home", "address")), node("birth", "date"))
    home = {"street": "Markt", "house_number": "1", "postcode": "07743", "place": "Jena"}
    nested = check(flow, {"s": {"g": {"a": "x", "home": home}, "birth": {"day": "1", "month": "2", "year": "1990"}}})
    flat = check(flow, {"s.g.a": "x", "s.g.home": home, "s.birth": "1990-02-01"})
    mixed = check(flow, {"s": {"birth": "1.2.1990"}, "s.g": {"a": "x"}, "s.g.home": home})
    assert nested.values == flat.values == mixed.values
    assert flat.values["s.birth"] == date(1990, 2, 1)


@pytest.mark.parametrize("answers", [None, [], "x", 7, {"s": 5}, {5: 6}, {"s": {"a": {}}}, {"s": {"a": [[]]}}])
def test_evaluate__answers_of_another_shape__are_read_as_far_as_they_go(answers):
    flow = flow_of(node("a"), node("b", "integer", required=False))
    assert check(flow, answers).next_step == "s"
