"""Settings of a question (`min`, `max_length`, …): how each is read from the flow document, and its JSON Schema.

A field type lists its settings by name; the loader reads them, the schema and the documentation are made from them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from . import dates
from .numbers import as_decimal
from .patterns import PatternRefused, compile_pattern

MAX_WHOLE = 10**15 - 1


class SettingInvalid(ValueError):
    """The value of a setting cannot be used; the message is German and completes „min: …“."""


@dataclass(frozen=True, slots=True)
class Setting:
    read: Callable[[Any], Any]
    schema: Mapping[str, Any] = field(default_factory=dict)
    meaning: str = ""


def whole(meaning: str, *, minimum: int = 0, maximum: int = MAX_WHOLE) -> Setting:
    def read(value: Any) -> int:
        if type(value) is not int or not minimum <= value <= maximum:
            raise SettingInvalid(f"Hier wird eine ganze Zahl von {minimum} bis {maximum} erwartet.")
        return value

    return Setting(read, {"type": "integer", "minimum": minimum, "maximum": maximum}, meaning)


def number(meaning: str) -> Setting:
    """An exact number: a string such as `"12.50"`, or a whole JSON number."""

    def read(value: Any) -> Decimal:
        found = as_decimal(value) if isinstance(value, str | int) else None
        if found is None:
            raise SettingInvalid('Hier wird eine Zahl erwartet, Kommazahlen als Text: "12.50".')
        return found

    pattern = r"^[+-]?(\d+(\.\d*)?|\.\d+)$"
    return Setting(read, {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": pattern}]}, meaning)


def moment(meaning: str) -> Setting:
    """A fixed day (ISO) or one relative to today."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not (dates.RELATIVE.fullmatch(value) or dates.parse_iso(value)):
            raise SettingInvalid('Hier wird ein Datum erwartet: "2025-12-31", "today" oder zum Beispiel "today-18y".')
        return value

    pattern = r"^(\d{4}-\d{2}-\d{2}|today([+-]\d{1,4}[ymwd])?)$"
    return Setting(read, {"type": "string", "pattern": pattern}, meaning)


def expression(meaning: str) -> Setting:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise SettingInvalid("Hier wird ein Muster (regulärer Ausdruck) als Text erwartet.")
        try:
            return compile_pattern(value)
        except PatternRefused as refused:
            raise SettingInvalid(str(refused)) from refused

    return Setting(read, {"type": "string", "maxLength": 500}, meaning)


def word(meaning: str, *, longest: int = 40) -> Setting:
    def read(value: Any) -> str:
        if not isinstance(value, str) or not 0 < len(value) <= longest:
            raise SettingInvalid(f"Hier wird ein kurzer Text (bis {longest} Zeichen) erwartet.")
        return value

    return Setting(read, {"type": "string", "minLength": 1, "maxLength": longest}, meaning)


def one_of(meaning: str, *choices: str) -> Setting:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise SettingInvalid("Möglich sind: " + ", ".join(choices) + ".")
        return value

    return Setting(read, {"enum": list(choices)}, meaning)


def flag(meaning: str) -> Setting:
    def read(value: Any) -> bool:
        if not isinstance(value, bool):
            raise SettingInvalid("Hier wird true oder false erwartet.")
        return value

    return Setting(read, {"type": "boolean"}, meaning)


def words_of(meaning: str, *choices: str) -> Setting:
    """A list of different words out of a fixed set."""

    def read(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            raise SettingInvalid("Hier wird eine Liste erwartet.")
        if len(set(value)) < len(value) or not set(value) <= set(choices):
            raise SettingInvalid("Möglich sind, je einmal: " + ", ".join(choices) + ".")
        return tuple(value)

    schema = {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": list(choices)}}
    return Setting(read, schema, meaning)
