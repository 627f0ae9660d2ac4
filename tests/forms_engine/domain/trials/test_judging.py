"""Why something is asked or not, in sentences, rows included."""

from __future__ import annotations

from datetime import date
from typing import Any

from forms_engine.domain import evaluate, open_trial
from forms_engine.domain.trials import judge_rules
from tests.forms_engine.domain.flows import document, group, node, step, text

YES = {"==": [{"var": "s.yes"}, True]}


def judged(source: dict[str, Any], answers: dict[str, Any]) -> list[tuple[str, str, str]]:
    trial = open_trial(source)
    evaluation = evaluate(trial.flow, answers, today=date(2026, 3, 1))
    return [(one.subject, one.effect, one.verdict) for one in judge_rules(trial.flow, list(trial.ruled), evaluation)]


def test_rule__with_answers__holds_or_not_or_is_open() -> None:
    source = document(step("s", node("yes", "yes_no"), node("more", visible=YES)))
    for answer, verdict in [
        (True, "trifft zu"),
        (False, "trifft nicht zu"),
        (None, "noch offen: es fehlt eine Antwort"),
    ]:
        assert judged(source, {"s.yes": answer}) == [("„More“", "erscheint", verdict)]


def test_rule__inside_something_hidden__is_not_looked_at() -> None:
    source = document(step("s", node("yes", "yes_no")), step("t", node("x"), node("more", visible=YES), when=YES))
    assert judged(source, {"s.yes": False}) == [
        ("Schritt „Schritt t“", "wird gefragt", "trifft nicht zu"),
        ("„More“", "erscheint", "nicht geprüft, weil das davor ausgeblendet ist"),
    ]


def test_rule__in_rows__is_judged_in_each_row() -> None:
    old = {">=": [{"var": "row.age"}, 6]}
    source = document(step("s", group("kids", node("age", "integer"), node("school", visible=old), repeat={})))
    answers = {"s.kids": ["r1", "r2"], "s.kids.r1.age": 3, "s.kids.r2.age": 7}
    assert judged(source, answers) == [
        ("„School“ (r1)", "erscheint", "trifft nicht zu"),
        ("„School“ (r2)", "erscheint", "trifft zu"),
    ]


def test_rule__made_of_parts__says_which_part_fails() -> None:
    both = {"and": [YES, {">": [{"var": "s.count"}, 3]}]}
    source = document(step("s", node("yes", "yes_no"), node("count", "integer"), node("more", visible=both)))
    trial = open_trial(source)
    evaluation = evaluate(trial.flow, {"s.yes": True, "s.count": 2}, today=date(2026, 3, 1))
    [found] = judge_rules(trial.flow, list(trial.ruled), evaluation)
    assert [holds for _, holds in found.parts] == [True, False]
    assert "„Count“" in found.parts[1][0]


def test_check_and_requirement__are_named_by_their_texts() -> None:
    check = {"rule": {"<": [{"var": "s.count"}, 9]}, "message": text("zu viel")}
    needed = {"id": "r", "title": text("Genug"), "failed": text("f"), "rule": {">": [{"var": "s.count"}, 1]}}
    source = document(step("s", node("count", "integer", valid=[check])), requirements=[needed])
    assert judged(source, {"s.count": 5}) == [
        ("„Count“", "Prüfung", "trifft zu"),
        ("„Genug“", "Voraussetzung", "trifft zu"),
    ]
