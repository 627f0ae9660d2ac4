"""Uploaded files. Stored as the list of file ids; bytes and their check belong to the upload, not to this type."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import Setting, SettingInvalid, whole

ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
MEDIA_TYPE = re.compile(r"[a-z]+/([a-z0-9][a-z0-9.+-]{0,80}|\*)", re.ASCII)
DEFAULT_ACCEPT = ("application/pdf", "image/jpeg", "image/png")
DEFAULT_BYTES = 10 * 1024 * 1024
MOST_BYTES = 100 * 1024 * 1024
MOST_FILES = 50


def read_accept(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or len(value) > 50:
        raise SettingInvalid('Hier wird eine Liste von Dateiarten erwartet, zum Beispiel ["application/pdf"].')
    for item in value:
        if not isinstance(item, str) or not MEDIA_TYPE.fullmatch(item):
            raise SettingInvalid('Eine Dateiart sieht so aus: "application/pdf" oder "image/*".')
    return tuple(value)


ACCEPT = Setting(
    read_accept,
    {
        "type": "array",
        "minItems": 1,
        "maxItems": 50,
        "items": {"type": "string", "pattern": r"^[a-z]+/([a-z0-9][a-z0-9.+\-]{0,80}|\*)$"},
    },
    "Erlaubte Dateiarten (sonst PDF, JPEG und PNG)",
)


@field_types.register
class FileField(FieldType):
    key = "file"
    name: ClassVar = {"de": "Datei", "en": "File"}
    kind = "files"
    settings: ClassVar = {
        "accept": ACCEPT,
        "max_bytes": whole("Höchste Größe einer Datei in Byte (sonst 10 MB)", minimum=1, maximum=MOST_BYTES),
        "min": whole("Mindestens so viele Dateien", maximum=MOST_FILES),
        "max": whole("Höchstens so viele Dateien (sonst eine)", minimum=1, maximum=MOST_FILES),
    }
    messages: ClassVar = {
        "required": message(
            "Bitte laden Sie bei {label} eine Datei hoch.",
            "Please upload a file for {label}.",
            "Hier fehlt eine Datei: {label}. Bitte laden Sie die Datei hoch.",
        ),
        "file_invalid": message(
            "{label}: Die Datei ist nicht richtig angekommen. Bitte laden Sie sie noch einmal hoch.",
            "{label}: The file did not arrive properly. Please upload it again.",
            "Die Datei ist nicht da. Bitte laden Sie die Datei noch einmal hoch.",
        ),
        "file_too_few": message(
            "{label}: Bitte laden Sie mindestens {min} Dateien hoch.",
            "{label}: Please upload at least {min} files.",
            "Bitte laden Sie mindestens {min} Dateien hoch.",
        ),
        "file_too_many": message(
            "{label}: Möglich sind höchstens {max} Dateien. Bitte entfernen Sie die übrigen.",
            "{label}: You can upload at most {max} files. Please remove the others.",
            "Das sind zu viele Dateien. Es gehen höchstens {max}.",
        ),
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        if isinstance(raw, str):
            raw = [raw] if raw else None
        if raw is None:
            return None
        if not isinstance(raw, list | tuple) or len(raw) > 10 * MOST_FILES:
            return Fault("file_invalid")
        if not all(isinstance(item, str) and ID.fullmatch(item) for item in raw):
            return Fault("file_invalid")
        return list(dict.fromkeys(raw)) or None

    def check(self, value: list[str], settings: Settings, today: date) -> Fault | None:
        most = max(settings.get("max", 1), settings.get("min", 1))
        if len(value) > most:
            return Fault("file_too_many", {"max": most})
        if len(value) < settings.get("min", 0):
            return Fault("file_too_few", {"min": settings["min"]})
        return None

    def display(self, value: list[str], locale: str, settings: Settings = NO_SETTINGS) -> str:
        if len(value) == 1:
            return "1 file" if locale == "en" else "1 Datei"
        return f"{len(value)} files" if locale == "en" else f"{len(value)} Dateien"

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "array", "uniqueItems": True, "items": {"type": "string"}}

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        return {
            "accept": list(settings.get("accept", DEFAULT_ACCEPT)),
            "max_bytes": settings.get("max_bytes", DEFAULT_BYTES),
            "min": settings.get("min", 0),
            "max": max(settings.get("max", 1), settings.get("min", 1)),
        }
