"""A postal address in parts. Stored as an object with the parts that were filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Part, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import flag, words_of

from .text import is_storable

PARTS = ("street", "house_number", "addition", "postcode", "place", "country")
DEFAULT_PARTS = ("street", "house_number", "addition", "postcode", "place")
OPTIONAL = {"addition", "country"}
LONGEST = 100
POSTCODE = re.compile(r"\d{5}", re.ASCII)
GERMANY = {"", "de", "deu", "d", "deutschland", "germany"}
TOKENS = {"street": "address-line1", "house_number": "address-line2", "addition": "address-line3",
          "postcode": "postal-code", "place": "address-level2", "country": "country-name"}  # fmt: skip
LABELS: Mapping[str, Mapping[str, str]] = {
    "street": {"de": "Straße", "en": "Street", "de-simple": "Straße"},
    "house_number": {"de": "Hausnummer", "en": "House number", "de-simple": "Haus-Nummer"},
    "addition": {"de": "Adresszusatz", "en": "Additional line", "de-simple": "Mehr zur Adresse"},
    "postcode": {"de": "Postleitzahl", "en": "Postcode", "de-simple": "Post-Leit-Zahl"},
    "place": {"de": "Ort", "en": "Town", "de-simple": "Stadt oder Dorf"},
    "country": {"de": "Land", "en": "Country", "de-simple": "Land"},
}


@field_types.register
class AddressField(FieldType):
    key = "address"
    name: ClassVar = {"de": "Postanschrift", "en": "Postal address"}
    kind = "address"
    parts = PARTS
    settings: ClassVar = {
        "parts": words_of("Welche Teile gefragt werden (sonst alle außer dem Land)", *PARTS),
        "lookup": flag("Beim Tippen Straßen vorschlagen"),
    }
    messages: ClassVar = {
        "required": message(
            "Bitte geben Sie {object} vollständig an: Straße, Hausnummer, Postleitzahl und Ort.",
            "Please enter {object} in full: street, house number, postcode and town.",
            "Hier fehlt die Adresse. Bitte schreiben Sie Straße, Haus-Nummer, Post-Leit-Zahl und Ort.",
        ),
        "address_invalid": message(
            "{label}: Diese Anschrift können wir nicht lesen. Bitte geben Sie sie noch einmal ein.",
            "{label}: We cannot read this address. Please enter it again.",
            "Wir können die Adresse nicht lesen. Bitte schreiben Sie die Adresse noch einmal.",
        ),
        "address_incomplete": message(
            "{label}: Bitte ergänzen Sie noch {missing}.",
            "{label}: Please also enter {missing}.",
            "In der Adresse fehlt noch etwas: {missing}.",
        ),
        "address_too_long": message(
            "{label}: Der Teil {part} ist zu lang. Möglich sind {max} Zeichen.",
            "{label}: {part} is too long. You can use {max} characters.",
            "{part} ist zu lang. Es gehen nur {max} Zeichen.",
        ),
        "address_postcode": message(
            "{label}: Eine deutsche Postleitzahl hat fünf Ziffern, zum Beispiel 07743.",
            "{label}: A German postcode has five digits, for example 07743.",
            "Die Post-Leit-Zahl stimmt nicht. Sie hat 5 Ziffern. Zum Beispiel: 07743.",
        ),
        "text_unreadable": message(
            "{label}: Die Anschrift enthält Zeichen, die nicht gespeichert werden können. Bitte neu eintippen.",
            "{label}: The address contains characters that cannot be saved. Please type it again.",
            "In der Adresse sind Zeichen, die nicht gehen. Bitte schreiben Sie die Adresse noch einmal.",
        ),
    }

    def asked_parts(self, settings: Settings) -> tuple[str, ...]:
        return tuple(settings.get("parts", DEFAULT_PARTS))

    def parts_of(self, settings: Settings) -> Mapping[str, Part]:
        return {name: Part(LABELS[name]) for name in PARTS}

    def parse(self, raw: Any, settings: Settings) -> Any:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, Mapping) or not all(isinstance(raw.get(name) or "", str) for name in PARTS):
            return Fault("address_invalid")
        filled = {name: raw[name].strip() for name in self.asked_parts(settings) if (raw.get(name) or "").strip()}
        return filled or None

    def check(self, value: Mapping[str, str], settings: Settings, today: date) -> Fault | None:
        for name, text in value.items():
            if not is_storable(text):
                return Fault("text_unreadable", {"part": name})
            if len(text) > LONGEST:
                return Fault("address_too_long", {"part": name, "max": LONGEST})
        missing = [name for name in self.asked_parts(settings) if name not in OPTIONAL and name not in value]
        if missing:
            return Fault("address_incomplete", {"missing": missing, "part": missing[0]})
        domestic = value.get("country", "").casefold() in GERMANY
        if "postcode" in value and domestic and not POSTCODE.fullmatch(value["postcode"]):
            return Fault("address_postcode", {"part": "postcode"})
        return None

    def display(self, value: Mapping[str, str], locale: str, settings: Settings = NO_SETTINGS) -> str:
        line = " ".join(filter(None, (value.get("street"), value.get("house_number"))))
        town = " ".join(filter(None, (value.get("postcode"), value.get("place"))))
        return ", ".join(filter(None, (line, value.get("addition"), town, value.get("country"))))

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        parts = self.asked_parts(settings)
        return {
            "type": "object",
            "properties": {name: {"type": "string", "maxLength": LONGEST} for name in parts},
            "required": [name for name in parts if name not in OPTIONAL],
            "additionalProperties": False,
        }

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        parts = self.asked_parts(settings)
        return {
            "lookup": bool(settings.get("lookup")),
            "parts": [
                {
                    "name": name,
                    "label": LABELS[name].get(locale, LABELS[name]["de"]),
                    "required": name not in OPTIONAL,
                    "autocomplete": TOKENS[name],
                    "max_length": LONGEST,
                }
                for name in parts
            ],
        }
