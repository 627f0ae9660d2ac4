"""A country out of ISO 3166-1. Stored as its two letters: `DE`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Settings
from forms_engine.fields.countries import country_names
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types

from .choice import ChoiceField


@field_types.register
class CountryField(FieldType):
    key = "country"
    name: ClassVar = {"de": "Land", "en": "Country"}
    autocomplete: ClassVar[str | None] = "country"
    messages: ClassVar = {
        "required": ChoiceField.messages["required"],
        "required_question": ChoiceField.messages["required_question"],
        "country_unknown": message(
            "{label}: Dieses Land kennen wir nicht. Bitte wählen Sie eines aus der Liste.",
            "{label}: We do not know this country. Please choose one from the list.",
            "Dieses Land ist nicht in der Liste. Bitte wählen Sie ein Land aus der Liste.",
        ),
    }

    def names(self, locale: str) -> Mapping[str, str]:
        """Code -> what people choose, in this order."""
        return country_names(locale)

    def parse(self, raw: Any, settings: Settings) -> Any:
        """A code in whatever case, or a name in German or English, as an importing program may have it."""
        if raw is None or raw == "":
            return None
        if not isinstance(raw, str) or len(raw) > 200:
            return Fault("country_unknown")
        text = raw.strip()
        if not text or text.upper() in self.names("de"):
            return text.upper() or None
        for locale in ("de", "en"):
            for code, name in self.names(locale).items():
                if name.casefold() == text.casefold():
                    return code
        return Fault("country_unknown")

    def display(self, value: str, locale: str, settings: Settings = NO_SETTINGS) -> str:
        return self.names(locale).get(value, value)

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "string", "enum": sorted(self.names("de"))}

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        options = [{"value": code, "label": name, "help": ""} for code, name in self.names(locale).items()]
        return {"display": "select", "options": options}
