"""A condition whose names are places of the form: what prose and official trees become before they are a form rule.

Three values as in form mode (docs/reference/logic.md): a comparison with something unanswered is None, and so is what
cannot be decided without it. `Empty` is never None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from forms_engine.fim.mapping.layout import Place
from forms_engine.fim.mapping.variables import variable

Json = dict[str, Any]
Value = str | bool

MANY = 4_096  # combinations of answers, above which two conditions are not compared
NO_ANSWER = None
OTHER = "\0other"  # an answer that no condition names
LAND = "\0land"  # key of the Land among what is known


@dataclass(frozen=True, slots=True)
class Is:
    """The answer at `source` is one of `values`. `possible`: all there are, empty where that is not known."""

    source: Place
    values: tuple[Value, ...]
    possible: frozenset[Value] = frozenset()


@dataclass(frozen=True, slots=True)
class Empty:
    source: Place


@dataclass(frozen=True, slots=True)
class Before:
    first: Place
    second: Place


@dataclass(frozen=True, slots=True)
class RealDate:
    day: Place
    month: Place
    year: Place


@dataclass(frozen=True, slots=True)
class InLaender:
    """The municipality lies in one of the Länder: `keys` are the first two digits of its key (AGS)."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Xor:
    first: Condition
    second: Condition


@dataclass(frozen=True, slots=True)
class Always:
    pass


Condition = Is | Empty | Before | RealDate | InLaender | Not | All | AnyOf | Xor | Always
Known = Mapping[str, Value | None]  # key of a place -> its answer; for `Empty` of a group any text or None


