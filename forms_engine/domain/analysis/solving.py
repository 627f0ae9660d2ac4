"""Can constraints hold at once? Looks through the alternatives, and says yes when they are too many."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from .constraints import All, Constraint, Implied, Later, Narrow, Relate, Some, Term
from .domains import Domain, can_be_less, can_be_same, can_differ

MOST_STEPS = 4_000
ORDERED = frozenset({"integer", "decimal", "date"})
ANY_ORDER = frozenset("<=>")
MIRROR = {"<": ">", "=": "=", ">": "<"}


class TooMuch(Exception):
    """More to look through than we are ready to."""


@dataclass(slots=True)
class State:
    """What is known so far, and the choices still open."""

    facts: dict[Term, Domain] = field(default_factory=dict)
    relations: dict[tuple[Term, Term], frozenset[str]] = field(default_factory=dict)
    followed: set[Hashable] = field(default_factory=set)
    choices: list[Some] = field(default_factory=list)

    def copy(self) -> State:
        return State(dict(self.facts), dict(self.relations), set(self.followed), list(self.choices))

    def knows_as_much_as(self, other: State) -> bool:
        same_facts = self.facts == other.facts and self.relations == other.relations
        return same_facts and len(self.choices) == len(other.choices)

    def domain(self, term: Term) -> Domain:
        return self.facts.get(term, term.start)

    def narrow(self, constraint: Narrow) -> bool:
        found = constraint.change(self.domain(constraint.term))
        if found is not None:
            self.facts[constraint.term] = found
        return found is not None

    def relate(self, relation: Relate) -> bool:
        first, second, allowed = relation.first, relation.second, relation.allowed
        if first == second:
            return "=" in allowed
        if first.key > second.key:
            first, second, allowed = second, first, frozenset(MIRROR[sign] for sign in allowed)
        known = self.relations.get((first, second), ANY_ORDER) & allowed
        self.relations[first, second] = known
        return bool(known)

    def keep_choice(self, choice: Some, todo: list[Constraint]) -> bool:
        """Of one alternative there is no choice, of none no way on."""
        if len(choice.parts) > 1:
            self.choices.append(choice)
        else:
            todo.extend(choice.parts)
        return bool(choice.parts)

    def relations_hold(self) -> bool:
        """Does every pair of terms still have values that compare as they should?"""
        return all(self.relation_holds(first, second, allowed) for (first, second), allowed in self.relations.items())

    def relation_holds(self, first: Term, second: Term, allowed: frozenset[str]) -> bool:
        one, other = self.domain(first), self.domain(second)
        if "=" in allowed and can_be_same(one, other):
            return True
        if first.kind not in ORDERED or second.kind not in ORDERED:
            return bool(allowed - {"="}) and can_differ(one, other)
        return ("<" in allowed and can_be_less(one, other)) or (">" in allowed and can_be_less(other, one))


@dataclass(slots=True)
class Search:
    """One question to the solver. Without `with_implied` nothing follows from an answer being there."""

    with_implied: bool = True
    steps_left: int = MOST_STEPS

    def is_possible(self, constraints: Iterable[Constraint]) -> bool:
        state = State()
        try:
            return self.narrow(state, list(constraints)) and self.choose(state)
        except TooMuch:
            return True

    def narrow(self, state: State, todo: list[Constraint]) -> bool:
        """Take in everything that leaves no choice; choices are kept for later. False: a contradiction."""
        while todo:
            self.steps_left -= 1
            if self.steps_left < 0:
                raise TooMuch
            if not self.take(state, todo.pop(), todo):
                return False
        return True

    def take(self, state: State, constraint: Constraint, todo: list[Constraint]) -> bool:
        if isinstance(constraint, Narrow):
            return state.narrow(constraint)
        if isinstance(constraint, Relate):
            return state.relate(constraint)
        if isinstance(constraint, Some):
            return state.keep_choice(constraint, todo)
        if isinstance(constraint, All):
            todo.extend(constraint.parts)
        elif self.is_followed(state, constraint):
            todo.append(constraint.spell_out())
        return True

    def is_followed(self, state: State, constraint: Later) -> bool:
        if not isinstance(constraint, Implied):
            return True
        if not (self.with_implied or constraint.always) or constraint.key in state.followed:
            return False
        state.followed.add(constraint.key)
        return True

    def choose(self, state: State) -> bool:
        """Branch at the choice that has the fewest alternatives left."""
        while (pruned := self.prune(state)) == "more":
            continue
        if pruned == "none":
            return False
        if not state.choices:
            return state.relations_hold()
        smallest = min(state.choices, key=lambda choice: len(choice.parts))
        state.choices.remove(smallest)
        return any(self.follow(state, part) for part in smallest.parts)

    def follow(self, state: State, part: Constraint) -> bool:
        trial = state.copy()
        return self.narrow(trial, [part]) and self.choose(trial)

    def prune(self, state: State) -> str:
        """Drop alternatives that contradict what is known, and choices one alternative of which is known to hold.

        `none`: a choice has no alternative left; `more`: something new is known, look again; `done`.
        """
        choices, state.choices = state.choices, []
        found_more = False
        for choice in choices:
            alive, is_known = self.look_at(state, choice)
            if not alive:
                return "none"
            if len(alive) == 1:
                self.narrow(state, list(alive))
                found_more = True
            elif not is_known:
                state.choices.append(Some(alive))
        return "more" if found_more else "done"

    def look_at(self, state: State, choice: Some) -> tuple[tuple[Constraint, ...], bool]:
        """The alternatives that are left, and whether one of them says nothing new."""
        alive, is_known = [], False
        for part in choice.parts:
            trial = state.copy()
            if self.narrow(trial, [part]):
                alive.append(part)
                is_known = is_known or trial.knows_as_much_as(state)
        return tuple(alive), is_known
