"""What the prose rules we can read with certainty do, by place. Everything else stays prose."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms_engine.fim.mapping.layout import Place

Json = dict[str, object]


@dataclass(slots=True)
class Effect:
    visible: Json | None = None
    required: bool | Json | None = None
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

    def silent(self) -> frozenset[str]:
        """Keys of fields that got a fixed value."""
        return frozenset(key for key, effect in self.by_key.items() if effect.constant is not None)

    def add_choice(self, around: Place, targets: list[Place]) -> str:
        """The path of the question that decides between `targets`."""
        choices = self.choices.setdefault(around.key, [])
        ident = f"{CHOSEN}_{len(choices) + 1}" if choices else CHOSEN
        choices.append(Choice(ident, tuple(targets)))
        return f"{around.path}.{ident}"
