"""What official trees, and the prose rules we can read with certainty, do by place. Everything else stays prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from forms_engine.fim.mapping.layout import Place
from forms_engine.fim.model import DataField

Json = dict[str, Any]


@dataclass(slots=True)
class Effect:
    """`is_exact`: the target is shown only where it is wanted, so that an optional group need not be asked for.
    `demanded`: when an optional group that is asked for is wanted without asking."""

    visible: Json | bool | None = None
    is_exact: bool = False
    required: Json | bool | None = None
    demanded: Json | bool | None = None
    valid: list[Json] = field(default_factory=list)
    constant: str | None = None


NOTHING = Effect()
CHOSEN = "auswahl"


@dataclass(frozen=True, slots=True)
class Choice:
    """Exactly one of `targets`, children of one group: a question `id` is asked before the first of them."""

    id: str
    targets: tuple[Place, ...]


@dataclass(slots=True)
class Effects:
    by_key: dict[str, Effect] = field(default_factory=dict)
    choices: dict[str, list[Choice]] = field(default_factory=dict)  # by the key of the group around

    def at(self, place: Place) -> Effect:
        return self.by_key.get(place.key, NOTHING)

    def of(self, place: Place) -> Effect:
        return self.by_key.setdefault(place.key, Effect())

    def is_surely_filled(self, place: Place) -> bool:
        """Whether a group that is shown cannot be handed in empty, whatever the rules say."""
        if self.choices.get(place.key):
            return True
        for child in place.children:
            effect = self.at(child)
            if child.position.minimum == 0 or effect.visible is not None or effect.constant is not None:
                continue
            if not isinstance(child.element, DataField):
                if child.position.is_repeated or self.is_surely_filled(child):
                    return True
            elif child.element.kind in {"input", "select"}:
                return True
        return False

    def silent(self) -> frozenset[str]:
        """Keys of fields that got a fixed value."""
        return frozenset(key for key, effect in self.by_key.items() if effect.constant is not None)

    def add_choice(self, around: Place, targets: list[Place]) -> str:
        """The path of the question that decides between `targets`."""
        choices = self.choices.setdefault(around.key, [])
        ident = f"{CHOSEN}_{len(choices) + 1}" if choices else CHOSEN
        choices.append(Choice(ident, tuple(targets)))
        return f"{around.path}.{ident}"
