"""Does an answer fit another question? By type and by the repeated groups around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from forms_engine.domain.answers import stored
from forms_engine.domain.model import Flow, Node

from .document import Migration

TEXTS = frozenset({"text", "long_text", "email", "phone", "iban", "tax_id", "vehicle_plate"})
WIDER: dict[str, frozenset[str]] = {  # what an answer of a type may become, beside the same type
    **dict.fromkeys(TEXTS, TEXTS),
    "integer": frozenset({"decimal", "money", "text", "long_text"}),
    "decimal": frozenset({"money", "text", "long_text"}),
    "choice": frozenset({"multi_choice"}),
}


def takes_answer(node: Node | None) -> bool:
    """Is there something to store for it? Repeated groups store their rows."""
    return node is not None and (node.is_question or node.repeat is not None)


def answered_nodes(flow: Flow) -> list[Node]:
    return [node for node in flow.nodes.values() if takes_answer(node)]


def is_compatible(old: Node, new: Node) -> bool:
    """May answers of `old` be answers of `new`, by type?"""
    if not takes_answer(new) or (old.repeat is None) != (new.repeat is None):
        return False
    return old.type == new.type or new.type in WIDER.get(old.type, ())


def has_same_rows(old: Node, new: Node, migration: Migration) -> bool:
    """Do the repeated groups around the old question become those around the new one?"""
    return [migration.target_of(frame) for frame in old.frames] == list(new.frames)


def converted(old: Node, new: Node, value: Any) -> Any:
    """A stored answer as the new question stores it; what it cannot read stays as typed."""
    if old.type == new.type:
        return value
    if old.type == "choice":
        return [value]
    return stored(new, value if isinstance(value, str) else str(value))


def rows_of(node: Node, path: str) -> list[str]:
    """The row ids in the path of an instance of `node`, outermost first."""
    parts = path.split(".")
    return [parts[frame.count(".") + 1 + number] for number, frame in enumerate(node.frames)]


def with_rows(node: Node, rows: list[str]) -> str:
    """The path of the instance of `node` in these rows."""
    return path_in_rows(node.path, node.frames, rows)


def path_in_rows(path: str, frames: Sequence[str], rows: list[str]) -> str:
    """A path with the ids of the rows of the repeated groups `frames` around it."""
    at, found = 0, ""
    for frame, row in zip(frames, rows, strict=True):
        found += f"{path[at : len(frame)]}.{row}"
        at = len(frame)
    return found + path[at:]
