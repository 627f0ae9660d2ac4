"""Which answers may be stored at all: those to questions that exist and are visible."""

from __future__ import annotations

from typing import Any, NamedTuple

from .answers import flatten_answers, fold_parts
from .evaluation import Evaluation
from .model import Flow, Node


class KnownPaths(NamedTuple):
    """Answers to questions that exist and are visible, and the paths of all others."""

    kept: dict[str, Any]
    ignored: list[str]


def known_paths(flow: Flow, answers: Any, evaluation: Evaluation) -> KnownPaths:
    """Sift answers: only those of questions (and rows) that exist and are visible may be stored."""
    flat = fold_parts(flow, flatten_answers(flow, answers))
    visible = set(evaluation.visible)
    kept = {path: value for path, value in flat.items() if path in visible and takes_answer(flow.find_node(path))}
    return KnownPaths(kept, sorted(set(flat) - set(kept)))


def takes_answer(node: Node | None) -> bool:
    return node is not None and (node.is_question or node.repeat is not None)
