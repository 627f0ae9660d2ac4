"""What the page "Ausprobieren" posts: answers so far, inputs of the questions shown, rows added and removed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict

from common.api import clock, json_boundary
from forms_engine.desk.trial_inputs import input_of
from forms_engine.domain import Evaluation, Flow, evaluate, parse_input, step_view
from forms_engine.domain.editing import EditRefused
from forms_engine.domain.trials import KINDS, Expectation
from forms_engine.domain.trials.case import MAPS
from forms_engine.fields import dates

Answers = dict[str, Any]
INPUT, ASKED = "a:", "asked"
VERDICTS = ("stimmt", "anders")


def read_day(text: str) -> date:
    """The day the form is tried on; today when none is given."""
    return dates.parse_iso(text.strip()) or clock.today()


def read_answers(posted: QueryDict, flow: Flow) -> Answers:
    """The answers so far with what was typed into the inputs that were shown. Raises EditRefused."""
    answers = stored_answers(posted.get("answers", ""))
    raw: Answers = {}
    for path in posted.getlist(ASKED):
        node = flow.find_node(path)
        if node is not None:
            answers.pop(path, None)
            raw[path] = input_of(node).read(posted, INPUT + path, node)
    parsed = parse_input(flow, {path: value for path, value in raw.items() if value is not None})
    return change_rows(posted, answers | {path: value for path, value in parsed.items() if value is not None})


def stored_answers(text: str) -> Answers:
    try:
        found = json_boundary.loads(text.encode("utf-8", "surrogatepass")) if text else {}
    except json_boundary.JSONRefused:
        found = None
    if not isinstance(found, dict):
        raise EditRefused("Die Antworten sind nicht lesbar. Bitte beginnen Sie das Ausprobieren neu.")
    return found


def change_rows(posted: QueryDict, answers: Answers) -> Answers:
    """A row more or less, where a button for it was pressed."""
    added, removed = posted.get("add", ""), posted.get("remove", "")
    if added:
        rows = list(answers.get(added) or [])
        free = next(name for number in range(1, len(rows) + 2) if (name := f"r{number}") not in rows)
        return answers | {added: [*rows, free]}
    if removed:
        group, _, row = removed.rpartition(".")
        kept = {path: value for path, value in answers.items() if not path.startswith(removed + ".")}
        return kept | {group: [one for one in answers.get(group) or [] if one != row]}
    return answers


def evaluate_trial(flow: Flow, answers: Answers, day: date, municipality: str) -> Evaluation:
    return evaluate(flow, answers, today=day, municipality=municipality)


def list_pages(flow: Flow, evaluation: Evaluation, answers: Answers) -> list[dict[str, Any]]:
    """The steps that are asked, each with its questions as inputs and with what is wrong."""
    pages = []
    for step_id in evaluation.steps:
        view = step_view(flow, evaluation, step_id, "de", answers, evaluation.errors_of_step(step_id))
        pages.append(view["step"] | {"nodes": visible(flow, view["nodes"])})
    return pages


def visible(flow: Flow, views: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [for_input(flow, view) for view in views if view["visible"]]


def for_input(flow: Flow, view: dict[str, Any]) -> dict[str, Any]:
    """A node as the template shows it: `widget` names the kind of input."""
    if view["type"] == "group" and "rows" in view:
        rows = [row | {"nodes": visible(flow, row["nodes"])} for row in view["rows"]]
        return view | {"widget": "rows", "rows": rows}
    if "nodes" in view:
        return view | {"widget": "group", "nodes": visible(flow, view["nodes"])}
    node = flow.find_node(view["path"])
    if node is None or not node.is_question:
        return view | {"widget": view["type"]}
    found = input_of(node, view)
    return view | {"widget": found.widget} | found.show(node, view)


def read_expected(request: HttpRequest, lines: list[Expectation]) -> dict[str, Any]:
    """What the editor confirmed, line by line; all of it with the button "Alles stimmt so"."""
    everything = request.POST.get("confirm") == "all"
    expected: dict[str, Any] = {}
    for number, line in enumerate(lines):
        verdict = "stimmt" if everything else request.POST.get(f"line-{number}", "")
        if verdict not in VERDICTS:
            continue
        value = line.now if verdict == "stimmt" else other_value(request, number, line)
        if line.kind in MAPS:
            expected.setdefault(line.kind, {})[line.key] = value
        else:
            expected[line.kind] = value
    return expected


def other_value(request: HttpRequest, number: int, line: Expectation) -> Any:
    """What it should be instead: the opposite, no error, or the value that was typed."""
    if isinstance(line.now, bool):
        return not line.now
    if line.kind == KINDS["errors"].key:
        return ""
    return request.POST.get(f"other-{number}", "").strip()
