"""A whole number. Stored as a JSON integer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.numbers import as_decimal, format_number
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import MAX_WHOLE, whole, word

from .decimal import NUMBER_MESSAGES


@field_types.register
class IntegerField(FieldType):
    key = "integer"
    name: ClassVar = {"de": "Ganze Zahl", "en": "Whole number"}
    kind = "integer"
    settings: ClassVar = {
        "min": whole("Kleinster Wert", minimum=-MAX_WHOLE),
        "max": whole("Größter Wert", minimum=-MAX_WHOLE),
        "unit": word("Einheit, die hinter dem Feld steht"),
    }
    messages: ClassVar = NUMBER_MESSAGES | {
        "number_not_whole": message(
            "{label}: Bitte geben Sie eine ganze Zahl ohne Komma ein, zum Beispiel {example}.",
            "{label}: Please enter a whole number, for example {example}.",
            "Bitte schreiben Sie eine Zahl ohne Komma. Zum Beispiel: {example}.",
        ),
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        if type(raw) is int:
            return raw if -MAX_WHOLE <= raw <= MAX_WHOLE else Fault("number_too_long")
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        found = as_decimal(raw, dot_groups=True)
        if found is None:
            return Fault("number_invalid")
        return self.as_whole(found)

    def as_whole(self, found: Decimal) -> int | Fault:
        if abs(found) > MAX_WHOLE:
            return Fault("number_too_long")
        return int(found) if found == found.to_integral_value() else Fault("number_not_whole")

    def check(self, value: int, settings: Settings, today: date) -> Fault | None:
        low, high = settings.get("min"), settings.get("max")
        if low is not None and value < low:
            return Fault("number_too_small", {"min": low})
        if high is not None and value > high:
            return Fault("number_too_large", {"max": high})
        return None

    def display(self, value: int, locale: str, settings: Settings = NO_SETTINGS) -> str:
        unit = settings.get("unit")
        return format_number(value, locale) + (f" {unit}" if unit else "")

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "integer"}
        limits = (("min", "minimum"), ("max", "maximum"))
        return schema | {to: settings[name] for name, to in limits if name in settings}

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        return {name: settings[name] for name in ("min", "max", "unit") if name in settings}

    def required_params(self, locale: str) -> Mapping[str, Any]:
        return {"example": "12"}
