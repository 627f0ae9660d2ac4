"""The domain with the inputs of this city: today's date and the municipality. The only place that passes them in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from common.api import clock
from forms_engine.domain import Evaluation, Flow, Node, Problem, as_json, evaluate

NOT_ANSWERED_BY_PATCH = {"content", "calculated", "file"}


def evaluate_now(flow: Flow, answers: dict[str, Any], *, today: date | None = None) -> Evaluation:
    """Evaluate as of `today` (default: the city's date of now)."""
    return evaluate(flow, answers, today=today or clock.today(), municipality=settings.MUNICIPALITY_KEY)


def find_question(flow: Flow, evaluation: Evaluation, path: str) -> Node | None:
    """The node of a question or repeated group that exists and is visible now, else None."""
    if path not in evaluation.visible:
        return None
    node: Node | None = flow.find_node(path)
    return node


def takes_answer(node: Node | None) -> bool:
    """True for what a person answers by typing or choosing; files come by upload, groups only when they repeat."""
    if node is None or node.type in NOT_ANSWERED_BY_PATCH:
        return False
    return node.type != "group" or bool(node.repeat)


def counting_answers(answers: dict[str, Any], evaluation: Evaluation) -> dict[str, Any]:
    """Only what is visible: the answers that are handed in."""
    visible = set(evaluation.visible)
    return {path: value for path, value in answers.items() if path in visible}


def calculated_values(flow: Flow, evaluation: Evaluation) -> dict[str, Any]:
    """What the form worked out, as stored: decimals as strings, dates in ISO form."""
    nodes = {path: flow.find_node(path) for path in evaluation.values}
    calculated = {path for path, node in nodes.items() if node is not None and node.type == "calculated"}
    return as_json(flow, {path: value for path, value in evaluation.values.items() if path in calculated})


def problem_items(problems: list[Problem], locale: str) -> list[dict[str, str]]:
    """Wrong answers as {path, code, message, label} for the API."""
    return [{"path": p.path, "code": p.code, "message": p.message(locale), "label": p.label(locale)} for p in problems]
