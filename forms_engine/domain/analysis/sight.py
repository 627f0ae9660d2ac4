"""What a path in a rule means for the analysis: which answer, in which row.

Rows get made-up ids, one for each repeated group: those around the rule (`1`, `2`, …), one for „some row“ (`~1`, …).
Two paths that mean the same answer in the same row get the same term.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from forms_engine.domain.logic.types import NUMBERS
from forms_engine.domain.model import Flow, Node
from forms_engine.domain.scope import parts_of, type_of

from .constraints import Term
from .domains import Domain
from .limits import domain_of_part, own_domain

Instance = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowInSight:
    """One row of a repeated group, with the ids of the rows around it and its own."""

    group: str
    instance: Instance


@dataclass(frozen=True, slots=True)
class ItemInSight:
    """One element of a list of answers."""

    name: str
    kind: str


Sight = tuple[RowInSight | ItemInSight, ...]


@dataclass(frozen=True, slots=True)
class ListRead:
    """The values of a question in all rows."""

    node: Node
    key: str


@dataclass(frozen=True, slots=True)
class GroupRead:
    """A group (or the rows of a repeated one), in the rows around it. `is_single`: it is one group, not one a row."""

    node: Node
    instance: Instance
    is_single: bool
    key: str


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row itself."""

    row: RowInSight


Read = Term | ListRead | GroupRead | RowRead


@dataclass(slots=True)
class Paths:
    """Resolves the paths of a flow."""

    flow: Flow
    terms: dict[tuple[str, Instance], Term] = field(default_factory=dict)

    def sight_of(self, node: Node | None, instance: Instance, *, inside: bool = False) -> Sight:
        """The rows in sight of a rule of this node; `inside`: of a rule about one of its own rows."""
        if node is None:
            return ()
        frames = (*node.frames, node.path) if inside else node.frames
        return tuple(RowInSight(group, instance[: at + 1]) for at, group in enumerate(frames))

    def resolve(self, path: str, sight: Sight) -> Read | None:
        """None where the path means nothing."""
        head, _, rest = path.partition(".")
        if head == "today" and not rest:
            return Term("today", "date", Domain(is_answered=True))
        if head == "municipality" and not rest:
            return Term("municipality", "text", Domain())
        if head not in {"row", "outer"}:
            return self.find(path, "", ())
        up = 0
        parts = path.split(".")
        while parts and parts[0] == "outer":
            up += 1
            parts.pop(0)
        if parts and parts[0] == "row":
            parts.pop(0)
        if up >= len(sight):
            return None
        frame = sight[len(sight) - 1 - up]
        if isinstance(frame, ItemInSight):
            return None if parts else Term(frame.name, frame.kind, Domain())
        if not parts:
            return RowRead(frame)
        return self.find(f"{frame.group}.{'.'.join(parts)}", frame.group, frame.instance)

    def find(self, path: str, group: str, instance: Instance) -> Read | None:
        node = self.flow.nodes.get(path)
        if node is None:
            return self.find_part(path, group, instance)
        ahead = tuple(frame for frame in node.frames if len(frame) > len(group))
        key = f"{path}@{'/'.join(instance)}"
        if node.is_group:
            return GroupRead(node, instance, not ahead, key)
        return ListRead(node, f"{key}*") if ahead else self.answer(node, instance)

    def find_part(self, path: str, group: str, instance: Instance) -> Term | None:
        """A part of an answer: the town of an address, the last day of a period."""
        parent, _, part = path.rpartition(".")
        owner = self.flow.nodes.get(parent)
        found = owner and parts_of(owner).get(part)
        if not owner or not found or any(len(one) > len(group) for one in owner.frames):
            return None
        return Term(f"{path}@{'/'.join(instance)}", found.kind, domain_of_part(owner, part), owner, instance)

    def answer(self, node: Node, instance: Instance) -> Term:
        instance = instance[: len(node.frames)]
        found = self.terms.get((node.path, instance))
        if found is None:
            key = f"{node.path}@{'/'.join(instance)}"
            found = Term(key, kind_of_node(node), own_domain(node), node, instance)
            self.terms[node.path, instance] = found
        return found


def kind_of_node(node: Node) -> str:
    """bool, integer, decimal, date, enum, text, or another word for what is not compared."""
    found = type_of(node)
    return found.kind if found else "none"


def is_number(kind: str) -> bool:
    return kind in NUMBERS or kind == "number"


def split(rule: Any) -> tuple[str, list[Any]]:
    """Operator and operands; no operator for a literal."""
    if not isinstance(rule, dict) or len(rule) != 1:
        return "", []
    name, raw = next(iter(rule.items()))
    return name, raw if isinstance(raw, list) else [raw]
