"""What a request may change in a draft: answers of visible questions, rows of visible groups, nothing else."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.domain import Evaluation, Flow, known_paths, parse_input
from forms_engine.problems import AnswersWrong
from forms_engine.services.evaluation import evaluate_now, find_question, takes_answer

MAX_ANSWER_CHARACTERS = 20_000
MAX_ALL_CHARACTERS = 1_500_000


@dataclass(frozen=True)
class Change:
    """`answers`: path -> raw input (None clears); `add_rows`: group paths; `remove_rows`: `group path.row id`."""

    answers: dict[str, Any] = field(default_factory=dict)
    add_rows: tuple[str, ...] = ()
    remove_rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangeOutcome:
    """All answers after the change, and the paths that were not taken."""

    answers: dict[str, Any]
    ignored: list[str]


def apply_change(flow: Flow, answers: dict[str, Any], change: Change) -> ChangeOutcome:
    """The answers after the change. A wrong value is kept as typed; unknown and hidden paths are not stored.
    Raises AnswersWrong for an endless value or too many rows."""
    refuse_endless(change.answers)
    merged = _without_rows(flow, answers, change.remove_rows)
    merged, added_ignored = _with_new_rows(flow, merged, change.add_rows)
    merged, ignored = _merge(flow, merged, change.answers)
    if len(json.dumps(merged, ensure_ascii=False)) > MAX_ALL_CHARACTERS:
        raise AnswersWrong([{"path": "", "code": "too_large", "message": _("Der Antrag ist insgesamt zu lang.")}])
    return ChangeOutcome(merged, sorted({*ignored, *added_ignored}))


def _merge(flow: Flow, answers: dict[str, Any], raw: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Stored answers with those of `raw` whose question is visible once all of `raw` is in: a question and the one
    that opens it may arrive in one request. Hidden values do not count, so what they hide stays hidden."""
    if not raw:
        return answers, []
    parsed = parse_input(flow, raw)
    evaluation = evaluate_now(flow, _without_cleared(answers | parsed))
    known = known_paths(flow, raw, evaluation)
    taken = {path for path in known.kept if path in parsed and takes_answer(flow.find_node(path))}
    merged = _without_cleared(answers | {path: parsed[path] for path in taken})
    return merged, sorted({*known.ignored, *(set(known.kept) - taken)})


def _without_cleared(answers: dict[str, Any]) -> dict[str, Any]:
    return {path: value for path, value in answers.items() if value is not None}


def refuse_endless(raw: dict[str, Any]) -> None:
    """Raises AnswersWrong naming each answer of more than 20,000 characters."""
    message = _("Diese Angabe ist zu lang. Erlaubt sind höchstens 20.000 Zeichen.")
    errors = [
        {"path": path[:200], "code": "too_long", "message": message}
        for path, value in raw.items()
        if len(path) > 500 or len(value if isinstance(value, str) else json.dumps(value)) > MAX_ANSWER_CHARACTERS
    ]
    if errors:
        raise AnswersWrong(errors)


def _with_new_rows(flow: Flow, answers: dict[str, Any], groups: tuple[str, ...]) -> tuple[dict[str, Any], list[str]]:
    """A new row at the end of each group; rows a group has by its minimum count as being there."""
    ignored = []
    for path in groups:
        evaluation = evaluate_now(flow, answers)
        node = find_question(flow, evaluation, path)
        if node is None or not node.repeat:
            ignored.append(path)
            continue
        rows = evaluation.rows.get(path, [])
        _refuse_too_many_rows(path, len(rows), node.repeat.max)
        answers = answers | {path: [*rows, new_row_id(rows)]}
    return answers, ignored


def _refuse_too_many_rows(path: str, count: int, limit: int | None) -> None:
    if limit is not None and count >= limit:
        message = _("Mehr als {limit} Einträge sind hier nicht möglich.").format(limit=limit)
        raise AnswersWrong([{"path": path, "code": "too_many_rows", "message": message}])


def new_row_id(taken: list[str]) -> str:
    """A row id that was never used: deleting one row must not move the answers of another."""
    while (row := f"r{secrets.token_hex(3)}") in taken:
        pass
    return row


def _without_rows(flow: Flow, answers: dict[str, Any], removed: tuple[str, ...]) -> dict[str, Any]:
    for row_path in removed:
        group, _dot, row = row_path.rpartition(".")
        rows = evaluate_now(flow, answers).rows.get(group, [])
        if row not in rows:
            continue
        answers = {p: v for p, v in answers.items() if not p.startswith(f"{row_path}.")}
        answers[group] = [item for item in rows if item != row]
    return answers


def visible_file_ids(flow: Flow, answers: dict[str, Any], evaluation: Evaluation) -> set[str]:
    """Ids of files that belong to a visible file question: those that are handed in."""
    found: set[str] = set()
    for path in evaluation.visible:
        node = flow.find_node(path)
        if node is not None and node.type == "file" and isinstance(answers.get(path), list):
            found.update(str(item) for item in answers[path])
    return found
