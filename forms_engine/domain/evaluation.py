"""`evaluate`: flow + answers + context -> what is visible, counts, is wrong, and where to go on. Pure and total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .answers import flatten_answers, value_field
from .logic import Rows
from .model import Flow, Node, Step
from .planning import State
from .problems import Problem, problem_of


@dataclass(slots=True)
class Evaluation:
    """The outcome. Paths carry row ids.

    `visible`: everything a person can see, in order. `values`: path -> Python value (str, int, Decimal, date, bool,
    list, dict), hidden and wrong ones left out, calculated ones included; repeated groups give their row ids.
    `errors`: in order. `steps`: ids of the visible steps. `next_step`: the first with an error, None = complete.
    `rows`: path of each visible repeated group -> its row ids (also those it needs at least and nobody has filled in).
    """

    visible: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    next_step: str | None = None
    progress: float = 0.0
    rows: dict[str, list[str]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set, repr=False)
    context: dict[str, Any] = field(default_factory=dict, repr=False)  # all values as rules see them
    today: date = date.min

    @property
    def complete(self) -> bool:
        return self.next_step is None

    def errors_of_step(self, step_id: str) -> list[Problem]:
        return [error for error in self.errors if error.path.partition(".")[0] == step_id]


def evaluate(flow: Flow, answers: Any, *, today: date, municipality: str | None = None) -> Evaluation:
    """Evaluate answers (flat by path, or nested by step and question; any JSON value is taken) on a day."""
    state = State(flatten_answers(flow, answers), today, {"today": today})
    if municipality is not None:
        state.values["municipality"] = municipality
    for unit in flow.plan:
        unit.visit(state)
    return Collector(flow, state).collect()


class Collector:
    """Walks what is there in document order and gathers the outcome."""

    def __init__(self, flow: Flow, state: State) -> None:
        self.flow, self.state = flow, state
        self.result = Evaluation(shown=state.shown, context=state.values, rows=state.rows, today=state.today)
        self.locale = flow.default_locale

    def collect(self) -> Evaluation:
        result = self.result
        for step in self.flow.steps:
            if step.path in self.state.shown:
                self.collect_step(step)
        result.values = {
            path: value
            for path, value in self.state.values.items()
            if path not in ("today", "municipality") and path[-1] != "#"
        }
        if result.next_step is None:
            result.progress = 1.0
        else:
            result.progress = result.steps.index(result.next_step) / len(result.steps)
        return result

    def collect_step(self, step: Step) -> None:
        """A step in which nothing can be seen is not a page."""
        result, before = self.result, len(self.result.visible)
        errors = len(result.errors)
        for node in step.nodes:
            self.collect_node(node, node.path, ())
        if len(result.visible) == before:
            del result.errors[errors:]
            return
        result.steps.append(step.id)
        if len(result.errors) > errors and result.next_step is None:
            result.next_step = step.id

    def collect_node(self, node: Node, path: str, rows: Rows) -> None:
        if path not in self.state.shown:
            return
        if node.is_question:
            self.result.visible.append(path)
            self.check_question(node, path, rows)
            return
        if node.is_group:
            self.collect_group(node, path, rows)
        elif node.type != "calculated" or (node.settings.get("show", True) and path in self.state.values):
            self.result.visible.append(path)
        if node.rules.valid:
            self.check_valid(node, path, rows)

    def collect_group(self, node: Node, path: str, rows: Rows) -> None:
        """A plain group without anything visible in it is not there; a repeated one can be added to."""
        visible = self.result.visible
        at = len(visible)
        visible.append(path)
        if node.repeat:
            self.collect_rows(node, path, rows)
            return
        for child in node.nodes:
            self.collect_node(child, path + child.path[len(node.path) :], rows)
        if len(visible) == at + 1:
            visible.pop()
        elif self.is_required(node, path, rows) and not self.is_filled(path):
            self.add(node, path, "group_required")

    def collect_rows(self, node: Node, path: str, rows: Rows) -> None:
        ids, repeat = self.state.rows.get(path, []), node.repeat
        if path in self.state.faults:
            self.result.errors.append(problem_of(self.state.faults[path], path, node, self.locale))
        elif repeat and len(ids) < max(repeat.min, 1 if self.is_required(node, path, rows) else 0):
            self.add(node, path, "rows_too_few", min=max(repeat.min, 1))
        elif repeat and len(ids) > repeat.max:
            self.add(node, path, "rows_too_many", max=repeat.max)
        for row in ids:
            prefix = f"{path}.{row}"
            for child in node.nodes:
                self.collect_node(child, prefix + child.path[len(node.path) :], (*rows, prefix))

    def is_required(self, node: Node, path: str, rows: Rows) -> bool:
        required = node.rules.required
        if required is False:
            return False
        if required is not True and required(self.state.values, rows) is not True:
            return False
        self.result.required.add(path)
        return True

    def is_filled(self, path: str) -> bool:
        start = path + "."
        return any(found.startswith(start) and found[-1] != "#" for found in self.state.values) or any(
            found.startswith(start) for found in self.state.faults
        )

    def check_question(self, node: Node, path: str, rows: Rows) -> None:
        state, rules = self.state, node.rules
        required = rules.required is not False and self.is_required(node, path, rows)
        if path not in state.values:
            fault = state.faults.get(path)
            if fault is not None:
                self.result.errors.append(problem_of(fault, path, node, self.locale))
                return
            if required:
                self.add(node, path, "required")
                return
        if rules.valid:
            self.check_valid(node, path, rows)

    def check_valid(self, node: Node, path: str, rows: Rows) -> None:
        """A check fails on false only."""
        for at, run in enumerate(node.rules.valid):
            if not node.rules.valid_per_row[at]:
                if run(self.state.values, rows) is False:
                    self.add(node, path, "rule_failed", rule=at)
                continue
            for prefix in self.state.values.get(path + "#", ()):
                if run(self.state.values, (*rows, prefix)) is False:
                    self.add(node, prefix, "rule_failed", rule=at)

    def add(self, node: Node, path: str, code: str, **params: Any) -> None:
        self.result.errors.append(Problem(path, code, params, node, self.locale))


def as_json(flow: Flow, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are stored and delivered: decimals as strings, dates in ISO form."""
    found: dict[str, Any] = {}
    for path, value in values.items():
        node = flow.find_node(path)
        if node is None or node.is_group:
            found[path] = value
        else:
            found[path] = value_field(node).to_json(value)
    return found
