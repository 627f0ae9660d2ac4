"""Where an official check (`valid`) goes in the form, and which checks hold because of how the form is built."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from forms_engine.fim.mapping.claims import Claim
from forms_engine.fim.mapping.conditions import (
    Condition,
    Empty,
    Not,
    RealDate,
    Xor,
    as_rule,
    combinations,
    compared_places,
    holds,
    parts_of,
    places_of,
)
from forms_engine.fim.mapping.effects import Effects
from forms_engine.fim.mapping.layout import Layout, Place
from forms_engine.fim.mapping.lookup import Unclear
from forms_engine.fim.mapping.variables import variable
from forms_engine.fim.model import DataField, Group


@dataclass(slots=True)
class CheckWriter:
    layout: Layout
    effects: Effects
    claims: list[Claim]
    _claimed: dict[str, Claim] = field(init=False)

    def __post_init__(self) -> None:
        self._claimed = {claim.target.key: claim for claim in self.claims}

    def write(self, bearer: Place | None, condition: Condition, message: str) -> str:
        """Makes the form keep to the check; returns how, as a German sentence. Raises `Unclear`."""
        if self._is_implied(condition):
            return "Durch die Bedingungen dieser Angaben schon erfüllt."
        at, row = self._place(bearer, condition)
        self.effects.of(at).valid.append({"rule": as_rule(condition, at, row=row), "message": {"de": message}})
        return f"Prüfung an „{' '.join(at.element.label.split())}“."

    def _is_implied(self, condition: Condition) -> bool:
        """Whether the groups it speaks of are shown and required so that it always holds."""
        claims = {place.key: self._claimed.get(place.key) for place in places_of(condition)}
        shown = {key: claim.shown for key, claim in claims.items() if claim and claim.is_exclusive and claim.shown}
        if len(shown) < len(claims) or list(compared_places(condition)):
            return False
        answers = list(combinations(list(shown.values()), answered=True))
        return bool(answers) and all(
            holds(condition, {key: "filled" if holds(rule, known) else None for key, rule in shown.items()}) is True
            for known in answers
        )

    def _place(self, bearer: Place | None, condition: Condition) -> tuple[Place, Place | None]:
        """The node that carries the check: one that is there whenever the element is. And the rows it goes through."""
        named = list(dict.fromkeys(places_of(condition)))
        day = next((part.day for part in parts_of(condition) if isinstance(part, RealDate)), None)
        if day is not None and self._is_always_there(day):
            return day, None
        steps = {place.path.partition(".")[0] for place in named}
        if bearer and not bearer.is_step and bearer.kept and steps <= {bearer.path.partition(".")[0]}:
            return bearer, bearer if bearer.position.is_repeated else None
        near = bearer.children if bearer else self.layout.top
        for place in (*reversed(named), *reversed(near)):
            if self._is_always_there(place):
                return place, None
        raise Unclear("keine Frage, an der die Prüfung immer zu sehen wäre")

    def _is_always_there(self, place: Place) -> bool:
        """Whether the node is there whenever the element around it is, and its check is made."""
        element, effect = place.element, self.effects.at(place)
        if effect.visible is not None or place.position.is_repeated:
            return False
        if isinstance(element, DataField):
            return element.kind in {"input", "select"} and effect.constant is None
        return not place.is_step and bool(place.kept) and place.position.minimum > 0


def exclusive_pair(condition: Condition) -> list[Place]:
    """The two places of which exactly one must be filled in."""
    match condition:
        case Xor(first=Not(part=Empty(source=one)), second=Not(part=Empty(source=other))):
            return [one, other]
    return []


def can_choose(around: Place, targets: list[Place], claimed: Collection[str]) -> bool:
    """Whether a question can decide between optional groups: on one page, with no rules of their own."""
    return all(
        target.parent is around
        and isinstance(target.element, Group)
        and (target.position.minimum, target.position.maximum) == (0, 1)
        and target.key not in claimed
        and target.path == f"{around.path}.{target.id}"
        for target in targets
    )


def choose(effects: Effects, around: Place, targets: list[Place]) -> None:
    """A question decides which of the targets is shown; what is chosen must be filled in."""
    chooser = effects.add_choice(around, targets)
    for target in targets:
        effect = effects.of(target)
        effect.visible, effect.is_exact = {"==": [{"var": variable(target, chooser)}, target.id]}, True
        effect.required = True
