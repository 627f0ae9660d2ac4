"""One line of text. Stored exactly as typed: no trimming, no Unicode normalisation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.base import Fault, FieldType, SettingFault, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import expression, whole

DEFAULT_LONGEST = 1_000
PATTERN_LONGEST = 250


def is_storable(text: str) -> bool:
    """No NUL and no half surrogate pair: databases and PDF cannot hold them."""
    if text.isascii():
        return "\x00" not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def read_line(raw: Any) -> str | Fault | None:
    """Text without the white space around it, for typed values such as e-mail or IBAN; None when blank."""
    if raw is None:
        return None
    if not isinstance(raw, str):
        return Fault("not_text")
    if not is_storable(raw):
        return Fault("text_unreadable")
    return raw.strip() or None


TEXT_MESSAGES = {
    "text_too_short": message(
        "{label}: Bitte geben Sie mindestens {min} Zeichen ein. Bisher sind es {length}.",
        "{label}: Please enter at least {min} characters. You have entered {length}.",
        "Der Text ist zu kurz. Bitte schreiben Sie mindestens {min} Zeichen.",
    ),
    "text_too_long": message(
        "{label}: Bitte kürzen Sie den Text auf höchstens {max} Zeichen. Jetzt sind es {length}.",
        "{label}: Please shorten the text to at most {max} characters. It now has {length}.",
        "Der Text ist zu lang. Bitte schreiben Sie höchstens {max} Zeichen. Jetzt sind es {length} Zeichen.",
    ),
    "text_pattern": message(
        "{label}: Diese Schreibweise erkennen wir nicht. Bitte prüfen Sie die Eingabe{hint}.",
        "{label}: We do not recognise this format. Please check what you entered{hint}.",
        "Wir kennen diese Schreibweise nicht. Bitte prüfen Sie, was Sie geschrieben haben{hint}.",
    ),
}


@field_types.register
class TextField(FieldType):
    key = "text"
    name: ClassVar = {"de": "Text (eine Zeile)", "en": "Text (one line)"}
    settings: ClassVar = {
        "min_length": whole("Mindestens so viele Zeichen", maximum=DEFAULT_LONGEST),
        "max_length": whole("Höchstens so viele Zeichen (sonst 1000)", minimum=1, maximum=DEFAULT_LONGEST),
        "pattern": expression("Muster, dem die ganze Antwort entsprechen muss"),
    }
    messages: ClassVar = TEXT_MESSAGES
    longest: ClassVar[int] = DEFAULT_LONGEST

    def check_settings(self, settings: Settings) -> Iterable[SettingFault]:
        low, high = settings.get("min_length"), self.max_length(settings)
        if low is not None and low > high:
            yield SettingFault("min_length", "Die Mindestlänge ist größer als die Höchstlänge.")

    def max_length(self, settings: Settings) -> int:
        default = PATTERN_LONGEST if "pattern" in settings else self.longest
        return int(settings.get("max_length", default))

    def parse(self, raw: Any, settings: Settings) -> Any:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, str):
            return Fault("not_text")
        if not is_storable(raw):
            return Fault("text_unreadable")
        return None if raw.isspace() else raw

    def check(self, value: str, settings: Settings, today: date) -> Fault | None:
        length, most = len(value), self.max_length(settings)
        if length > most:
            return Fault("text_too_long", {"max": most, "length": length})
        if length < settings.get("min_length", 0):
            return Fault("text_too_short", {"min": settings["min_length"], "length": length})
        pattern = settings.get("pattern")
        if pattern is not None and not pattern.fullmatch(value):
            return Fault("text_pattern")
        return None

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string", "maxLength": self.max_length(settings)}
        if "min_length" in settings:
            schema["minLength"] = settings["min_length"]
        if "pattern" in settings:
            schema["pattern"] = f"^(?:{settings['pattern'].pattern})$"
        return schema

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        view: dict[str, Any] = {"max_length": self.max_length(settings)}
        if "min_length" in settings:
            view["min_length"] = settings["min_length"]
        if "pattern" in settings:
            view["pattern"] = settings["pattern"].pattern
        return view

    def reader(self, settings: Settings) -> Any:
        if "pattern" in settings or "min_length" in settings:
            return super().reader(settings)
        most, slow = self.max_length(settings), super().reader(settings)

        def read(raw: Any, today: date) -> Any:
            if type(raw) is str and 0 < len(raw) <= most and raw.isalnum() and raw.isascii():
                return raw
            return slow(raw, today)

        return read
