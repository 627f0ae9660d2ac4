"""The plate of a vehicle registered in Germany (section 9 FZV). Stored with one hyphen and one space: `J-AB 123E`.

One to three letters for the district, one or two letters, one to four digits without a zero in front; together at most
eight characters; E for electric, H for historic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from forms_engine.fields.base import Fault, FieldType, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types

from .text import read_line

PLATE = re.compile(r"([A-ZÄÖÜ]{1,3})(?:\s*-\s*|\s+)([A-Z]{1,2})\s*-?\s*([1-9]\d{0,3})\s*([EH]?)")
LONGEST = 8
EXAMPLE = "J-AB 123"


@field_types.register
class VehiclePlateField(FieldType):
    key = "vehicle_plate"
    name: ClassVar = {"de": "Kfz-Kennzeichen", "en": "Vehicle plate"}
    messages: ClassVar = {
        "required": message(
            "Bitte geben Sie {object} an, zum Beispiel {example}.",
            "Please enter {object}, for example {example}.",
            "Hier fehlt das Kenn-Zeichen von Ihrem Auto. Zum Beispiel: {example}.",
        ),
        "plate_invalid": message(
            "{label}: Bitte schreiben Sie das Kennzeichen mit einem Strich nach dem Ort, zum Beispiel {example}.",
            "{label}: Please write the plate with a hyphen after the town, for example {example}.",
            "Das Kenn-Zeichen stimmt nicht. Bitte schreiben Sie es so: {example}.",
        ),
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        text = read_line(raw)
        if not isinstance(text, str):
            return text
        found = PLATE.fullmatch(text.upper()) if len(text) <= 40 else None
        if found is None or len("".join(found.groups())) > LONGEST:
            return Fault("plate_invalid", {"example": EXAMPLE})
        return f"{found[1]}-{found[2]} {found[3]}{found[4]}"

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [1-9][0-9]{0,3}[EH]?$"}

    def required_params(self, locale: str) -> Mapping[str, Any]:
        return {"example": EXAMPLE}
