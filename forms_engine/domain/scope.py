"""What a path in a rule means: the questions of a flow, seen from a place inside its rows.

`row.x` is the innermost row, `outer.x` the row around it, `outer.outer.x` the one around that. A bare path starts at
the root, wherever the rule stands; where it passes a repeated group, it means the list of the values of all rows.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .logic import Frame, Reference, Rows, Run, Trouble, Type, Values
from .logic import types as kinds
from .model import Node, Step

CONTEXT = {"today": kinds.DATE, "municipality": kinds.TEXT}
CALCULATED = {
    "integer": kinds.INTEGER,
    "decimal": kinds.DECIMAL,
    "money": kinds.DECIMAL,
    "date": kinds.DATE,
    "text": kinds.TEXT,
    "yes_no": kinds.BOOL,
}
SIMPLE = {
    "text": kinds.TEXT,
    "integer": kinds.INTEGER,
    "decimal": kinds.DECIMAL,
    "date": kinds.DATE,
    "bool": kinds.BOOL,
    "files": kinds.FILES,
    "address": kinds.ADDRESS,
}

Start = Callable[[Values, Rows], Iterable[str]]


def type_of_kind(kind: str, values: Mapping[str, Any] | None) -> Type | None:
    """The type of a kind a field type names; `values` are the codes of a choice."""
    if kind == "enum":
        return Type("enum", values=values)
    if kind == "enum_list":
        return kinds.list_of(Type("enum", values=values))
    return SIMPLE.get(kind)


def parts_of(node: Node) -> dict[str, Type]:
    """What rules see of the parts of an answer."""
    parts = node.field.parts_of(node.settings)
    return {name: type_of_kind(part.kind, part.values) or kinds.TEXT for name, part in parts.items()}


def type_of(node: Node) -> Type | None:
    """What rules see of a node; None for content."""
    if node.is_group:
        return Type("rows", group=node.path) if node.repeat else Type("group", group=node.path)
    if node.type == "calculated":
        return CALCULATED[node.settings["result"]]
    if node.field.kind == "record":
        return Type("record", parts=parts_of(node))
    return type_of_kind(node.field.kind, node.settings.get("values"))


@dataclass(slots=True)
class FlowScope:
    """Resolves paths over all nodes of a flow."""

    nodes: Mapping[str, Node]
    steps: Mapping[str, Step]
    suggestions: int = 50  # so often a similar name is looked up: a hostile document could ask for millions

    def unknown(self, path: str) -> Trouble:
        hint = " Wählen Sie eine Frage, die es gibt."
        if self.suggestions > 0:
            self.suggestions -= 1
            close = difflib.get_close_matches(path[:100], self.nodes, 1, 0.75)
            hint = f" Meinten Sie „{close[0]}“?" if close else hint
        return Trouble("question_unknown", f"Die Regel nennt „{path[:100]}“. Diese Frage gibt es nicht (mehr).{hint}")

    def label(self, path: str) -> str:
        node = self.nodes.get(path)
        return node.label.get("de", path) if node else path

    def resolve(self, path: str, frames: tuple[Frame, ...]) -> Reference | Trouble:
        head, _, rest = path.partition(".")
        if head in CONTEXT:
            return self.unknown(path) if rest else self.context(head)
        if head in {"row", "outer"}:
            return self.resolve_row(path, frames)
        return self.resolve_absolute(path, path, frames)

    def context(self, name: str) -> Reference:
        return Reference(CONTEXT[name], lambda values, rows: values.get(name), frozenset())

    def resolve_row(self, path: str, frames: tuple[Frame, ...]) -> Reference | Trouble:
        parts = path.split(".")
        up = 0
        while parts and parts[0] == "outer":
            up += 1
            parts.pop(0)
        if parts and parts[0] == "row":
            parts.pop(0)
        if up >= len(frames):
            message = f"„{path}“ steht nicht in einem Eintrag einer Wiederholung (so viele gibt es hier nicht)."
            return Trouble("row_outside", message)
        at = len(frames) - 1 - up
        frame = frames[at]
        if frame.item is not None:
            return self.element(frame.item, at) if not parts else self.unknown(path)
        if not parts:
            return self.resolve_row_itself(frame.group, at)
        return self.resolve_absolute(path, f"{frame.group}.{'.'.join(parts)}", frames, at)

    def element(self, item: Type, at: int) -> Reference:
        return Reference(item, lambda values, rows: rows[at], frozenset())

    def resolve_row_itself(self, group: str, at: int) -> Reference:
        """`{"var": "row"}`: only whether anything is answered in it."""
        filled = self.filled_below(self.nodes[group], lambda values, rows: (rows[at],))
        reads = frozenset(node.path for node in self.nodes[group].walk())
        return Reference(Type("row", group=group), lambda values, rows: filled(values, rows) or None, reads, filled)

    def resolve_absolute(
        self, written: str, path: str, frames: tuple[Frame, ...], at: int | None = None
    ) -> Reference | Trouble:
        node = self.nodes.get(path)
        if node is not None:
            return self.reference(node, frames, at)
        parent, _, part = path.rpartition(".")
        owner = self.nodes.get(parent)
        if owner is not None and (found := parts_of(owner).get(part)) is not None:
            return self.part_of(owner, part, found, frames, at)
        return self.unknown(written) if path not in self.steps else is_step(written)

    def reference(self, node: Node, frames: tuple[Frame, ...], at: int | None) -> Reference | Trouble:
        found = type_of(node)
        if found is None:
            return Trouble("no_value", f"„{self.label(node.path)}“ ist ein Hinweistext und hat keine Antwort.")
        starts, open_groups = self.starts(node, frames, at)
        if node.is_group:
            return self.group_reference(node, found, starts, open_groups)
        if open_groups:
            return self.list_reference(node, found, starts)
        return Reference(found, self.single(node, frames, at), frozenset({node.path}))

    def single(self, node: Node, frames: tuple[Frame, ...], at: int | None) -> Run:
        if at is None:
            path = node.path
            return lambda values, rows: values.get(path)
        suffix = node.path[len(frames[at].group) :]
        return lambda values, rows: values.get(rows[at] + suffix)

    def starts(self, node: Node, frames: tuple[Frame, ...], at: int | None) -> tuple[Start, tuple[str, ...]]:
        """The prefixes a node lies under, row by row, and the repeated groups that have to be gone through."""
        group = frames[at].group if at is not None else ""
        open_groups = tuple(path for path in node.frames if len(path) > len(group))

        def run(values: Values, rows: Rows) -> Iterable[str]:
            return rows_below(values, rows[at] if at is not None else "", group, open_groups)

        return run, open_groups

    def list_reference(self, node: Node, found: Type, starts: Start) -> Reference | Trouble:
        if found.kind not in kinds.SCALARS:
            label = self.label(node.path)
            message = f"„{label}“ steht in einer Wiederholung und ist selbst eine Liste. Nutzen Sie „some“."
            return Trouble("type_clash", message)
        suffix = node.path[len(node.frames[-1]) :]

        def run(values: Values, rows: Rows) -> list[Any]:
            found = (values.get(prefix + suffix) for prefix in starts(values, rows))
            return [value for value in found if value is not None]

        return Reference(kinds.list_of(found), run, frozenset({node.path, *node.frames}))

    def group_reference(self, node: Node, found: Type, starts: Start, open_groups: tuple[str, ...]) -> Reference:
        base = node.frames[-1] if node.frames else ""
        suffix = node.path[len(base) :]
        reads = frozenset(inner.path for inner in node.walk())

        def paths(values: Values, rows: Rows) -> Iterable[str]:
            return [prefix + suffix for prefix in starts(values, rows)]

        def row_prefixes(values: Values, rows: Rows) -> list[str]:
            return [row for path in paths(values, rows) for row in values.get(f"{path}#") or ()]

        filled = self.filled_below(node, row_prefixes if node.repeat else paths)
        if node.repeat:
            return Reference(found, row_prefixes, reads, filled)
        return Reference(found, lambda values, rows: filled(values, rows) or None, reads, filled)

    def filled_below(self, group: Node, prefixes: Start) -> Run:
        """Is any question below answered? `prefixes` are the instances of the group (its rows where it repeats)."""
        leaves = [
            (leaf.path, tuple(path for path in leaf.frames if len(path) > len(group.path)))
            for leaf in group.walk()
            if leaf.is_question
        ]
        plain = [path[len(group.path) :] for path, inner in leaves if not inner]
        repeated = [(path, inner) for path, inner in leaves if inner]
        if not repeated and not group.repeat and not group.frames:
            return has_any([group.path + suffix for suffix in plain])

        def run(values: Values, rows: Rows) -> bool:
            for prefix in prefixes(values, rows):
                if any(prefix + suffix in values for suffix in plain):
                    return True
                for path, inner in repeated:
                    suffix = path[len(inner[-1]) :]
                    if any(start + suffix in values for start in rows_below(values, prefix, group.path, inner)):
                        return True
            return False

        return run

    def part_of(
        self, owner: Node, part: str, found: Type, frames: tuple[Frame, ...], at: int | None
    ) -> Reference | Trouble:
        _, open_groups = self.starts(owner, frames, at)
        if open_groups:
            return Trouble("type_clash", "Teile einer Antwort in einer Wiederholung sind nur mit „row.“ erreichbar.")
        whole = self.single(owner, frames, at)

        def run(values: Values, rows: Rows) -> Any:
            answer = whole(values, rows)
            return answer.get(part) if answer else None

        return Reference(found, run, frozenset({owner.path}))


def has_any(paths: list[str]) -> Run:
    """Is one of these questions answered? The frequent case: a group outside of all rows."""
    return lambda values, rows: not values.keys().isdisjoint(paths)


def rows_below(values: Values, prefix: str, base: str, groups: tuple[str, ...]) -> list[str]:
    """The prefixes of all rows of repeated groups inside each other, seen from one instance of what is around them."""
    found = [prefix]
    for group in groups:
        suffix = group[len(base) :]
        found = [row for start in found for row in values.get(f"{start}{suffix}#") or ()]
        base = group
    return found


def is_step(path: str) -> Trouble:
    return Trouble("no_value", f"„{path}“ ist ein Schritt. Eine Regel braucht eine Frage oder eine Gruppe.")
