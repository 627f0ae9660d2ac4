"""Carrying a migration out on the answers of one draft, over one version or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms_engine.domain.model import Flow, Node
from forms_engine.fields import Text

from .document import Migration
from .fitting import converted, has_same_rows, is_compatible, path_in_rows, rows_of, with_rows

UNFIT = {
    "de": "Diese Angabe passt nicht mehr zum Formular.",
    "en": "This answer no longer fits the form.",
    "de-simple": "Diese Angabe passt nicht mehr zum Formular.",
}


@dataclass(frozen=True, slots=True)
class Hop:
    """One published migration with the flows at both ends."""

    old: Flow
    new: Flow
    migration: Migration


@dataclass(frozen=True, slots=True)
class Left:
    """An answer (or a part of one) that has no place any more. `path` and `value` are those of the flow `hash`."""

    path: str
    value: Any
    reason: Text
    hash: str


@dataclass(slots=True)
class Moved:
    """`answers` for the new flow; `taken`: old path -> new path; what was left behind."""

    answers: dict[str, Any] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)


def migrate(hops: Sequence[Hop], answers: dict[str, Any]) -> Moved:
    """Carry out one migration after the other. No answer disappears: each is in `taken` or in `left`."""
    whole = Moved(dict(answers), {path: path for path in answers})
    for hop in hops:
        moved = carry_out(hop, whole.answers)
        whole.taken = {path: moved.taken[now] for path, now in whole.taken.items() if now in moved.taken}
        whole.left += moved.left
        whole.answers = moved.answers
    return whole


def carry_out(hop: Hop, answers: dict[str, Any]) -> Moved:
    moved = Moved()
    for path, value in answers.items():
        move_answer(hop, path, value, moved)
    set_defaults(hop, moved)
    return moved


def move_answer(hop: Hop, path: str, value: Any, moved: Moved) -> None:
    old = hop.old.nodes.get(hop.old.flow_path(path) or "")
    reason = hop.migration.reason_of(old.path) if old else {}
    new = hop.new.nodes.get(hop.migration.target_of(old.path) or "") if old else None
    if old is None or new is None or not is_compatible(old, new) or not has_same_rows(old, new, hop.migration):
        moved.left.append(Left(path, value, reason or UNFIT, hop.old.hash))
        return
    kept, gone = renamed_options(hop.migration, old, value)
    if gone:
        moved.left.append(
            Left(path, gone[0] if old.type == "choice" else gone, gone_reason(hop, old, gone), hop.old.hash)
        )
    if kept is None:
        return
    target = with_rows(new, rows_of(old, path))
    moved.taken[path], moved.answers[target] = target, converted(old, new, kept)


def renamed_options(migration: Migration, old: Node, value: Any) -> tuple[Any, list[str]]:
    """The answer in the new values (None: nothing of it is left), and the old values that are gone."""
    if not old.options or not any(path == old.path for path, _value in migration.options):
        return value, []
    chosen = value if isinstance(value, list) else [value]
    changes = [migration.options.get((old.path, one)) if isinstance(one, str) else None for one in chosen]
    kept = [one if change is None else change.becomes for one, change in zip(chosen, changes, strict=True)]
    gone = [one for one, found in zip(chosen, kept, strict=True) if found is None]
    stay = list(dict.fromkeys(found for found in kept if found is not None))
    if not isinstance(value, list):
        return (stay[0] if stay else None), gone
    return (stay if stay or not value else None), gone


def gone_reason(hop: Hop, old: Node, gone: list[str]) -> Text:
    change = hop.migration.options.get((old.path, gone[0]))
    return (change.reason if change else {}) or UNFIT


def set_defaults(hop: Hop, moved: Moved) -> None:
    """Where a new question has no answer, in each row it is asked in."""
    for path, value in hop.migration.defaults.items():
        node = hop.new.nodes.get(path)
        for instance in instances(node, moved.answers) if node else ():
            moved.answers.setdefault(instance, value)


def instances(node: Node, answers: dict[str, Any]) -> Iterator[str]:
    """The paths of a question in all rows the answers have."""
    found: list[list[str]] = [[]]
    for number, frame in enumerate(node.frames):
        around = node.frames[:number]
        listed = [(rows, answers.get(path_in_rows(frame, around, rows))) for rows in found]
        found = [[*rows, row] for rows, ids in listed if isinstance(ids, list) for row in ids if isinstance(row, str)]
    return (with_rows(node, rows) for rows in found)
