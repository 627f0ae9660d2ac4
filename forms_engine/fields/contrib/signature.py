"""A signature: the name written out, or drawn with finger, pen or mouse; each is enough by itself. Stored as
`{"name": "Erika Beispiel", "drawing": "M12 80 15 76 …"}` with what was given.

A drawing is the path of the pen over an area of 600 x 200, in whole numbers: a few kilobytes inside the sealed answers,
sharp at any size, and nothing but `M`, digits and spaces, so that it can neither carry a script nor break a parser
(docs/decisions/0030-a-signature-is-a-path.md). It proves who signed as little as a scanned one does: where the law
wants the written form, it is no replacement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Part, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types

from .text import is_storable

WIDTH, HEIGHT = 600, 200
MOST_CHARACTERS = 8_000
LONGEST_NAME = 100
LEAST_SPREAD = 20  # a slip of the finger is no signature
PATH = re.compile(r"(?:M\d{1,3} \d{1,3}(?: \d{1,3} \d{1,3})*)+", re.ASCII)
WORDS: Mapping[str, tuple[str, str]] = {
    "de": ("mit dem Namen unterschrieben", "gezeichnete Unterschrift"),
    "en": ("signed with the name", "drawn signature"),
    "de-simple": ("mit dem Namen unterschrieben", "gezeichnete Unterschrift"),
}
REMARKS = sorted({f"({word})" for words in WORDS.values() for word in words})
LABELS: Mapping[str, Mapping[str, str]] = {
    "name": {"de": "Vorname und Nachname", "en": "First name and surname", "de-simple": "Vorname und Nachname"},
    "drawing": {"de": "Gezeichnete Unterschrift", "en": "Drawn signature", "de-simple": "Gezeichnete Unterschrift"},
}


@field_types.register
class SignatureField(FieldType):
    key = "signature"
    name: ClassVar = {"de": "Unterschrift", "en": "Signature"}
    kind = "record"
    parts = ("name", "drawing")
    autocomplete = "name"
    messages: ClassVar = {
        "required": message(
            "Bitte unterschreiben Sie bei {label}: Schreiben Sie Ihren Vornamen und Nachnamen, oder zeichnen Sie.",
            "Please sign at {label}: write your first name and surname, or draw.",
            "Hier fehlt Ihre Unterschrift. Bitte schreiben Sie Ihren Vornamen und Nachnamen.",
        ),
        "signature_name": message(
            "{label}: Bitte schreiben Sie Ihren Vornamen und Nachnamen, höchstens 100 Zeichen.",
            "{label}: Please write your first name and surname, at most 100 characters.",
            "Bitte schreiben Sie Ihren Vornamen und Ihren Nachnamen.",
        ),
        "signature_small": message(
            "{label}: Das ist zu klein für eine Unterschrift. Bitte zeichnen Sie noch einmal, oder schreiben Sie Ihren "
            "Namen.",
            "{label}: This is too small for a signature. Please draw again, or write your name.",
            "Die Unterschrift ist zu klein. Bitte zeichnen Sie noch einmal. Oder schreiben Sie Ihren Namen.",
        ),
        "signature_invalid": message(
            "{label}: Die Zeichnung ist nicht richtig angekommen. Bitte zeichnen Sie noch einmal, oder schreiben Sie "
            "Ihren Namen.",
            "{label}: The drawing did not arrive properly. Please draw again, or write your name.",
            "Die Zeichnung ist nicht da. Bitte zeichnen Sie noch einmal. Oder schreiben Sie Ihren Namen.",
        ),
    }

    def parts_of(self, settings: Settings) -> Mapping[str, Part]:
        return {name: Part(LABELS[name]) for name in self.parts}

    def parse(self, raw: Any, settings: Settings) -> Any:
        if isinstance(raw, str):
            raw = {"name": without_remark(raw.strip())}
        if raw is None or raw == []:
            return None
        if not isinstance(raw, Mapping) or not all(isinstance(raw.get(part) or "", str) for part in self.parts):
            return Fault("signature_invalid", {"part": "name"})
        given = {part: text for part in self.parts if (text := (raw.get(part) or "").strip())}
        if "drawing" in given and not is_drawing(given["drawing"]):
            return Fault("signature_invalid", {"part": "name"})
        return given or None

    def check(self, value: Mapping[str, str], settings: Settings, today: date) -> Fault | None:
        name = value.get("name")
        if name is not None and not is_name(name):
            return Fault("signature_name", {"part": "name"})
        if name is None and spread(value["drawing"]) < LEAST_SPREAD:
            return Fault("signature_small", {"part": "name"})
        return None

    def picture(self, value: Mapping[str, str]) -> Mapping[str, Any] | None:
        if "drawing" not in value:
            return None
        return {"path": value["drawing"], "width": WIDTH, "height": HEIGHT}

    def display(self, value: Mapping[str, str], locale: str, settings: Settings = NO_SETTINGS) -> str:
        written, drawn = WORDS.get(locale, WORDS["de"])
        said = drawn if "drawing" in value else written
        return f"{value['name']} ({said})" if "name" in value else said[:1].upper() + said[1:]

    def display_raw(self, raw: Any) -> str:
        return str(raw.get("name") or "") if isinstance(raw, Mapping) else super().display_raw(raw)

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        name = {"type": "string", "minLength": 2, "maxLength": LONGEST_NAME}
        drawing = {"type": "string", "maxLength": MOST_CHARACTERS, "pattern": r"^(M\d{1,3}( \d{1,3})+)+$"}
        properties = {"name": name, "drawing": drawing}
        return {"type": "object", "minProperties": 1, "properties": properties, "additionalProperties": False}

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        area = {"width": WIDTH, "height": HEIGHT, "max_length": MOST_CHARACTERS}
        return {"area": area, "name_label": LABELS["name"].get(locale, LABELS["name"]["de"])}


def without_remark(text: str) -> str:
    """The name in what `display` writes. No pattern: one that looks for the white space before the remark takes time
    with the square of the length, and strangers send megabytes of it."""
    for remark in REMARKS:
        if text.endswith(remark):
            return text.removesuffix(remark).rstrip()
    return text


def is_name(text: str) -> bool:
    return is_storable(text) and 2 <= len(text) <= LONGEST_NAME and any(char.isalpha() for char in text)


def is_drawing(path: str) -> bool:
    """Strokes over the area and nothing else."""
    if len(path) > MOST_CHARACTERS or not PATH.fullmatch(path):
        return False
    across, down = points(path)
    return max(across) <= WIDTH and max(down) <= HEIGHT


def points(path: str) -> tuple[list[int], list[int]]:
    numbers = [int(number) for number in path.replace("M", " ").split()]
    return numbers[::2], numbers[1::2]


def spread(path: str) -> int:
    """How far the pen got, in the direction it went farther."""
    return max(max(axis) - min(axis) for axis in points(path))
