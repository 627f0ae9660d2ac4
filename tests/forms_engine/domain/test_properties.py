"""What must hold for any input at all: nothing raises, nothing hidden counts, editing keeps a form loadable."""

from __future__ import annotations

import json
import random
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_engine.domain import (
    as_json,
    canonical_json,
    check_document,
    check_requirements,
    content_hash,
    evaluate,
    known_paths,
    load_flow,
    parse_input,
    sentence,
    step_view,
    summary_view,
)
from forms_engine.domain.editing import (
    EditRefused,
    copy_node,
    delete_node,
    list_paths,
    move_node,
    rename_node,
    shift,
)
from forms_engine.domain.logic import OPERATORS, compile_rule
from forms_engine.domain.logic.types import ANY, BOOL
from forms_engine.domain.scope import FlowScope
from tests.forms_engine.domain.flows import FULL, LAB, check
from tests.forms_engine.domain.test_editing import draft
from tests.forms_engine.domain.test_schema import full
from tests.forms_engine.domain.test_views import FLOW

QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["", "ja", "1,5"])
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
PATHS = [
    *LAB.nodes, "s.kids.r1.name", "s.kids.r1.income", "s.kids.r1.pets", "s.kids.r1.pets.r2.age",
    "s.day.day", "s.home.street", "s", "x", "today", "s.kids.r1",
]  # fmt: skip
raw_values = json_values | st.sampled_from(
    [
        "a",
        "b",
        ["a"],
        "12,50",
        "1.1.1990",
        "1990-02-30",
        ["r1", "r2"],
        [{"name": "x"}],
        {"r1": {"pets": [{"age": "1"}]}},
    ]
)
answers = st.dictionaries(st.sampled_from(PATHS) | st.text(max_size=8), raw_values, max_size=12)


@given(answers | json_values, DAYS)
@QUICK
def test_evaluate__any_json__never_raises_and_is_consistent(given_answers, today):
    outcome = evaluate(LAB, given_answers, today=today, municipality="16053000")
    assert 0.0 <= outcome.progress <= 1.0
    assert (outcome.next_step is None) is (not outcome.errors) is outcome.complete
    assert set(outcome.values) - {path for path in outcome.values if LAB.find_node(path).is_group} <= outcome.shown
    assert all(error.message(locale) for error in outcome.errors for locale in ("de", "en", "de-simple"))
    canonical_json(as_json(LAB, outcome.values))
    canonical_json(summary_view(LAB, outcome, "de"))
    for path in outcome.visible:
        assert LAB.find_node(path) is not None


@given(answers)
@QUICK
def test_parse_input__any_json__is_stable_and_evaluates_the_same(raw):
    once = parse_input(LAB, raw)
    assert canon(parse_input(LAB, once)) == canon(once)
    assert check(LAB, once).values == check(LAB, parse_input(LAB, once)).values


def canon(value):
    return json.dumps(value, sort_keys=True, default=str)


@given(answers)
@QUICK
def test_known_paths__any_json__keeps_only_visible_questions(raw):
    outcome = check(LAB, raw)
    found = known_paths(LAB, raw, outcome)
    assert set(found.kept) <= set(outcome.visible)
    assert not set(found.kept) & set(found.ignored)


@given(
    st.dictionaries(st.sampled_from([*FLOW.nodes, "person.children.r1.name", "person.children.r2.note"]), raw_values),
    DAYS,
)
@QUICK
def test_values__of_hidden_questions__never_count(raw, today):
    outcome = evaluate(FLOW, raw, today=today)
    hidden = set(FLOW.nodes) - outcome.shown
    assert not hidden & set(outcome.values)
    if outcome.values.get("person.kids") is not True:
        assert not any(path.startswith("person.children") for path in outcome.values)
    for step_id in outcome.steps:
        canonical_json(step_view(FLOW, outcome, step_id, "en", parse_input(FLOW, raw), outcome.errors)["step"])
    result = check_requirements(FLOW, raw, today=today)
    assert set(result.questions) <= set(outcome.visible)


operands = st.recursive(
    st.sampled_from(
        [{"var": path} for path in [*LAB.nodes, "today", "row", "row.name", "outer.x", "s.home.place", "nope"]]
    )
    | scalars,
    lambda inner: st.dictionaries(
        st.sampled_from([*OPERATORS, "?"]), st.lists(inner, max_size=3) | inner, min_size=1, max_size=1
    ),
    max_leaves=12,
)


@given(operands, answers)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rule__any__compiles_to_troubles_or_runs_and_can_be_said(rule, raw):
    compiled = compile_rule(rule, FlowScope(LAB.nodes, {step.id: step for step in LAB.steps}), BOOL)
    assert isinstance(sentence(rule, LAB, "de"), str)
    assert isinstance(sentence(rule, LAB, "en"), str)
    value = compiled.run(check(LAB, raw).context, ())
    if compiled.is_usable:
        assert value in (True, False, None)


