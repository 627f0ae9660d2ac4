"""A loaded flow: steps and nodes as plain objects, read once from the document and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any

from forms_engine.fields import FieldType, Option, Settings, Text

from .logic import Run

RESERVED_IDS = frozenset({"row", "outer", "today", "municipality"})
RESERVED_STEPS = RESERVED_IDS | {"pruefen", "speichern", "eingegangen"}  # words of the addresses of the website
MOST_ROWS = 200  # of a repeated group that sets no limit of its own
MOST_ROWS_SET = 1_000


@dataclass(frozen=True, slots=True)
class Repeat:
    min: int = 0
    max: int = MOST_ROWS
    item_label: Text | None = None
    add_label: Text | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """A rule that must hold, and what is said where it does not."""

    rule: Any
    message: Text


@dataclass(slots=True)
class Rules:
    """The compiled rules of a node; None = there is none."""

    visible: Run | None = None
    required: Run | bool = False
    value: Run | None = None
    valid: list[Run] = member(default_factory=list)  # beside `Node.valid`
    valid_per_row: list[bool] = member(default_factory=list)
    options: dict[str, Run] = member(default_factory=dict)


@dataclass(slots=True, eq=False)
class Step:
    id: str
    title: Text
    description: Text | None
    when: Any
    nodes: list[Node]
    index: int
    run_when: Run | None = None

    @property
    def path(self) -> str:
        return self.id


@dataclass(slots=True, eq=False)
class Node:
    """A question, a group, a text or a calculated value."""

    id: str
    path: str
    type: str
    field: FieldType
    step: Step
    parent: Node | None
    spec: Mapping[str, Any]
    label: Text
    help: Text | None = None
    settings: Settings = member(default_factory=dict)
    options: tuple[Option, ...] = ()
    option_rules: dict[str, Any] = member(default_factory=dict)
    visible: Any = None
    required: Any = False
    valid: list[Validity] = member(default_factory=list)
    value: Any = None
    text: Text | None = None
    repeat: Repeat | None = None
    nodes: list[Node] = member(default_factory=list)
    frames: tuple[str, ...] = ()  # paths of the repeated groups around it, outermost first
    index: int = 0
    rules: Rules = member(default_factory=Rules)
    is_group: bool = member(init=False)
    is_question: bool = member(init=False)

    def __post_init__(self) -> None:
        self.is_group = self.type == "group"
        self.is_question = self.field.is_question

    @property
    def has_value(self) -> bool:
        return self.is_question or self.type == "calculated"

    @property
    def is_own_datum(self) -> bool:
        """Is it certainly a datum of the person who fills in the form?"""
        return bool(self.spec.get("autocomplete")) and not self.frames

    @property
    def row_group(self) -> str | None:
        """The innermost repeated group around it."""
        return self.frames[-1] if self.frames else None

    def walk(self) -> Iterator[Node]:
        """Itself and everything below, in document order."""
        yield self
        for node in self.nodes:
            yield from node.walk()


@dataclass(frozen=True, slots=True)
class Requirement:
    id: str
    title: Text
    rule: Any
    failed: Text
    run: Run
    reads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bring:
    """Something to have at hand before one starts."""

    id: str
    text: Text
    when: Any
    run: Run | None
    reads: frozenset[str]


@dataclass(slots=True, eq=False)
class Flow:
    """An immutable form. `document` is what it was read from; `hash` identifies its content."""

    document: dict[str, Any]
    hash: str
    key: str
    kind: str
    locales: tuple[str, ...]
    default_locale: str
    title: Text
    steps: list[Step]
    nodes: dict[str, Node]  # by path, in document order
    requirements: list[Requirement]
    bring: list[Bring]
    warnings: tuple[Any, ...] = ()
    order: tuple[str, ...] = ()  # paths of steps and nodes, each after everything it depends on
    reads: dict[str, frozenset[str]] = member(default_factory=dict)  # path -> what its presence and value depend on
    plan: Any = None

    @property
    def unit(self) -> str | None:
        found = self.document.get("unit")
        return found if isinstance(found, str) else None

    def find_step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

    def find_node(self, path: str) -> Node | None:
        """The node of a path, with or without row ids: `family.children.name`, `family.children.r1.name`."""
        found = self.nodes.get(path)
        return found or self.nodes.get(self.flow_path(path) or "")

    def step_of(self, path: str) -> str | None:
        """Id of the step a path lies in."""
        step_id = path.partition(".")[0]
        return step_id if self.find_step(step_id) else None

    def flow_path(self, path: str) -> str | None:
        """The path without row ids, None when there is no such node (a row is none)."""
        if path in self.nodes:
            return path
        at, expects_row = "", False
        for part in path.split("."):
            if expects_row:
                expects_row = False
                continue
            at = f"{at}.{part}" if at else part
            node = self.nodes.get(at)
            if node is None and self.find_step(at) is None:
                return None
            expects_row = node is not None and node.repeat is not None
        node = self.nodes.get(at)
        is_row = node is not None and node.repeat is not None and not expects_row
        return None if node is None or is_row else at
