"""What can be expected of an outcome: one kind a class. Each knows what is now, and says both in German."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms_engine.domain.answers import value_field
from forms_engine.domain.evaluation import Evaluation, as_json
from forms_engine.domain.model import Flow, Node, Step
from forms_engine.domain.wording import sentence
from forms_engine.fields import Fault, say


@dataclass(frozen=True, slots=True)
class Expectation:
    """One line to confirm: what it is about and what comes out now, as data and in words."""

    kind: str
    key: str
    now: Any
    subject: str
    said: str
    opposite: str  # what else could be meant, in words; "" where that has to be typed


class Kind:
    """`key` is the name in a test case; `opposites` whether there is just one other outcome."""

    key = ""
    words = ("", "")  # said of true and of false

    def actual(self, flow: Flow, evaluation: Evaluation, name: str) -> Any:
        raise NotImplementedError

    def subject(self, flow: Flow, name: str) -> str:
        raise NotImplementedError

    def names(self, flow: Flow, evaluation: Evaluation) -> Iterator[str]:
        """What is worth confirming of an outcome."""
        raise NotImplementedError

    def say(self, flow: Flow, name: str, value: Any) -> str:
        return self.words[0] if value else self.words[1]

    def opposite(self, flow: Flow, name: str, value: Any) -> str:
        return self.say(flow, name, not value)

    def condition(self, flow: Flow, name: str) -> str:
        """The rule it depends on, as a sentence; "" when there is none."""
        return ""

    def exists(self, flow: Flow, name: str) -> bool:
        return flow.find_node(name) is not None


class Steps(Kind):
    key = "steps"
    words = ("wird gefragt", "wird übersprungen")

    def actual(self, flow: Flow, evaluation: Evaluation, name: str) -> bool:
        return name in evaluation.steps

    def subject(self, flow: Flow, name: str) -> str:
        step = flow.find_step(name)
        return f"Schritt „{title_of(flow, step) if step else name}“"

    def names(self, flow: Flow, evaluation: Evaluation) -> Iterator[str]:
        return (step.id for step in flow.steps)

    def condition(self, flow: Flow, name: str) -> str:
        step = flow.find_step(name)
        return sentence(step.when, flow, "de") if step and step.when is not None else ""

    def exists(self, flow: Flow, name: str) -> bool:
        return flow.find_step(name) is not None


class Questions(Kind):
    key = "questions"
    words = ("erscheint", "erscheint nicht")

    def actual(self, flow: Flow, evaluation: Evaluation, name: str) -> bool:
        return name in evaluation.visible

    def subject(self, flow: Flow, name: str) -> str:
        return label_with_row(flow, name)

    def names(self, flow: Flow, evaluation: Evaluation) -> Iterator[str]:
        """Those with a condition of their own, in each row; where the step is skipped they say nothing new."""
        for node in flow.nodes.values():
            if node.visible is None or node.type == "calculated" or node.step.id not in evaluation.steps:
                continue
            for rows in rows_of(evaluation, node.frames):
                yield path_in_rows(node, rows)

    def condition(self, flow: Flow, name: str) -> str:
        node = flow.find_node(name)
        return sentence(node.visible, flow, "de", place=node.path) if node and node.visible is not None else ""


class Values(Kind):
    key = "values"

    def actual(self, flow: Flow, evaluation: Evaluation, name: str) -> Any:
        if name not in evaluation.values:
            return ""
        return as_json(flow, {name: evaluation.values[name]})[name]

    def subject(self, flow: Flow, name: str) -> str:
        return label_with_row(flow, name)

    def names(self, flow: Flow, evaluation: Evaluation) -> Iterator[str]:
        for node in flow.nodes.values():
            if node.type == "calculated":
                for rows in rows_of(evaluation, node.frames):
                    path = path_in_rows(node, rows)
                    if path in evaluation.shown:
                        yield path

    def say(self, flow: Flow, name: str, value: Any) -> str:
        return f"ist {shown_value(flow, name, value)}" if value != "" else "hat keinen Wert"

    def opposite(self, flow: Flow, name: str, value: Any) -> str:
        return ""


class Errors(Kind):
    key = "errors"

    def actual(self, flow: Flow, evaluation: Evaluation, name: str) -> str:
        return next((error.code for error in evaluation.errors if error.path == name), "")

    def subject(self, flow: Flow, name: str) -> str:
        return label_with_row(flow, name)

    def names(self, flow: Flow, evaluation: Evaluation) -> Iterator[str]:
        yield from dict.fromkeys(error.path for error in evaluation.errors)

    def say(self, flow: Flow, name: str, value: Any) -> str:
        if not value:
            return "wird nicht beanstandet"
        known = {"required": "die Antwort fehlt", "rule_failed": "die Prüfung schlägt an"}
        return f"wird beanstandet: {known.get(value, value)}"

    def opposite(self, flow: Flow, name: str, value: Any) -> str:
        return self.say(flow, name, "")


class Requirements(Kind):
    key = "requirements"
    words = ("ist erfüllt", "ist nicht erfüllt oder noch offen")

    def actual(self, flow: Flow, evaluation: Evaluation, name: str) -> bool:
        return any(one.id == name and one.run(evaluation.context, ()) is True for one in flow.requirements)

    def subject(self, flow: Flow, name: str) -> str:
        title = next((one.title for one in flow.requirements if one.id == name), None)
        return f"Voraussetzung „{say(title, 'de', flow.default_locale) or name}“"

    def names(self, flow: Flow, evaluation: Evaluation) -> Iterator[str]:
        return (one.id for one in flow.requirements)

    def condition(self, flow: Flow, name: str) -> str:
        return next((sentence(one.rule, flow, "de") for one in flow.requirements if one.id == name), "")

    def exists(self, flow: Flow, name: str) -> bool:
        return any(one.id == name for one in flow.requirements)


class Complete(Kind):
    key = "complete"
    words = ("kann abgesendet werden", "kann noch nicht abgesendet werden")

    def actual(self, flow: Flow, evaluation: Evaluation, name: str) -> bool:
        return evaluation.complete

    def subject(self, flow: Flow, name: str) -> str:
        return "Der Antrag"

    def names(self, flow: Flow, evaluation: Evaluation) -> Iterator[str]:
        yield ""

    def exists(self, flow: Flow, name: str) -> bool:
        return True


KINDS: dict[str, Kind] = {
    kind.key: kind for kind in (Requirements(), Steps(), Questions(), Values(), Errors(), Complete())
}


def list_expectations(flow: Flow, evaluation: Evaluation) -> list[Expectation]:
    """Everything of this outcome that an editor can confirm or correct."""
    return [
        Expectation(kind.key, name, now, kind.subject(flow, name), kind.say(flow, name, now),
                    kind.opposite(flow, name, now))
        for kind in KINDS.values()
        for name in kind.names(flow, evaluation)
        for now in [kind.actual(flow, evaluation, name)]
    ]  # fmt: skip


def rows_of(evaluation: Evaluation, frames: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The rows there are of the repeated groups around a node: `[()]` where there are none around it."""
    found: list[tuple[str, ...]] = [()]
    for at, frame in enumerate(frames):
        inner = frame[len(frames[at - 1]) :] if at else frame
        found = [
            (*rows, prefix)
            for rows in found
            for prefix in evaluation.context.get((rows[-1] + inner if rows else inner) + "#", ())
        ]
    return found


def path_in_rows(node: Node, rows: tuple[str, ...]) -> str:
    return rows[-1] + node.path[len(node.frames[-1]) :] if rows else node.path


def shown_value(flow: Flow, name: str, value: Any) -> str:
    node = flow.find_node(name)
    if node is None or node.is_group:
        return str(value)
    field = value_field(node)
    parsed = field.parse(value, node.settings)
    if parsed is None or isinstance(parsed, Fault):
        return str(value)
    return field.display(parsed, "de", {**node.settings, "default_locale": flow.default_locale})


def title_of(flow: Flow, step: Step) -> str:
    return say(step.title, "de", flow.default_locale) or step.id


def label_with_row(flow: Flow, name: str) -> str:
    """The label, with the row where there is one: „Name des Kindes“ (r1)."""
    node = flow.find_node(name)
    if node is None:
        return f"„{name}“"
    label = f"„{say(node.label, 'de', flow.default_locale) or node.path}“"
    known = set(node.path.split("."))
    rows = [part for part in name.split(".") if part not in known]
    return f"{label} ({', '.join(rows)})" if rows else label
