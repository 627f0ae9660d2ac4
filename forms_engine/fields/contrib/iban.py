"""An IBAN, checked by length of the country and check digits. Stored without spaces, shown in groups of four."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from stdnum import iban
from stdnum.exceptions import InvalidChecksum, ValidationError

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types

from .text import read_line

GERMAN = re.compile(r"DE\d{20}", re.ASCII)
SHAPE = re.compile(r"DE\d{20}|(?!DE)[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
EXAMPLE = "DE89 3704 0044 0532 0130 00"


@field_types.register
class IbanField(FieldType):
    key = "iban"
    name: ClassVar = {"de": "IBAN", "en": "IBAN"}
    messages: ClassVar = {
        "required": message(
            "Bitte geben Sie {object} an, zum Beispiel {example}.",
            "Please enter {object}, for example {example}.",
            "Hier fehlt die IBAN von Ihrem Konto. Zum Beispiel: {example}.",
        ),
        "iban_invalid": message(
            "{label}: Das ist keine vollständige IBAN. Eine deutsche IBAN beginnt mit DE und hat danach 20 Ziffern, "
            "zum Beispiel {example}.",
            "{label}: This is not a complete IBAN. A German IBAN starts with DE followed by 20 digits, for example "
            "{example}.",
            "Die IBAN stimmt nicht. Eine IBAN aus Deutschland beginnt mit DE. Danach kommen 20 Ziffern.",
        ),
        "iban_checksum": message(
            "{label}: In der IBAN ist ein Tippfehler, die Prüfziffern passen nicht. Bitte vergleichen Sie sie mit "
            "Ihrer Bankkarte.",
            "{label}: There is a typing error in the IBAN, the check digits do not match. Please compare it with your "
            "bank card.",
            "In der IBAN ist ein Fehler. Bitte vergleichen Sie die IBAN mit Ihrer Bank-Karte.",
        ),
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        text = read_line(raw)
        if not isinstance(text, str):
            return text
        if GERMAN.fullmatch(text) and int(text[4:] + "1314" + text[2:4]) % 97 == 1:
            return text  # the frequent case: ISO 7064 without a detour
        compact = "".join(text.split()).replace("-", "").upper()
        if not SHAPE.fullmatch(compact):
            return Fault("iban_invalid")
        try:
            return str(iban.validate(compact, check_country=False))
        except InvalidChecksum:
            return Fault("iban_checksum")
        except (ValidationError, ValueError):
            return Fault("iban_invalid")

    def display(self, value: str, locale: str, settings: Settings = NO_SETTINGS) -> str:
        return " ".join(value[at : at + 4] for at in range(0, len(value), 4))

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"}

    def required_params(self, locale: str) -> Mapping[str, Any]:
        return {"example": EXAMPLE}
