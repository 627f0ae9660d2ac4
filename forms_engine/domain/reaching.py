"""Findings about the way through a form: rules that look ahead, conditions that never hold, pages nobody reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .model import Flow, Node
from .possible import Facts, Solver
from .reading import Reporter
from .ruling import Ruled

MOST_NAMED = 5  # questions ahead that are named for one rule
LATER = {
    "when": "error",
    "visible": "error",
    "option": "error",
    "required": "warning",
    "valid": "warning",
}
NEVER = {
    "when": ("step_unreachable", "error", "Diesen Schritt kann niemand erreichen: Seine Bedingung ist nie erfüllt."),
    "visible": ("never_true", "error", "Das ist nie zu sehen: Die Bedingung kann nicht erfüllt werden."),
    "required": ("never_true", "warning", "Die Bedingung „Pflicht“ kann nie erfüllt werden."),
    "option": ("never_true", "warning", "Diese Antwort kann nie gewählt werden: Ihre Bedingung ist nie erfüllt."),
    "requirement": ("never_true", "error", "Diese Voraussetzung kann niemand erfüllen. Bitte prüfen Sie die Regel."),
    "bring": ("never_true", "warning", "Das wird nie genannt: Die Bedingung kann nicht erfüllt werden."),
    "valid": ("never_true", "error", "Keine Antwort kann diese Prüfung bestehen. Bitte prüfen Sie die Regel."),
}


def name_of(node: Node) -> str:
    return node.label.get("de") or node.path


def check_reach(flow: Flow, ruled: list[Ruled], report: Reporter) -> None:
    reach = Reach(flow, report)
    for rule in ruled:
        if rule.compiled.is_usable:
            reach.check_later(rule)
            reach.check_possible(rule)


@dataclass(slots=True)
class Reach:
    flow: Flow
    report: Reporter

    def say(self, severity: str) -> Callable[..., None]:
        return self.report.error if severity == "error" else self.report.warn

    def check_later(self, rule: Ruled) -> None:
        """A condition can only look at what has been asked before."""
        if rule.role not in LATER:
            return
        node = self.flow.nodes.get(rule.path)
        step = node.step if node else self.flow.find_step(rule.path)
        if step is None:
            return
        asked = self.asked(rule.compiled.reads)
        for read in [read for read in asked if read.step.index > step.index][:MOST_NAMED]:
            message = (
                f"Die Regel hängt von „{name_of(read)}“ ab. Das wird erst später gefragt "
                f"(Schritt „{read.step.title.get('de') or read.step.id}“). "
                "Verschieben Sie die Frage oder ändern Sie die Regel."
            )
            self.say(LATER[rule.role])("question_later", rule.at, message)
        if node is None or rule.role != "visible":
            return
        for read in [read for read in asked if read.step is step and read.index > node.index][:MOST_NAMED]:
            message = f"Die Regel hängt von „{name_of(read)}“ ab. Diese Frage steht weiter unten im selben Schritt."
            self.report.warn("question_below", rule.at, message)

    def asked(self, reads: Iterable[str]) -> list[Node]:
        """The questions behind what a rule reads: calculated values stand for what they are made of."""
        found: dict[str, Node] = {}
        stack, seen = list(reads), set(reads)
        while stack:
            node = self.flow.nodes.get(stack.pop())
            if node is None:
                continue
            if node.is_question:
                found[node.path] = node
            elif node.type == "calculated":
                new = set(self.flow.reads.get(node.path, ())) - seen - {(node.parent or node.step).path}
                seen |= new
                stack.extend(new)
        return sorted(found.values(), key=lambda node: node.index)

    def check_possible(self, rule: Ruled) -> None:
        if rule.role not in NEVER:
            return
        code, severity, message = NEVER[rule.role]
        if not rule.compiled.reads and "today" not in str(rule.source) and "municipality" not in str(rule.source):
            self.check_constant(rule, code, severity, message)
            return
        node = self.flow.nodes.get(rule.path)
        solver = Solver(lambda path: self.node_of(path, node, rule))
        around = self.facts_around(solver, node, rule) if rule.role != "valid" else {}
        if around is not None and solver.narrow(rule.source, around) is None:
            self.say(severity)(code, rule.at, message)

    def check_constant(self, rule: Ruled, code: str, severity: str, message: str) -> None:
        if rule.compiled.run({}, ()) is True:
            self.report.warn("always_true", rule.at, "Die Regel ist immer erfüllt. Entfernen Sie sie.")
        else:
            self.say(severity)(code, rule.at, message)

    def node_of(self, path: str, node: Node | None, rule: Ruled) -> Node | None:
        head, _, rest = path.partition(".")
        if head == "row" and node is not None:
            group = node.path if rule.role == "valid" and node.repeat else node.row_group
            return self.flow.nodes.get(f"{group}.{rest}")
        return self.flow.nodes.get(path)

    def facts_around(self, solver: Solver, node: Node | None, rule: Ruled) -> Facts | None:
        """What holds because the node is there at all: the conditions of its step and of the groups around it."""
        facts: Facts = {}
        if node is None:
            return facts
        around = [node] if rule.role in {"required", "option"} else []
        parent = node.parent
        while parent is not None:
            around.append(parent)
            parent = parent.parent
        for rules in (node.step.when, *(item.visible for item in reversed(around) if not item.frames)):
            narrowed = solver.narrow(rules, facts) if rules is not None else facts
            if narrowed is None:
                return None  # that is reported where it stands
            facts = narrowed
        return facts
