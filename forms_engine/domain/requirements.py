"""The pre-check: may I apply, and what do I need? Made of the form's own rules, before a draft exists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms_engine.fields import say

from .evaluation import Evaluation, evaluate
from .model import Flow, Node

STATES = {True: "met", False: "failed", None: "open"}


@dataclass(frozen=True, slots=True)
class RequirementsResult:
    """`questions`: paths to ask, in order; `results`: {id, title, state met|failed|open, text}; `eligible`: None = not
    known yet; `needed`: {kind "bring"|"file", text} to have at hand."""

    questions: list[str]
    results: list[dict[str, Any]]
    eligible: bool | None
    needed: list[dict[str, str]]
    evaluation: Evaluation = field(repr=False, compare=False)


def check_requirements(
    flow: Flow, answers: Any, *, today: date, municipality: str | None = None, locale: str = "de"
) -> RequirementsResult:
    """Say who may apply and what is needed, as far as the answers so far tell. Pure; nothing is stored."""
    evaluation = evaluate(flow, answers, today=today, municipality=municipality)
    states = [requirement.run(evaluation.context, ()) for requirement in flow.requirements]
    results = [
        {
            "id": requirement.id,
            "title": say(requirement.title, locale, flow.default_locale),
            "state": STATES[state],
            "text": say(requirement.failed, locale, flow.default_locale) if state is False else "",
        }
        for requirement, state in zip(flow.requirements, states, strict=True)
    ]
    eligible = False if False in states else None if None in states else True
    questions, hand = list_questions(flow, evaluation), needed(flow, evaluation, locale)
    return RequirementsResult(questions, results, eligible, hand, evaluation)


def list_questions(flow: Flow, evaluation: Evaluation) -> list[str]:
    """Questions the pre-check has to ask: what its rules read, and what decides whether that is asked at all."""
    wanted = needed_paths(flow, [part.reads for part in (*flow.requirements, *flow.bring)])
    return [path for path in evaluation.visible if path in wanted and can_be_asked(flow.nodes[path])]


def can_be_asked(node: Node) -> bool:
    return node.is_question and node.type != "file"


def needed_paths(flow: Flow, reads: Iterable[frozenset[str]]) -> set[str]:
    found: set[str] = set()
    stack = [path for paths in reads for path in paths]
    while stack:
        path = stack.pop()
        if path not in found:
            found.add(path)
            stack.extend(flow.reads.get(path, ()))
    return found & flow.nodes.keys()


def needed(flow: Flow, evaluation: Evaluation, locale: str) -> list[dict[str, str]]:
    """What to have at hand: the form's own list, then the files it asks for."""
    found = [
        {"kind": "bring", "text": say(item.text, locale, flow.default_locale)}
        for item in flow.bring
        if item.run is None or item.run(evaluation.context, ()) is True
    ]
    for path in evaluation.visible:
        node = flow.find_node(path)
        if node is not None and node.type == "file" and not node.frames and path in evaluation.required:
            found.append({"kind": "file", "text": say(node.label, locale, flow.default_locale)})
    return found
