"""Official rule trees to conditions of places. They are what prose rules mean: nothing in them is guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms_engine.fim.mapping.claims import Claim
from forms_engine.fim.mapping.conditions import All, Always, AnyOf, Before, Condition, Empty, Not, RealDate, Xor
from forms_engine.fim.mapping.layout import Place
from forms_engine.fim.mapping.lookup import NUMBERS, Lookup, Unclear, check_answer
from forms_engine.fim.model import DataField, Tree
from forms_engine.fim.trees import REQUIRE, VALID


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that must hold, at the element that carries it (None is the schema)."""

    bearer: Place | None
    tree: Tree
    condition: Condition


@dataclass(slots=True)
class Official:
    """What the trees of one schema demand. `refused`: the trees that mean nothing certain here, with the reason."""

    claims: list[Claim] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    refused: list[tuple[Place | None, Tree, str]] = field(default_factory=list)


def read_trees(bearers: list[tuple[Place | None, tuple[Tree, ...]]], lookup: Lookup) -> Official:
    """All trees as claims on their targets and as checks."""
    official = Official()
    claims: dict[str, Claim] = {}
    for bearer, trees in bearers:
        for tree in trees:
            try:
                condition = read_condition(tree.condition, bearer, lookup)
                if tree.effect == VALID:
                    official.checks.append(Check(bearer, tree, condition))
                    continue
                target = lookup.child(bearer, tree.target)
            except Unclear as reason:
                official.refused.append((bearer, tree, str(reason)))
                continue
            claim = claims.setdefault(target.key, Claim(target))
            (claim.required if tree.effect == REQUIRE else claim.forbidden).append(condition)
            if tree.effect != REQUIRE and tree.message:
                claim.messages.append(tree.message)
            claim.trees.append(tree)
    official.claims = list(claims.values())
    return official


def read_condition(tree: Any, bearer: Place | None, lookup: Lookup) -> Condition:
    """The condition of a tree (checked when it was read). Raises `Unclear` for a name or value that is none here."""
    if tree is True:
        return Always()
    name, parts = next(iter(tree.items()))
    return OPERATORS[name](parts, bearer, lookup)


def _child(part: Any, bearer: Place | None, lookup: Lookup) -> Place:
    return lookup.child(bearer, part["identifier"] if isinstance(part, dict) else part)


def _identifier(part: str, bearer: Place | None, lookup: Lookup) -> Condition:
    return lookup.equals(lookup.child(bearer, part), [True])


def _equal(parts: list[Any], bearer: Place | None, lookup: Lookup) -> Condition:
    return lookup.equals(_child(parts[0], bearer, lookup), [parts[1]])


def _not_equal(parts: list[Any], bearer: Place | None, lookup: Lookup) -> Condition:
    return Not(_equal(parts, bearer, lookup))


def _is_empty(part: Any, bearer: Place | None, lookup: Lookup) -> Condition:
    return Empty(_child(part, bearer, lookup))


def _less_than(parts: list[Any], bearer: Place | None, lookup: Lookup) -> Condition:
    first, second = (_child(part, bearer, lookup) for part in parts)
    check_answer(first)
    check_answer(second)
    kinds = {place.element.datatype if isinstance(place.element, DataField) else "" for place in (first, second)}
    if kinds != {"date"} and not kinds <= NUMBERS:
        raise Unclear(f"{first.element.id} und {second.element.id} haben keine Reihenfolge")
    return Before(first, second)


def _is_valid_date(parts: list[Any], bearer: Place | None, lookup: Lookup) -> Condition:
    places = [_child(part, bearer, lookup) for part in parts]
    for place in places:
        check_answer(place)
    if any(not isinstance(one.element, DataField) or one.element.datatype != "num_int" for one in places):
        raise Unclear("Tag, Monat und Jahr sind keine ganzen Zahlen")
    return RealDate(*places)


def _not(part: Any, bearer: Place | None, lookup: Lookup) -> Condition:
    return Not(read_condition(part, bearer, lookup))


def _and(parts: list[Any], bearer: Place | None, lookup: Lookup) -> Condition:
    return All(tuple(read_condition(part, bearer, lookup) for part in parts))


def _or(parts: list[Any], bearer: Place | None, lookup: Lookup) -> Condition:
    return AnyOf(tuple(read_condition(part, bearer, lookup) for part in parts))


def _xor(parts: list[Any], bearer: Place | None, lookup: Lookup) -> Condition:
    first, second = (read_condition(part, bearer, lookup) for part in parts)
    return Xor(first, second)


OPERATORS: Mapping[str, Callable[[Any, Place | None, Lookup], Condition]] = {
    "identifier": _identifier,
    "equal": _equal,
    "not_equal": _not_equal,
    "is_empty": _is_empty,
    "less_than": _less_than,
    "is_valid_date": _is_valid_date,
    "not": _not,
    "and": _and,
    "or": _or,
    "xor": _xor,
}
