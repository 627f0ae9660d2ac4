"""Conditions as constraints: what must hold for a rule to be true, to be false, to have a value at all.

Truth is that of form mode (docs/reference/logic.md, section 3): whatever compares or computes needs all its answers,
and an answer counts only where its question is there. What cannot be said exactly is said weaker, never stronger: a
contradiction may be missed, none is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from forms_engine.domain.logic.values import nfc
from forms_engine.domain.model import Node, Step

from .constraints import FALSE, TRUE, All, Constraint, Implied, Later, Narrow, Some, Term, answered, one_of, unanswered
from .domains import Domain
from .sight import GroupRead, Instance, RowInSight, split
from .terms import COMPARISONS, Operand, Terms

MOST_LEAVES = 30
MOST_RULED = 30  # options whose own conditions are looked at in one go
BOTH = frozenset([True, False])
RuleAt = Callable[[str, str], Any]  # (path, role) -> the rule there, None where there is none that can be used


@dataclass(slots=True)
class Conditions:
    """Translates the rules of one flow. `rule_at` finds the conditions of steps, nodes and options (`option:VALUE`)."""

    terms: Terms
    rule_at: RuleAt
    row_names: Any = field(default_factory=count)

    # what follows from being there

    def there(self, item: Step | Node, instance: Instance) -> Constraint:
        """The step or node is shown: its own condition holds, and what is around it is shown."""
        if isinstance(item, Step):
            return self.condition(item.path, "when", Operand(None, ()))
        instance = instance[: len(item.frames)]
        around = item.parent or item.step
        own = self.condition(item.path, "visible", Operand(None, self.terms.sight_of(item, instance)))
        return All((own, self.is_there(around, instance)))

    def is_there(self, item: Step | Node, instance: Instance) -> Constraint:
        """As `there`, spelled out once and only by a search that looks at what is implied."""
        instance = instance[: len(item.frames)] if isinstance(item, Node) else ()
        return Implied(lambda: self.there(item, instance), key=("there", item.path, instance))

    def condition(self, path: str, role: str, at: Operand) -> Constraint:
        rule = self.rule_at(path, role)
        return TRUE if rule is None else self.holds(at.part(rule))

    def reading(self, term: Term) -> Constraint:
        """What follows from the answer being there: its question is shown, its formula has a value."""
        node, instance = term.node, term.instance
        if node is None:
            return TRUE
        shown = self.is_there(node, instance)
        if node.type != "calculated" or self.rule_at(node.path, "value") is None:
            return shown
        formula = Operand(node.value, self.terms.sight_of(node, instance))
        computed = Implied(lambda: self.has_value(formula), key=("value", node.path, instance), always=True)
        return All((shown, computed))

    def chosen(self, term: Term, values: frozenset[Any]) -> Constraint:
        """One of the values is the answer; an option needs its own condition."""
        node = term.node
        if node is None or not node.option_rules or not 0 < len(values) <= MOST_RULED:
            return one_of(term, values)
        return Some(tuple(All((one_of(term, [value]), self.offered(term, value))) for value in sorted(values)))

    def offered(self, term: Term, value: str) -> Constraint:
        node, instance = term.node, term.instance
        if node is None or self.rule_at(node.path, f"option:{value}") is None:
            return TRUE
        at = Operand(None, self.terms.sight_of(node, instance))
        key = ("offered", node.path, instance, value)
        return Implied(lambda: self.condition(node.path, f"option:{value}", at), key=key)

    # true and false

    def holds(self, at: Operand, wanted: bool = True) -> Constraint:
        """The condition is true (or false)."""
        if isinstance(at.rule, bool):
            return TRUE if at.rule is wanted else FALSE
        name, args = split(at.rule)
        if not args:
            return TRUE
        if name in COMPARISONS:
            return self.compared(name, args, at, wanted)
        special = HOLDING.get(name)
        return special(self, args, at, wanted) if special else self.unknown(at, wanted)

    def later(self, at: Operand, wanted: bool) -> Constraint:
        return Later(lambda: self.holds(at, wanted))

    def unknown(self, at: Operand, wanted: bool) -> Constraint:
        """A condition nobody looks into is at least not true and false at once."""
        return All((self.has_values(at), self.flagged(at, wanted)))

    def flagged(self, at: Operand, wanted: bool) -> Constraint:
        return one_of(Term(f"?{self.terms.key(at)}", "bool", Domain(among=BOTH)), [wanted])

    def answer(self, args: list[Any], at: Operand, wanted: bool) -> Constraint:
        term = self.terms.read(at)
        if not isinstance(term, Term):
            return TRUE
        return All((one_of(term, [wanted]), self.reading(term), self.formula_holds(term, wanted)))

    def formula_holds(self, term: Term, wanted: bool) -> Constraint:
        node = term.node
        if node is None or node.type != "calculated" or self.rule_at(node.path, "value") is None:
            return TRUE
        return self.later(Operand(node.value, self.terms.sight_of(node, term.instance)), wanted)

    def negated(self, args: list[Any], at: Operand, wanted: bool) -> Constraint:
        return self.holds(at.part(args[0]), not wanted)

    def joined(self, args: list[Any], at: Operand, wanted: bool) -> Constraint:
        parts = tuple(self.later(at.part(arg), wanted) for arg in args)
        return All(parts) if (split(at.rule)[0] == "and") is wanted else Some(parts)

    def exclusive(self, args: list[Any], at: Operand, wanted: bool) -> Constraint:
        if len(args) != 2:
            return TRUE
        first, second = at.part(args[0]), at.part(args[1])
        one = All((self.later(first, True), self.later(second, False)))
        other = All((self.later(first, False), self.later(second, True)))
        return Some((one, other) if wanted else self.alike(first, second))

    def alike(self, first: Operand, second: Operand) -> tuple[Constraint, ...]:
        return tuple(All((self.later(first, truth), self.later(second, truth))) for truth in (True, False))

    def branched(self, args: list[Any], at: Operand, wanted: bool) -> Constraint:
        return self.each_branch(at, lambda branch: self.later(branch, wanted))

    def each_branch(self, at: Operand, say: Callable[[Operand], Constraint]) -> Constraint:
        """A branch of an `if` (all conditions before it false), or the first operand of a `coalesce` that is there."""
        name, args = split(at.rule)
        found: list[Constraint] = []
        before: tuple[Constraint, ...] = ()
        if name == "coalesce":
            for arg in args:
                part = at.part(arg)
                found.append(All((*before, say(part))))
                before = (*before, self.is_missing(part))
            return Some(tuple(found))
        for position in range(0, len(args) - 1, 2):
            test = at.part(args[position])
            found.append(All((*before, self.later(test, True), say(at.part(args[position + 1])))))
            before = (*before, self.later(test, False))
        if len(args) % 2:
            found.append(All((*before, say(at.part(args[-1])))))
        return Some(tuple(found))

    def is_missing(self, at: Operand) -> Constraint:
        term = self.terms.read(at)
        return unanswered(term) if isinstance(term, Term) else TRUE

    def empty(self, args: list[Any], at: Operand, wanted: bool) -> Constraint:
        inner = at.part(args[0])
        found = self.terms.read(inner)
        if isinstance(found, Term):
            return unanswered(found) if wanted else self.has_value(inner)
        if isinstance(found, GroupRead) and found.is_single:
            return self.group_empty(found, at, wanted)
        return self.flagged(at, wanted) if wanted else All((self.flagged(at, wanted), self.has_value(inner)))

    def group_empty(self, found: GroupRead, at: Operand, wanted: bool) -> Constraint:
        node, instance = found.node, found.instance
        flag = self.flagged(at, wanted)
        if not wanted and node.repeat:
            return All((flag, self.is_there(node, instance)))
        questions = [leaf for leaf in node.walk() if leaf.is_question]
        leaves = [self.terms.answer(leaf, instance) for leaf in questions if leaf.frames == node.frames]
        if wanted:
            return flag if node.repeat else All((flag, *map(unanswered, leaves)))
        if len(leaves) < len(questions) or len(leaves) > MOST_LEAVES:
            return All((flag, self.is_there(node, instance)))
        return All((flag, Some(tuple(All((answered(leaf), self.reading(leaf))) for leaf in leaves))))

    def contained(self, args: list[Any], at: Operand, wanted: bool) -> Constraint:
        if len(args) != 2:
            return TRUE
        if isinstance(args[1], list):
            return self.comparison("in" if wanted else "not in", at.part(args[0]), at.part(args[1]))
        hay = self.terms.read(at.part(args[1]))
        if not isinstance(hay, Term) or hay.kind != "list" or not isinstance(args[0], str):
            return self.unknown(at, wanted)
        value = nfc(args[0])
        if wanted:
            ticked = Narrow(hay, lambda domain: domain.holding(value))
            return All((ticked, self.reading(hay), self.offered(hay, value)))
        return All((Narrow(hay, lambda domain: domain.lacking(value)), self.reading(hay)))

    def quantified(self, args: list[Any], at: Operand, wanted: bool) -> Constraint:
        """That some row is so (or not so) is looked into; what is said of all rows is not."""
        if len(args) != 2:
            return TRUE
        name = split(at.rule)[0]
        some = Operand({"some": args}, at.sight) if name == "none" else at
        wanted = not wanted if name == "none" else wanted
        flag = self.flagged(some, wanted)
        if wanted is (name == "all"):
            return flag
        return All((flag, self.some_row(at.part(args[0]), args[1], name != "all")))

    def some_row(self, source: Operand, test: Any, wanted: bool) -> Constraint:
        row = self.terms.open_rows(source, f"~{next(self.row_names)}")
        if row is None:
            return TRUE
        inside = Operand(test, (*source.sight, row))
        parts = [self.later(inside, wanted)]
        while split(source.rule)[0] == "filter" and len(split(source.rule)[1]) == 2:
            source_args = split(source.rule)[1]
            parts.append(self.later(inside.part(source_args[1]), True))
            source = source.part(source_args[0])
        if isinstance(row, RowInSight):
            parts.append(self.is_there(self.terms.flow.nodes[row.group], row.instance[:-1]))
        return All(tuple(parts))

    # having a value

    def has_value(self, at: Operand) -> Constraint:
        """The expression is not undefined."""
        if at.is_literal:
            return TRUE
        name, args = split(at.rule)
        if name == "var":
            term = self.terms.read(at)
            return All((answered(term), self.reading(term))) if isinstance(term, Term) else TRUE
        if name in ALWAYS_DEFINED or (name in {"min", "max"} and len(args) == 1):
            return TRUE
        if name in {"and", "or"}:
            return Some((self.later(at, True), self.later(at, False)))
        if name in {"if", "coalesce"}:
            return self.each_branch(at, self.has_value_later)
        return self.has_values(at)

    def has_values(self, at: Operand) -> Constraint:
        """All operands of an operator that needs them all."""
        name, args = split(at.rule)
        if name in {"map", "filter"}:
            args = args[:1]
        return All(tuple(self.has_value_later(at.part(arg)) for arg in args if isinstance(arg, dict)))

    def has_value_later(self, at: Operand) -> Constraint:
        return Later(lambda: self.has_value(at))

    # comparisons are the work of the class below

    def compared(self, name: str, args: list[Any], at: Operand, wanted: bool) -> Constraint:
        raise NotImplementedError

    def comparison(self, name: str, left: Operand, right: Operand, kind: str = "") -> Constraint:
        raise NotImplementedError


ALWAYS_DEFINED = frozenset({"is_empty", "some", "all", "none"})
HOLDING: dict[str, Callable[[Conditions, list[Any], Operand, bool], Constraint]] = {
    "var": Conditions.answer,
    "not": Conditions.negated,
    "!": Conditions.negated,
    "and": Conditions.joined,
    "or": Conditions.joined,
    "xor": Conditions.exclusive,
    "if": Conditions.branched,
    "coalesce": Conditions.branched,
    "is_empty": Conditions.empty,
    "in": Conditions.contained,
    "some": Conditions.quantified,
    "all": Conditions.quantified,
    "none": Conditions.quantified,
}