def typed_rules():
    """Well-typed expressions of each kind, so that runs go deep instead of stopping at a trouble."""
    number = st.deferred(lambda: numbers)
    truth = st.deferred(lambda: truths)
    day = st.deferred(lambda: dates)
    numbers = st.one_of(
        st.sampled_from([{"var": f"s.{name}"} for name in ("whole", "part", "price")]),
        st.integers(-(10**9), 10**9),
        st.decimals(-1000, 1000, places=3).map(str).map(lambda text: {"+": [text]}),
        st.builds(
            lambda name, a, b: {name: [a, b]},
            st.sampled_from(["+", "-", "*", "/", "min", "max", "coalesce"]),
            number,
            number,
        ),
        st.builds(lambda a, n: {"round": [a, n]}, number, st.integers(-3, 5)),
        st.builds(lambda c, a, b: {"if": [c, a, b]}, truth, number, number),
        st.builds(lambda a: {"sum": [{"map": [{"var": "s.kids"}, a]}]}, number),
        st.builds(lambda a: {"count": [{"filter": [{"var": "s.kids"}, a]}]}, truth),
        st.builds(lambda a, b: {"days_between": [a, b]}, day, day),
        st.just({"sum": [{"var": "s.kids.income"}]}),
    )
    dates = st.one_of(
        st.sampled_from([{"var": "s.day"}, {"var": "s.birth"}, {"var": "today"}]),
        st.builds(
            lambda name, a, n: {name: [a, n]},
            st.sampled_from(["add_days", "add_months"]),
            day,
            st.integers(-(10**7), 10**7),
        ),
    )
    truths = st.one_of(
        st.sampled_from([{"var": "s.yes"}, {"var": "s.open"}, True, False]),
        st.builds(lambda name, a, b: {name: [a, b]}, st.sampled_from(["==", "!=", "<", ">="]), number, number),
        st.builds(lambda name, a, b: {name: [a, b]}, st.sampled_from(["and", "or", "xor"]), truth, truth),
        st.builds(lambda a: {"not": [a]}, truth),
        st.builds(lambda a: {"is_empty": a}, number.filter(lambda a: isinstance(a, dict))),
        st.builds(lambda name, a: {name: [{"var": "s.kids"}, a]}, st.sampled_from(["some", "all", "none"]), truth),
        st.builds(lambda a, b: {"<": [a, b]}, day, day),
    )  # fmt: skip
    return truths


@given(typed_rules(), st.sampled_from([{}, FULL]) | answers)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rule__well_typed__has_no_trouble_and_a_truth_value(rule, raw):
    compiled = compile_rule(rule, FlowScope(LAB.nodes, {}), BOOL)
    assert compiled.troubles == ()
    assert compiled.run(check(LAB, raw).context, ()) in (True, False, None)
    negated = compile_rule({"not": [rule]}, FlowScope(LAB.nodes, {}), ANY).run(check(LAB, raw).context, ())
    value = compiled.run(check(LAB, raw).context, ())
    assert negated is (None if value is None else not value)


@given(json_values)
@QUICK
def test_check_document__any_json__gives_findings_not_exceptions(value):
    assert isinstance(check_document(value), list)


@given(st.randoms(use_true_random=False), json_values)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_check_document__good_one_with_a_part_replaced__gives_findings_or_evaluates(rng, nonsense):
    broken = full()
    holder, key = pick_place(rng, broken)
    holder[key] = nonsense
    findings = check_document(broken)
    if not any(one.is_error for one in findings):
        outcome = evaluate(load_flow(broken), {}, today=date(2026, 3, 1))
        assert outcome.progress <= 1.0


def pick_place(rng: random.Random, value):
    places = []
    stack = [value]
    while stack:
        item = stack.pop()
        keys = item.keys() if isinstance(item, dict) else range(len(item))
        for key in keys:
            places.append((item, key))
            if isinstance(item[key], dict | list):
                stack.append(item[key])
    return rng.choice(places)


@given(json_values)
@QUICK
def test_hash__of_any_json__is_that_of_its_copy(value):
    if has_no_canonical_form(value):
        return
    copied = json.loads(json.dumps(value))
    assert content_hash(copied) == content_hash(value)
    assert canonical_json(json.loads(canonical_json(value))) == canonical_json(copied)


def has_no_canonical_form(value):
    try:
        canonical_json(value)
    except ValueError:
        return True
    return False


@given(
    st.lists(st.tuples(st.sampled_from(["rename", "copy", "move", "up", "down", "delete"]), st.randoms()), max_size=12)
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_editing__any_sequence__keeps_the_form_loadable_where_nothing_moves_across_rows(moves):
    """Renaming, copying, ordering and deleting never break a form; only a move can change what a rule may see."""
    source = draft()
    for at, (name, rng) in enumerate(moves):
        path = rng.choice(list_paths(source))
        try:
            source = edit(source, name, path, rng, at)
        except EditRefused:
            continue
        errors = [one for one in check_document(source) if one.is_error]
        assert errors == [] or name in {"move", "up", "down"}, [str(one) for one in errors]
        if errors:
            return


def edit(source, name, path, rng, at):
    if name == "rename":
        return rename_node(source, path, f"new_{at}")
    if name == "copy":
        return copy_node(source, path)
    if name == "move":
        return move_node(source, path, rng.choice(list_paths(source)))
    if name == "delete":
        return delete_node(source, path)
    return shift(source, path, -1 if name == "up" else 1)
