"""Test cases that live with a form: green, red with a reason, following a renamed question, no part of the flow."""

from __future__ import annotations

from typing import Any

import pytest

from forms_engine.domain import check_document, editing, load_flow, open_trial
from forms_engine.domain.trials import delete_case, list_expectations, measure_coverage, put_case, run_case, run_cases
from tests.forms_engine.domain.flows import document, group, node, step

MORE = {"==": [{"var": "s.dog"}, True]}


def form(**extra: Any) -> dict[str, Any]:
    fee = {"if": [MORE, {"*": [{"var": "t.count"}, "96.00"]}, "0.00"]}
    return document(
        step("s", node("dog", "yes_no", "Haben Sie einen Hund?")),
        step("t", node("count", "integer", "Wie viele Hunde?"), node("fee", "calculated", value=fee, result="money"),
             group("kids", node("name"), node("age", "integer", visible=MORE), repeat={"min": 0}), when=MORE),
        retention={"submission_months": 12, "law": "Aktenplan"}, **extra,
    )  # fmt: skip


def case(answers: dict[str, Any], **expected: Any) -> dict[str, Any]:
    return {"name": "Zwei Hunde", "today": "2026-03-01", "answers": answers, "expected": expected}


TWO = {"s.dog": True, "t.count": 2}


def saved(source: dict[str, Any]) -> dict[str, Any]:
    return put_case(form(), source)[0]


def codes(source: dict[str, Any]) -> list[str]:
    return [finding.code for finding in check_document(source)]


def test_case__as_confirmed__is_green_and_no_finding() -> None:
    expected = {"steps": {"s": True, "t": True}, "values": {"t.fee": "192.00"}, "complete": True}
    assert codes(saved(case(TWO, **expected))) == []


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ({"steps": {"t": False}}, "Schritt „Schritt t“: Erwartet war „wird übersprungen“, jetzt aber: wird gefragt."),
        (
            {"questions": {"t.count": False}},
            "„Wie viele Hunde?“: Erwartet war „erscheint nicht“, jetzt aber: erscheint.",
        ),
        ({"values": {"t.fee": "96.00"}}, "Erwartet war „ist 96,00 €“, jetzt aber: ist 192,00 €."),
        ({"values": {"t.fee": ""}}, "Erwartet war „hat keinen Wert“, jetzt aber: ist 192,00 €."),
        ({"errors": {"t.count": "required"}}, "Erwartet war „wird beanstandet: die Antwort fehlt“"),
        ({"complete": False}, "Der Antrag: Erwartet war „kann noch nicht abgesendet werden“"),
        ({"steps": {"u": True}}, "Schritt „u“ gibt es nicht mehr. Erwartet war: wird gefragt."),
    ],
)
def test_case__that_differs__is_an_error_that_says_what_and_how_to_mend(expected: dict[str, Any], said: str) -> None:
    [finding] = check_document(saved(case(TWO, **expected)))
    assert (finding.code, finding.is_error, finding.test_id) == ("test_red", True, "fall_1")
    assert finding.place == "Testfall „Zwei Hunde“"
    assert said in finding.message_de
    assert "bestätigen Sie den Testfall neu" in finding.message_de


def test_case__red_by_a_rule__names_the_rule_as_a_sentence() -> None:
    [finding] = check_document(saved(case({"s.dog": False}, steps={"t": True})))
    assert "Die Bedingung dazu: Wenn „Haben Sie einen Hund?“ mit „Ja“ beantwortet ist." in finding.message_de


@pytest.mark.parametrize(
    "wrong",
    [
        [{"id": "a"}],
        [case(TWO) | {"id": "a"}],
        [case(TWO, steps={"s": "ja"}) | {"id": "a"}],
        [case(TWO, errors={"s.dog": True}) | {"id": "a"}],
        [case(TWO, complete=1) | {"id": "a"}],
        [case(TWO, complete=True) | {"id": "a", "today": "gestern"}],
        [case(TWO, complete=True) | {"id": "a"}] * 2,
        "kein Testfall",
        [7],
    ],
)
def test_tests__malformed__are_one_clear_finding_each(wrong: Any) -> None:
    found = check_document(form() | {"tests": wrong})
    assert {finding.code for finding in found} & {"test_invalid", "wrong_type"}
    assert all(finding.is_error for finding in found)


def test_tests__of_a_form__are_neither_in_its_hash_nor_in_its_flow() -> None:
    with_tests = load_flow(saved(case(TWO, complete=True)))
    assert with_tests.hash == load_flow(form()).hash
    assert "tests" not in with_tests.document


def test_rename__question_in_rows__test_cases_follow() -> None:
    answers = TWO | {"t.kids": ["r1"], "t.kids.r1.name": "Mia", "t.kids.r1.age": 3}
    source = saved(case(answers, questions={"t.kids.r1.age": True}, steps={"t": True}, values={"t.fee": "192.00"}))
    for path, name in [("t.kids.age", "years"), ("t.kids", "children"), ("t", "dogs")]:
        source = editing.rename_node(source, path, name)
    [kept] = source["tests"]
    assert set(kept["answers"]) == {
        "s.dog", "dogs.count", "dogs.children", "dogs.children.r1.name", "dogs.children.r1.years",
    }  # fmt: skip
    assert kept["expected"]["questions"] == {"dogs.children.r1.years": True}
    assert codes(source) == []


def test_delete__question_a_case_answers__is_a_hint_only() -> None:
    source = editing.delete_node(saved(case(TWO | {"t.kids": ["r1"]}, complete=True)), "t.kids")
    assert codes(source) == ["test_answer_unknown"]


def test_put_case__same_id__replaces_and_delete_removes() -> None:
    source = saved(case(TWO, complete=True))
    source, case_id = put_case(source, case(TWO, complete=False) | {"id": "fall_1"})
    assert (case_id, len(source["tests"])) == ("fall_1", 1)
    assert put_case(source, case(TWO, complete=True))[1] == "fall_2"
    assert "tests" not in delete_case(source, "fall_1")


def test_expectations__confirmed_all__make_a_green_case() -> None:
    trial = open_trial(form())
    answers = TWO | {"t.kids": ["r1"], "t.kids.r1.name": "Mia"}
    evaluation = run_case(trial.flow, open_trial(saved(case(answers, complete=False))).cases[0]).evaluation
    expected: dict[str, Any] = {}
    for line in list_expectations(trial.flow, evaluation):
        if line.kind == "complete":
            expected["complete"] = line.now
        else:
            expected.setdefault(line.kind, {})[line.key] = line.now
    assert expected["questions"] == {"t.kids.r1.age": True}
    assert expected["errors"] == {"t.kids.r1.age": "required"}
    assert codes(saved(case(answers, **expected))) == []


def test_coverage__one_case__names_the_missing_one_as_a_sentence() -> None:
    trial = open_trial(saved(case(TWO, complete=True)))
    coverage = measure_coverage(trial.flow, trial.ruled, run_cases(trial.flow, trial.cases))
    assert [(rule.subject, rule.effect, bool(rule.true_by), bool(rule.false_by)) for rule in coverage.rules] == [
        ("Schritt „Schritt t“", "wird gefragt", True, False),
        ("„Fee“", "Verzweigung in der Formel", True, False),
        ("„Age“", "erscheint", False, False),
    ]
    assert coverage.rules[0].hint == (
        "Es fehlt ein Testfall, in dem „Haben Sie einen Hund?“ mit „Nein“ beantwortet ist."
    )
    assert (coverage.seen, coverage.branches) == (2, 6)
