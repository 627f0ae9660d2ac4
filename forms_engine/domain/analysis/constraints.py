"""What has to hold at once: the small language that conditions are translated into."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from forms_engine.domain.model import Node

from .domains import Domain

Change = Callable[[Domain], Domain | None]


@dataclass(frozen=True, slots=True)
class Term:
    """Something with a value: an answer, or an expression nobody looks into. Two of the same key are the same.

    `node` is the question behind it, in the row `instance` (an id for each repeated group around it).
    """

    key: str
    kind: str
    start: Domain = field(compare=False)
    node: Node | None = field(default=None, compare=False)
    instance: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of them."""

    parts: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrow:
    """The term has a value, or none, as `change` says."""

    term: Term
    change: Change


@dataclass(frozen=True, slots=True)
class Relate:
    """How two terms compare: `allowed` out of `<`, `=`, `>`."""

    first: Term
    second: Term
    allowed: frozenset[str]


@dataclass(slots=True, eq=False)
class Later:
    """Spelled out when it is needed, and then once."""

    make: Callable[[], Constraint]
    made: Constraint | None = None

    def spell_out(self) -> Constraint:
        if self.made is None:
            self.made = self.make()
        return self.made


@dataclass(slots=True, eq=False)
class Implied(Later):
    """Follows from an answer being there. Followed once for each key; `always`: also by a search that leaves out
    what is merely implied."""

    key: Hashable = None
    always: bool = False


Constraint = All | Some | Narrow | Relate | Later
TRUE = All()
FALSE = Some()


def answered(term: Term) -> Narrow:
    return Narrow(term, Domain.answered)


def unanswered(term: Term) -> Narrow:
    return Narrow(term, Domain.unanswered)


def one_of(term: Term, values: Any) -> Narrow:
    wanted = frozenset(values)
    return Narrow(term, lambda domain: domain.only(wanted))


def none_of(term: Term, values: Any) -> Narrow:
    unwanted = frozenset(values)
    return Narrow(term, lambda domain: domain.without(unwanted))


def ordered(term: Term, name: str, value: Any) -> Narrow:
    """`<`, `<=`, `>`, `>=` a value."""
    strict = len(name) == 1
    if name[0] == ">":
        return Narrow(term, lambda domain: domain.from_below(value, above=strict))
    return Narrow(term, lambda domain: domain.to_above(value, below=strict))
