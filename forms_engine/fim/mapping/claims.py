"""What rules demand of one target, and how the form does it.

A target may be required while one condition holds and forbidden while another does. Where every answer does one or the
other, it is shown exactly when it is required. Else it is shown while nothing forbids it, and required while something
requires it. What would look ahead or wait for itself is no condition of showing: it becomes a check of the target.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from forms_engine.fim.mapping.conditions import (
    Condition,
    Empty,
    Json,
    any_of,
    are_opposite,
    as_rule,
    compared_places,
    negated,
    places_of,
)
from forms_engine.fim.mapping.effects import Effects
from forms_engine.fim.mapping.layout import Layout, Place
from forms_engine.fim.mapping.lookup import Unclear
from forms_engine.fim.model import DataField, Group, Tree

Key = tuple[str, str]  # key of the element that carries a rule, rule id


@dataclass(slots=True)
class Claim:
    """What the rules say about one target: prose `rules`, or official `trees` with their `messages`."""

    target: Place
    required: list[Condition] = field(default_factory=list)
    forbidden: list[Condition] = field(default_factory=list)
    rules: set[Key] = field(default_factory=set)
    trees: list[Tree] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)  # where the target is forbidden

    @property
    def conditions(self) -> list[Condition]:
        return [*self.required, *self.forbidden]

    @property
    def is_exclusive(self) -> bool:
        """Whether each set of answers either requires or forbids."""
        if not (self.required and self.forbidden):
            return False
        return are_opposite(any_of(self.required), any_of(self.forbidden))

    @property
    def shown(self) -> Condition | None:
        """When the target is shown exactly because it is required; None where the two do not meet."""
        element = self.target.element
        is_text = isinstance(element, DataField) and element.kind == "label"  # nobody leaves a text unanswered
        is_only_then = (self.target.position.minimum > 0 or is_text) and bool(self.required) and not self.forbidden
        return any_of(self.required) if self.is_exclusive or is_only_then else None


def needs_of(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """Key of each place that a claim shows or hides -> keys of what its condition looks at, groups with all in them."""
    needs: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        sources = [source for condition in claim.conditions for source in places_of(condition)]
        for place in claim.target.walk():
            needs[place.key] |= {part.key for source in sources for part in source.walk()}
    return needs


def circular_keys(claims: Iterable[Claim]) -> set[str]:
    """Keys of places that would depend on themselves."""
    needs = needs_of(claims)
    return {key for key in needs if _reaches(key, needs)}


def _reaches(goal: str, needs: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    waiting = list(needs.get(goal, ()))
    while waiting:
        key = waiting.pop()
        if key == goal:
            return True
        if key not in seen:
            seen.add(key)
            waiting += needs.get(key, ())
    return False


@dataclass(slots=True)
class ClaimWriter:
    """Writes claims into the effects. `claims` are all there are: they say which sources may go unanswered."""

    layout: Layout
    effects: Effects
    claims: list[Claim]
    _steps: dict[str, int] = field(init=False)
    _ruled: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self._steps = {step.id: index for index, step in enumerate(self.layout.steps)}
        self._ruled = {claim.target.key for claim in self.claims}

    def write(self, claim: Claim, *, circular: bool = False) -> str:
        """Does what the claim says and returns it in half a German sentence."""
        if circular or self._looks_ahead(claim):
            return self._write_checks(claim)
        effect, target = self.effects.of(claim.target), claim.target
        if claim.shown is not None:
            effect.visible, effect.is_exact = as_rule(claim.shown, target), True
            effect.required = True
            return "wird nur gezeigt, wenn die Bedingung zutrifft"
        if claim.forbidden:
            effect.visible = self._not_forbidden(claim)
            effect.required = True if target.position.minimum > 0 else None
        if claim.required:
            self._require(claim)
            return f"ist Pflicht, wenn die Bedingung zutrifft{', sonst nicht immer möglich' if claim.forbidden else ''}"
        return "wird gezeigt, solange die Bedingung nicht dagegen spricht"

    def _require(self, claim: Claim) -> None:
        """An optional target that something requires. A group that is asked for is there unasked while required."""
        effect, target = self.effects.of(claim.target), claim.target
        required = as_rule(any_of(claim.required), target)
        effect.required = True if effect.required is True else required
        effect.demanded = required if isinstance(target.element, Group) else None

    def _not_forbidden(self, claim: Claim) -> Json | bool:
        """Hidden while open only where that cannot last: what a complete form need not answer must not hide."""
        forbidden = any_of(claim.forbidden)
        if all(self._is_certain(source, claim.target) for source in compared_places(forbidden)):
            return as_rule(negated(forbidden), claim.target)
        return {"not": [{"coalesce": [as_rule(forbidden, claim.target), False]}]}

    def _is_certain(self, source: Place, target: Place) -> bool:
        """Whether a complete form with the target's surroundings has an answer at the source."""
        around, place = {one.key for one in ancestors(target)}, source
        while place.key not in around:
            if place.position.minimum == 0 or place.key in self._ruled:
                return False
            if place.parent is None:
                return True
            place = place.parent
            if place.group.choice:
                return False
        return True

    def _looks_ahead(self, claim: Claim) -> bool:
        """Whether showing the target would wait for an answer on a later page."""
        first = min(self._step(place) for place in claim.target.walk())
        sources = (source for condition in claim.conditions for source in places_of(condition))
        return any(self._step(part) > first for source in sources for part in source.walk())

    def _step(self, place: Place) -> int:
        return self._steps.get(place.path.partition(".")[0], 0)

    def _write_checks(self, claim: Claim) -> str:
        """`required` and checks depend on nothing: they may look anywhere."""
        effect, target = self.effects.of(claim.target), claim.target
        if claim.required:
            effect.required = as_rule(any_of(claim.required), target)
        if claim.forbidden and target.position.is_repeated and target.row() is not None:
            raise Unclear("eine Prüfung in Zeilen von Zeilen lässt sich hier nicht ausdrücken")
        if claim.forbidden:
            forbidden, empty = as_rule(any_of(claim.forbidden), target), as_rule(Empty(target), target)
            message = " ".join(claim.messages) or "Diese Angabe passt nicht zu Ihren anderen Angaben."
            effect.valid.append({"rule": {"or": [{"not": [forbidden]}, empty]}, "message": {"de": message}})
        return "wird geprüft, sobald alles beantwortet ist"


def ancestors(place: Place) -> Iterator[Place]:
    """The groups around, innermost first."""
    around = place.parent
    while around is not None:
        yield around
        around = around.parent
