"""The compiled order of an evaluation: one unit a node, each after everything it depends on.

A unit decides whether its node is there (the thing around it is there and its own rule is true) and fills in its value.
Values live in one dict by path. Rows: `values["<group path>"]` is the list of row ids, `values["<group path>#"]` the
list of their prefixes, which rules go through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from forms_engine.fields import Fault

from .logic import Rows, Run
from .logic.wire import ROW_ID
from .model import Flow, Node, Step

MOST_INSTANCES = 5_000  # rows of all groups together
CONVERT: Mapping[str, Callable[[Any], Any]] = {"integer": int, "decimal": Decimal, "money": Decimal}

Instances = list[tuple[str, Rows]]


@dataclass(slots=True)
class State:
    """One evaluation while it runs."""

    answers: Mapping[str, Any]
    today: date
    values: dict[str, Any]
    shown: set[str] = field(default_factory=set)
    faults: dict[str, Fault] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)
    instances: dict[str, Instances] = field(default_factory=dict)
    instance_count: int = 0


@dataclass(slots=True)
class Unit:
    """A node of the plan. `suffix` and `parent_suffix` follow the prefix of a row, or are whole paths without rows."""

    node: Node | Step
    group: str | None
    suffix: str
    parent_suffix: str
    visible: Run | None

    def visit(self, state: State) -> None:
        if self.group is None:
            self.visit_one(state, self.suffix, self.parent_suffix, ())
            return
        for prefix, rows in state.instances.get(self.group, ()):
            self.visit_one(state, prefix + self.suffix, prefix + self.parent_suffix, rows)

    def visit_one(self, state: State, path: str, parent: str, rows: Rows) -> None:
        if parent and parent not in state.shown:
            return
        visible = self.visible
        if visible is not None and visible(state.values, rows) is not True:
            return
        state.shown.add(path)
        self.fill(state, path, rows)

    def fill(self, state: State, path: str, rows: Rows) -> None:
        """Steps, plain groups and texts have no value."""


@dataclass(slots=True)
class QuestionUnit(Unit):
    read: Any = None
    options: Mapping[str, Run] = field(default_factory=dict)
    chosen: Any = None

    def fill(self, state: State, path: str, rows: Rows) -> None:
        raw = state.answers.get(path)
        if raw is None:
            return
        value = self.read(raw, state.today)
        if value is None:
            return
        if type(value) is Fault:
            state.faults[path] = value
        elif self.options and not self.is_offered(value, state, rows):
            state.faults[path] = Fault("option_not_available")
        else:
            state.values[path] = value

    def is_offered(self, value: Any, state: State, rows: Rows) -> bool:
        runs = [self.options[item] for item in self.chosen(value) if item in self.options]
        return all(run(state.values, rows) is True for run in runs)


@dataclass(slots=True)
class CalculatedUnit(Unit):
    value: Run | None = None
    convert: Callable[[Any], Any] | None = None

    def fill(self, state: State, path: str, rows: Rows) -> None:
        value = self.value(state.values, rows) if self.value else None
        if value is not None:
            state.values[path] = self.convert(value) if self.convert else value


@dataclass(slots=True)
class RepeatUnit(Unit):
    least: int = 0
    most: int = 0

    def fill(self, state: State, path: str, rows: Rows) -> None:
        ids = self.row_ids(state, path)
        prefixes = [f"{path}.{row}" for row in ids]
        state.rows[path] = ids
        state.values[path] = ids
        state.values[path + "#"] = prefixes
        state.shown.update(prefixes)
        instances = state.instances.setdefault(self.node.path, [])
        instances.extend((prefix, (*rows, prefix)) for prefix in prefixes)

    def row_ids(self, state: State, path: str) -> list[str]:
        """The rows of the answers. A group nobody has touched shows the rows it needs at least: r1, r2, …"""
        raw = state.answers.get(path)
        if raw is None:
            ids = [f"r{at}" for at in range(1, self.least + 1)]
        elif isinstance(raw, list | tuple) and all(isinstance(row, str) and ROW_ID.fullmatch(row) for row in raw):
            ids = list(dict.fromkeys(raw))
        else:
            state.faults[path] = Fault("rows_invalid")
            return []
        room = max(0, min(self.most * 2 + 10, MOST_INSTANCES - state.instance_count))
        state.instance_count += min(len(ids), room)
        return ids[:room]


def build_plan(flow: Flow) -> list[Unit]:
    return [build_unit(flow, path) for path in flow.order]


def build_unit(flow: Flow, path: str) -> Unit:
    node = flow.nodes.get(path)
    if node is None:
        step = flow.find_step(path)
        assert step is not None  # noqa: S101 - order is made of steps and nodes
        return Unit(step, None, path, "", step.run_when)
    around = (node.parent or node.step).path
    cut = len(node.row_group) if node.row_group else 0
    base: dict[str, Any] = {
        "node": node,
        "group": node.row_group,
        "suffix": path[cut:],
        "parent_suffix": around[cut:],
        "visible": node.rules.visible,
    }
    if node.repeat:
        return RepeatUnit(**base, least=node.repeat.min, most=node.repeat.max)
    if node.type == "calculated":
        return CalculatedUnit(**base, value=node.rules.value, convert=CONVERT.get(node.settings["result"]))
    if node.is_question:
        read = node.field.reader(node.settings)
        return QuestionUnit(**base, read=read, options=node.rules.options, chosen=node.field.chosen)
    return Unit(**base)
