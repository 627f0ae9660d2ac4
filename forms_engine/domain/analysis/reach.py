"""Conditions that never hold, alone or where they stand, and rules that rely on a question which is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from forms_engine.domain.logic.values import nfc
from forms_engine.domain.model import Flow, Node, Step
from forms_engine.domain.reading import Reporter
from forms_engine.domain.ruling import Ruled, names_row, place_of

from . import sayings
from .comparing import Comparing
from .constraints import Constraint
from .sight import Instance, Sight, split
from .solving import Search
from .terms import OVER_ROWS, Operand, Terms

SERIOUS = frozenset({"when", "visible", "requirement", "valid"})  # what stops people: an error
CODES = {"when": "step_unreachable", "option": "option_unselectable"}
MOST_READS = 40  # questions of one rule that are looked at one by one
MOST_PAIRS = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """A condition under which something is shown: whose it is, and as a constraint."""

    item: Step | Node
    rule: Any
    constraint: Constraint


@dataclass(slots=True)
class Asked:
    """A rule to look at, with what holds around it."""

    rule: Ruled
    goal: Operand
    around: list[Standing]
    must: list[Constraint] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.must = [standing.constraint for standing in self.around]


def is_possible(constraints: Iterable[Constraint], *, implied: bool = True) -> bool:
    return Search(with_implied=implied).is_possible(constraints)


class Reach:
    """Looks at every rule of a flow that can be used; broken ones are findings already and bind nobody here."""

    def __init__(self, flow: Flow, ruled: list[Ruled], report: Reporter) -> None:
        self.flow, self.report = flow, report
        self.ruled = [rule for rule in ruled if rule.compiled.is_usable]
        self.rules = {(rule.path, role_of(rule)): rule.source for rule in self.ruled}
        terms = Terms(flow)
        self.conditions = Comparing(terms, lambda path, role: self.rules.get((path, role)))
        self.unselectable: dict[str, set[str]] = {}

    def check(self) -> None:
        for rule in self.ruled:
            self.check_rule(rule)
        for path, options in self.unselectable.items():
            node = self.flow.nodes[path]
            if len(options) == len(node.options):
                self.report.error("option_unselectable", place_of(node), sayings.NO_OPTION)

    def check_rule(self, rule: Ruled) -> None:
        if is_constant(rule):
            self.check_constant(rule)
            return
        node = self.flow.nodes.get(rule.path)
        asked = Asked(rule, Operand(rule.source, self.sight_of(rule, node)), self.around(rule, node))
        if rule.role == "value":
            self.check_value(asked)
        elif rule.role == "valid":
            self.check_valid(asked)
        elif is_possible([*asked.must, self.conditions.holds(asked.goal)]):
            self.check_reads(asked)
        else:
            self.explain(asked)

    def sight_of(self, rule: Ruled, node: Node | None) -> Sight:
        inside = rule.role == "valid" and node is not None and bool(node.repeat) and names_row(rule.source)
        return self.conditions.terms.sight_of(node, instance_of(node), inside=inside)

    def around(self, rule: Ruled, node: Node | None) -> list[Standing]:
        """The conditions that hold wherever the rule counts, innermost first."""
        if node is None:
            return []
        own = [] if rule.role == "visible" else [node]
        return list(self.standings([*own, *list_around(node)], instance_of(node)))

    def standings(self, items: Iterable[Step | Node], instance: Instance) -> Iterator[Standing]:
        for item in items:
            found = self.rules.get((item.path, "when" if isinstance(item, Step) else "visible"))
            if found is not None:
                sight = () if isinstance(item, Step) else self.conditions.terms.sight_of(item, instance)
                yield Standing(item, found, self.conditions.holds(Operand(found, sight)))

    # what is said

    def say_never(self, rule: Ruled, code: str, message: str) -> None:
        (self.report.error if rule.role in SERIOUS else self.report.warn)(code, rule.at, message)
        if rule.role == "option":
            self.unselectable.setdefault(rule.path, set()).add(rule.option)

    def check_constant(self, rule: Ruled) -> None:
        if rule.role == "value":
            return
        if rule.compiled.run({}, ()) is True:
            self.report.warn("always_true", rule.at, sayings.ALWAYS)
        else:
            self.say_never(rule, CODES.get(rule.role, "never_true"), sayings.in_itself(rule.role))

    def explain(self, asked: Asked) -> None:
        """A condition that never holds: is it the rule itself, what is around it, or a question that is hidden?"""
        rule, goal = asked.rule, self.conditions.holds(asked.goal)
        if asked.must and not is_possible(asked.must):
            return  # that is said where it stands
        if not is_possible([goal], implied=False):
            self.say_never(rule, CODES.get(rule.role, "never_true"), sayings.in_itself(rule.role))
        elif not is_possible([*asked.must, goal], implied=False):
            code = "question_unreachable" if rule.role == "visible" else CODES.get(rule.role, "never_true")
            self.say_never(rule, code, self.clash(asked, goal))
        else:
            self.say_never(rule, "relies_on_hidden", self.hiding(asked, goal))

    def clash(self, asked: Asked, goal: Constraint) -> str:
        for standing in asked.around:
            if not is_possible([standing.constraint, goal], implied=False):
                said = sayings.only_if(self.flow, standing.item, standing.rule)
                return sayings.against(asked.rule.role, standing.item, said)
        return sayings.around(asked.rule.role)

    def hiding(self, asked: Asked, goal: Constraint) -> str:
        """Which question of the rule is not there, and because of which condition?"""
        known = [*asked.must, goal]
        for node, instance in self.list_reads(asked.goal):
            shown = list(self.standings([node, *list_around(node)], instance))
            if is_possible([*known, *(one.constraint for one in shown)], implied=False):
                continue
            return sayings.hidden(asked.rule.role, node, *self.blame(known, shown, node))
        return sayings.hidden_option(asked.rule.role)

    def blame(self, known: list[Constraint], shown: list[Standing], node: Node) -> tuple[Step | Node, str]:
        """The condition to name: the first that does not fit by itself."""
        for one in shown:
            if not is_possible([*known, one.constraint], implied=False):
                return one.item, sayings.only_if(self.flow, one.item, one.rule)
        return node, ""

    # questions that are never there where a rule counts

    def check_reads(self, asked: Asked) -> bool:
        """Report each question the rule looks at in vain; true when there is one."""
        if not asked.must:
            return False
        found = False
        mine = {standing.item.path for standing in asked.around}
        for node, instance in self.list_reads(asked.goal):
            shown = list(self.standings([node, *list_around(node)], instance))
            if all(one.item.path in mine for one in shown):
                continue
            there = [one.constraint for one in shown]
            if is_possible([*asked.must, *there]) or not is_possible(asked.must) or not is_possible(there):
                continue
            because, said = self.blame(asked.must, shown, node)
            message = sayings.without_effect(asked.rule.role, node, because, said)
            self.report.warn("relies_on_hidden", asked.rule.at, message)
            found = True
        return found

    def list_reads(self, goal: Operand) -> list[tuple[Node, Instance]]:
        """The questions and calculated values a rule looks at, outside of `map`, `some` and the like."""
        found: dict[tuple[str, Instance], tuple[Node, Instance]] = {}
        stack = [goal.rule]
        while stack and len(found) < MOST_READS:
            rule = stack.pop()
            name, args = split(rule)
            if name == "var":
                term = self.conditions.terms.read(goal.part(rule))
                node = getattr(term, "node", None)
                instance = getattr(term, "instance", None)
                if isinstance(node, Node) and instance is not None and node.has_value:
                    found[node.path, instance] = (node, instance)
            else:
                stack.extend(reversed(args[:1] if name in OVER_ROWS else args))
        return list(found.values())

    # checks and formulas

    def check_valid(self, asked: Asked) -> None:
        rule = asked.rule
        if not is_possible([self.conditions.holds(asked.goal)], implied=False):
            self.say_never(rule, "never_true", sayings.in_itself("valid"))
            return
        if self.check_reads(asked):
            return
        fails = [*asked.must, self.conditions.holds(asked.goal, wanted=False)]
        if not is_possible(fails) and is_possible(fails, implied=False) and is_possible(asked.must):
            self.report.warn("relies_on_hidden", rule.at, sayings.check_without_effect())

    def check_value(self, asked: Asked) -> None:
        rule, result = asked.rule, self.conditions.has_value(asked.goal)
        if is_possible([*asked.must, result]):
            self.check_reads(asked)
        elif asked.must and not is_possible(asked.must):
            return
        elif not is_possible([result], implied=False):
            self.say_never(rule, "never_true", sayings.in_itself("value"))
        elif not self.check_reads(asked):
            self.say_never(rule, "relies_on_hidden", self.apart(asked))

    def apart(self, asked: Asked) -> str:
        """Two questions of a formula that are never there together."""
        reads = [(node, list(self.standings([node, *list_around(node)], at)))
                 for node, at in self.list_reads(asked.goal)]  # fmt: skip
        for first, second in list(combinations(reads, 2))[:MOST_PAIRS]:
            there = [one.constraint for one in (*first[1], *second[1])]
            if not is_possible([*asked.must, *there]):
                return sayings.never_together([first[0], second[0]])
        return sayings.in_itself("value")


def role_of(rule: Ruled) -> str:
    return f"option:{nfc(rule.option)}" if rule.role == "option" else rule.role


def is_constant(rule: Ruled) -> bool:
    text = str(rule.source)
    return not rule.compiled.reads and "today" not in text and "municipality" not in text


def instance_of(node: Node | None) -> Instance:
    """Made-up ids of the rows a node lies in, and of one row of its own."""
    return () if node is None else tuple(str(at + 1) for at in range(len(node.frames) + 1))


def list_around(node: Node) -> list[Step | Node]:
    """The groups around a node and its step, innermost first."""
    return [node.step] if node.parent is None else [node.parent, *list_around(node.parent)]