def places_of(condition: Condition) -> Iterator[Place]:
    """Every place the condition looks at, as often as it does."""
    match condition:
        case Is(source=place) | Empty(source=place):
            yield place
        case Before(first=first, second=second):
            yield from (first, second)
        case RealDate(day=day, month=month, year=year):
            yield from (day, month, year)
        case Not(part=part):
            yield from places_of(part)
        case All(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from places_of(part)
        case Xor(first=one, second=other):
            yield from places_of(one)
            yield from places_of(other)


def compared_places(condition: Condition) -> Iterator[Place]:
    """The places whose answer is compared: without it the condition may stay open."""
    for part in parts_of(condition):
        if not isinstance(part, Empty | Not | All | AnyOf | Xor):
            yield from places_of(part)


def negated(condition: Condition) -> Condition:
    return condition.part if isinstance(condition, Not) else Not(condition)


def any_of(conditions: Iterable[Condition]) -> Condition:
    """Their `or`, without doubles."""
    parts = tuple(dict.fromkeys(conditions))
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def all_of(conditions: Iterable[Condition]) -> Condition:
    parts = tuple(dict.fromkeys(conditions))
    return parts[0] if len(parts) == 1 else All(parts)


# -- as a rule of the form -------------------------------------------------------------------------------------------


def as_rule(condition: Condition, at: Place, *, row: Place | None = None) -> Json | bool:
    """The form rule at a place. `row`: for a check of a repeated group, the group itself."""

    def var(place: Place) -> Json:
        return {"var": variable(at, place.path, row=row)}

    match condition:
        case Is(source=source, values=values):
            return _equal(source, values, var(source))
        case Empty(source=source):
            return {"is_empty": [var(source)]}
        case Before(first=first, second=second):
            return {"<": [var(first), var(second)]}
        case RealDate(day=day, month=month, year=year):
            return {"is_valid_date": [var(day), var(month), var(year)]}
        case InLaender(keys=keys):
            return _in_laender(keys)
        case Not(part=part):
            return {"not": [as_rule(part, at, row=row)]}
        case All(parts=parts) | AnyOf(parts=parts):
            joined = "and" if isinstance(condition, All) else "or"
            return {joined: [as_rule(part, at, row=row) for part in parts]}
        case Xor(first=one, second=other):
            return {"xor": [as_rule(one, at, row=row), as_rule(other, at, row=row)]}
    return True


def _in_laender(keys: tuple[str, ...]) -> Json:
    """`|16` occurs in `|16053000` exactly where the key begins with 16."""
    municipality = {"cat": ["|", {"var": "municipality"}]}
    tests: list[Json] = [{"in": [f"|{key}", municipality]} for key in keys]
    return tests[0] if len(tests) == 1 else {"or": tests}


def _equal(source: Place, values: tuple[Value, ...], var: Json) -> Json:
    if source.is_multiple:
        tests: list[Json] = [{"in": [value, var]} for value in values]
    else:
        tests = [{"==": [var, value]} for value in values]
    return tests[0] if len(tests) == 1 else {"or": tests}


# -- what conditions say of each other -------------------------------------------------------------------------------


def holds(condition: Condition, known: Known) -> bool | None:
    """The condition for these answers; dates count as unanswered."""
    match condition:
        case Is(source=source, values=values):
            answer = known.get(source.key)
            return None if answer is None else answer in values
        case Empty(source=source):
            return known.get(source.key) is None
        case InLaender(keys=keys):
            land = known.get(LAND)
            return None if land is None else land in keys
        case Not(part=part):
            value = holds(part, known)
            return None if value is None else not value
        case All(parts=parts):
            return _kleene([holds(part, known) for part in parts], decides=False)
        case AnyOf(parts=parts):
            return _kleene([holds(part, known) for part in parts], decides=True)
        case Xor(first=one, second=other):
            first, second = holds(one, known), holds(other, known)
            return None if first is None or second is None else first is not second
        case Always():
            return True
    return None


def _kleene(values: list[bool | None], *, decides: bool) -> bool | None:
    if decides in values:
        return decides
    return None if None in values else not decides


def are_opposite(required: Condition, forbidden: Condition) -> bool:
    """Whether every full set of answers either requires or forbids. False where that cannot be told."""
    answers = list(combinations([required, forbidden], answered=True))
    if not answers:
        return False
    return all((holds(required, known) is True) is not (holds(forbidden, known) is True) for known in answers)


def combinations(conditions: list[Condition], *, answered: bool = False) -> Iterator[Known]:
    """Every set of answers that makes a difference to the conditions; none where there are too many.

    `answered`: what is compared has an answer.
    """
    places: dict[str, Place] = {}
    values: dict[str, set[Value]] = {}
    compared: set[str] = set()
    laender = {key for one in conditions for part in parts_of(one) if isinstance(part, InLaender) for key in part.keys}
    for condition in conditions:
        for atom in _atoms(condition):
            places[atom.source.key] = atom.source
            if isinstance(atom, Is):
                compared.add(atom.source.key)
                values.setdefault(atom.source.key, set()).update(atom.possible or {*atom.values, OTHER})
        if any(isinstance(part, Before | RealDate) for part in parts_of(condition)):
            return
    if any(place.is_multiple for key, place in places.items() if key in compared):
        return
    domains = [
        [*sorted(values.get(key, {OTHER}), key=str), *([] if answered and key in compared else [NO_ANSWER])]
        for key in places
    ]
    keys = [*places, LAND] if laender else [*places]
    if laender:
        domains.append([*sorted(laender), OTHER])
    count = 1
    for domain in domains:
        count *= len(domain)
    if count <= MANY:
        yield from (dict(zip(keys, answers, strict=True)) for answers in product(*domains))


def parts_of(condition: Condition) -> Iterator[Condition]:
    """Itself and everything it is made of."""
    yield condition
    match condition:
        case Not(part=part):
            yield from parts_of(part)
        case All(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from parts_of(part)
        case Xor(first=one, second=other):
            yield from parts_of(one)
            yield from parts_of(other)


def _atoms(condition: Condition) -> Iterator[Is | Empty]:
    return (part for part in parts_of(condition) if isinstance(part, Is | Empty))
