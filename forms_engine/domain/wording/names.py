"""What a path in a rule is called and of what kind it is: the ground the sentences stand on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from forms_engine.domain.model import Flow, Node
from forms_engine.fields import Part, field_types, say
from forms_engine.fields.grammar import quoted

from .phrases import PHRASES

COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}
CONDITIONS = COMPARISONS | {"and", "or", "not", "!", "xor", "in", "some", "all", "none", "is_empty", "is_valid_date"}


KIND_IN_WORDS = {"integer": "number", "decimal": "number", "enum_list": "list", "files": "list"}


def split(rule: Any) -> tuple[str, list[Any]]:
    """Operator and operands; no operator for a literal."""
    if not isinstance(rule, dict) or len(rule) != 1:
        return "", []
    name, args = next(iter(rule.items()))
    return str(name), args if isinstance(args, list) else [args]


def path_of(rule: Any) -> str:
    args = split(rule)[1]
    return args[0] if args and isinstance(args[0], str) else ""


def enumerate_words(parts: list[str], word: str) -> str:
    """a, b und c"""
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + f" {word} " + parts[-1]


@dataclass(slots=True)
class Names:
    """Names and kinds of the questions of a flow, seen from the place of a rule."""

    flow: Flow
    locale: str
    place: str | None
    rows: tuple[str, ...] = ()  # repeated groups gone through by some, all, map, …

    def phrase(self, key: str, **parts: str) -> str:
        return PHRASES.get(self.locale, PHRASES["de"])[key].format(**parts)

    def inside(self, source: Any) -> Self:
        """The writer for what is said of one row of a list."""
        node = self.node_of(source if split(source)[0] != "filter" else split(source)[1][0])
        return replace(self, rows=(*self.rows, node.path if node else ""))

    def node_of(self, rule: Any) -> Node | None:
        return self.find(path_of(rule)) if split(rule)[0] == "var" else None

    def node_beside(self, rule: Any) -> Node | None:
        """The question whose answers a literal beside it names; `coalesce` looks through to its first operand."""
        while split(rule)[0] == "coalesce" and split(rule)[1]:
            rule = split(rule)[1][0]
        return self.node_of(rule)

    def owner_beside(self, rule: Any) -> Node | None:
        """The question of the part of an answer a literal stands beside."""
        found = self.part_of(rule)
        return found[0] if found else None

    def find(self, path: str) -> Node | None:
        head, _, rest = path.partition(".")
        if head not in {"row", "outer"}:
            return self.flow.nodes.get(path)
        frames = (*self.frames(), *self.rows)
        up = 0
        while head == "outer":
            up += 1
            head, _, rest = rest.partition(".") if rest.startswith(("outer.", "row.")) else ("", "", rest)
        if up < len(frames):
            return self.flow.nodes.get(f"{frames[len(frames) - 1 - up]}.{rest}")
        return next((node for node in self.flow.nodes.values() if node.frames and node.path.endswith(f".{rest}")), None)

    def frames(self) -> tuple[str, ...]:
        node = self.flow.find_node(self.place) if self.place else None
        if node is None:
            return ()
        return (*node.frames, node.path) if node.repeat else node.frames

    def kind_of(self, rule: Any) -> str:
        """bool, enum, list, date, duration, number or text, as far as a glance tells."""
        name, args = split(rule)
        if name == "var":
            return self.kind_of_variable(rule)
        if name in CONDITIONS:
            return "bool"
        if name in {"add_days", "add_months", "add_duration"}:
            return "date"
        if name == "period":
            return "duration"
        if name == "cat":
            return "text"
        if name in {"if", "coalesce", "min", "max"} and args:
            return self.kind_of(args[1] if name == "if" and len(args) > 1 else args[0])
        if name in {"map", "filter"}:
            return "list"
        return "number" if name else "text" if isinstance(rule, str) else "number"

    def part_of(self, rule: Any) -> tuple[Node, Part] | None:
        """The part of an answer a `var` names, with its question."""
        owner_path, _, name = path_of(rule).rpartition(".")
        owner = self.find(owner_path) if split(rule)[0] == "var" else None
        part = owner.field.parts_of(owner.settings).get(name) if owner is not None else None
        return (owner, part) if owner is not None and part is not None else None

    def kind_of_variable(self, rule: Any) -> str:
        if path_of(rule) == "today":
            return "date"
        node = self.node_of(rule)
        if node is None:
            found = self.part_of(rule)
            return KIND_IN_WORDS.get(found[1].kind, found[1].kind) if found else "text"
        kind = node.field.kind
        if node.type == "calculated":
            kind = field_types.get(node.settings.get("result", "text")).kind
        return KIND_IN_WORDS.get(kind, kind) or "list"

    def quote(self, text: str) -> str:
        return quoted(text, self.locale)

    def variable(self, rule: Any) -> str:
        path = path_of(rule)
        if path in {"today", "municipality", "row"}:
            return self.phrase(path)
        node = self.node_of(rule)
        if node is not None:
            return self.quote(say(node.label, self.locale, self.flow.default_locale) or path)
        found = self.part_of(rule)
        if found is None:
            return self.quote(path)
        owner, part = found
        label = self.quote(say(owner.label, self.locale, self.flow.default_locale))
        name = say(part.label, self.locale, self.flow.default_locale)
        return self.phrase("part", part=self.quote(name) if owner.field.has_questions else name, a=label)
