"""A telephone number, German unless it starts with + or 00. Stored as typed (trimmed)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import phonenumbers

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types

from .text import read_line

REGION = "DE"
LONGEST = 40
FEWEST_DIGITS = 5  # with the area code; "112" is no number to call back


def read_phone(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        found = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    complete = phonenumbers.is_possible_number(found) and len(str(found.national_number)) >= FEWEST_DIGITS
    return found if complete else None


@field_types.register
class PhoneField(FieldType):
    key = "phone"
    name: ClassVar = {"de": "Telefonnummer", "en": "Telephone number"}
    autocomplete = "tel"
    messages: ClassVar = {
        "required": message(
            "Bitte geben Sie {object} an, zum Beispiel {example}.",
            "Please enter {object}, for example {example}.",
            "Hier fehlt eine Telefon-Nummer. Zum Beispiel: {example}.",
        ),
        "phone_invalid": message(
            "{label}: Diese Telefonnummer ist nicht vollständig. Bitte schreiben Sie sie mit Vorwahl, zum Beispiel "
            "{example}.",
            "{label}: This telephone number is not complete. Please include the area code, for example {example}.",
            "Die Telefon-Nummer stimmt nicht. Bitte schreiben Sie die Vorwahl dazu. Zum Beispiel: {example}.",
        ),
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        text = read_line(raw)
        if not isinstance(text, str):
            return text
        return text if len(text) <= LONGEST and read_phone(text) else Fault("phone_invalid")

    def display(self, value: str, locale: str, settings: Settings = NO_SETTINGS) -> str:
        found = read_phone(value)
        if found is None:
            return value
        return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "string", "maxLength": LONGEST}

    def required_params(self, locale: str) -> Mapping[str, Any]:
        return {"example": "+49 3641 123456" if locale == "en" else "03641 123456"}
