"""The identification number of the tax office (IdNr, section 139b AO): 11 digits, one of them repeated, check digit by
ISO 7064 MOD 11,10. Stored without spaces, shown in the groups of the letter: `36 574 261 809`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from stdnum.de import idnr
from stdnum.exceptions import InvalidChecksum, ValidationError

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types

from .text import read_line

DIGITS = 11
EXAMPLE = "36 574 261 809"


@field_types.register
class TaxIdField(FieldType):
    key = "tax_id"
    name: ClassVar = {"de": "Steuer-Identifikationsnummer", "en": "Tax identification number"}
    messages: ClassVar = {
        "required": message(
            "Bitte geben Sie {object} an, zum Beispiel {example}.",
            "Please enter {object}, for example {example}.",
            "Hier fehlt Ihre Steuer-Nummer mit 11 Ziffern. Zum Beispiel: {example}.",
        ),
        "tax_id_invalid": message(
            "{label}: Die Nummer hat 11 Ziffern und steht auf Ihrem Steuerbescheid, zum Beispiel {example}. "
            "Die Steuernummer mit Schrägstrichen ist eine andere.",
            "{label}: The number has 11 digits and is on your tax assessment, for example {example}. The tax number "
            "with slashes is a different one.",
            "Die Nummer stimmt nicht. Sie hat 11 Ziffern. Sie steht auf Ihrem Steuer-Bescheid.",
        ),
        "tax_id_checksum": message(
            "{label}: In der Nummer ist ein Tippfehler, die Prüfziffer passt nicht. Bitte vergleichen Sie sie mit "
            "Ihrem Steuerbescheid.",
            "{label}: There is a typing error in the number, the check digit does not match. Please compare it with "
            "your tax assessment.",
            "In der Nummer ist ein Fehler. Bitte vergleichen Sie die Nummer mit Ihrem Steuer-Bescheid.",
        ),
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        text = read_line(str(raw) if type(raw) is int and abs(raw) < 10**DIGITS else raw)
        if not isinstance(text, str):
            return text
        compact = "".join(text.split()).replace("-", "")
        if not (compact.isascii() and compact.isdigit() and len(compact) == DIGITS):
            return Fault("tax_id_invalid", {"example": EXAMPLE})
        try:
            return str(idnr.validate(compact))
        except InvalidChecksum:
            return Fault("tax_id_checksum")
        except ValidationError:
            return Fault("tax_id_invalid", {"example": EXAMPLE})

    def display(self, value: str, locale: str, settings: Settings = NO_SETTINGS) -> str:
        return f"{value[:2]} {value[2:5]} {value[5:8]} {value[8:]}"

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[1-9][0-9]{10}$"}

    def required_params(self, locale: str) -> Mapping[str, Any]:
        return {"example": EXAMPLE}
