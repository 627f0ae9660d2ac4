"""A number with decimal places, exact. Stored as a string: `"12.5"`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Reader, SettingFault, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.numbers import as_decimal, as_typed, format_number, places_of, plain
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import number, whole, word

MOST_DIGITS = 20

NUMBER_MESSAGES = {
    "required": message(
        "Bitte geben Sie bei {label} eine Zahl ein, zum Beispiel {example}.",
        "Please enter a number for {label}, for example {example}.",
        "Hier fehlt eine Zahl. Bitte schreiben Sie hier: {label}. Zum Beispiel: {example}.",
    ),
    "required_question": message(
        "Bitte beantworten Sie die Frage {label} mit einer Zahl, zum Beispiel {example}.",
        "Please answer the question {label} with a number, for example {example}.",
        "Hier fehlt eine Zahl. Zum Beispiel: {example}.",
    ),
    "number_invalid": message(
        "{label}: Das ist keine Zahl, die wir lesen können. Bitte schreiben Sie nur Ziffern, zum Beispiel {example}.",
        "{label}: We cannot read this number. Please use digits only, for example {example}.",
        "Das ist keine Zahl. Bitte schreiben Sie eine Zahl. Zum Beispiel: {example}.",
    ),
    "number_too_small": message(
        "{label}: Die Zahl muss mindestens {min} sein.",
        "{label}: The number must be {min} or more.",
        "Die Zahl ist zu klein. Sie muss mindestens {min} sein.",
    ),
    "number_too_large": message(
        "{label}: Die Zahl darf höchstens {max} sein.",
        "{label}: The number must be {max} or less.",
        "Die Zahl ist zu groß. Sie darf höchstens {max} sein.",
    ),
    "number_too_long": message(
        "{label}: Diese Zahl hat zu viele Ziffern. Bitte prüfen Sie die Eingabe.",
        "{label}: This number has too many digits. Please check what you entered.",
        "Die Zahl ist zu lang. Bitte prüfen Sie die Zahl.",
    ),
    "number_places": message(
        "{label}: Bitte geben Sie höchstens {places} Stellen hinter dem Komma an.",
        "{label}: Please use at most {places} decimal places.",
        "Hinter dem Komma sind zu viele Ziffern. Es gehen höchstens {places}.",
    ),
}


@field_types.register
class DecimalField(FieldType):
    key = "decimal"
    name: ClassVar = {"de": "Kommazahl", "en": "Decimal number"}
    kind = "decimal"
    settings: ClassVar = {
        "min": number("Kleinster Wert"),
        "max": number("Größter Wert"),
        "places": whole("Höchstens so viele Stellen hinter dem Komma", maximum=10),
        "unit": word("Einheit, die hinter dem Feld steht"),
    }
    messages: ClassVar = NUMBER_MESSAGES
    example: ClassVar[Mapping[str, str]] = {"de": "12,5", "en": "12.5", "de-simple": "12,5"}

    def check_settings(self, settings: Settings) -> Iterable[SettingFault]:
        yield from super().check_settings(settings)
        most = self.max_places(settings)
        for name in ("min", "max"):
            if name in settings and most is not None and places_of(settings[name]) > most:
                yield SettingFault(name, f"Die Grenze hat mehr als {most} Stellen hinter dem Komma.")

    def max_places(self, settings: Settings) -> int | None:
        return settings.get("places")

    def parse(self, raw: Any, settings: Settings) -> Any:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        most = self.max_places(settings)
        found = as_decimal(raw, dot_groups=most is not None and most < 3)
        return Fault("number_invalid") if found is None else found

    def check(self, value: Decimal, settings: Settings, today: date) -> Fault | None:
        low, high, most = settings.get("min"), settings.get("max"), self.max_places(settings)
        if value.adjusted() >= MOST_DIGITS or places_of(value) > MOST_DIGITS:
            return Fault("number_too_long")
        if low is not None and value < low:
            return Fault("number_too_small", {"min": low})
        if high is not None and value > high:
            return Fault("number_too_large", {"max": high})
        if most is not None and places_of(value) > most:
            return Fault("number_places", {"places": most})
        return None

    def reader(self, settings: Settings) -> Reader:
        """Numbers in plain notation, as they are stored, take a short way."""
        slow, low, high = super().reader(settings), settings.get("min"), settings.get("max")
        places = self.max_places(settings)
        shortest = re.compile(r"\d{1,15}" + (rf"(\.\d{{1,{places}}})?" if places else ""), re.ASCII).fullmatch

        def read(raw: Any, today: date) -> Any:
            if type(raw) is str and shortest(raw):
                value = Decimal(raw)
                if (low is None or value >= low) and (high is None or value <= high):
                    return value
            return slow(raw, today)

        return read

    def to_json(self, value: Decimal) -> Any:
        return as_typed(value)

    def display(self, value: Decimal, locale: str, settings: Settings = NO_SETTINGS) -> str:
        unit = settings.get("unit")
        return format_number(value, locale) + (f" {unit}" if unit else "")

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "string", "format": "decimal", "pattern": r"^-?\d+(\.\d+)?$"}

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        view: dict[str, Any] = {name: plain(settings[name]) for name in ("min", "max") if name in settings}
        if self.max_places(settings) is not None:
            view["places"] = self.max_places(settings)
        if "unit" in settings:
            view["unit"] = settings["unit"]
        return view

    def required_params(self, locale: str) -> Mapping[str, Any]:
        return {"example": self.example.get(locale, self.example["de"])}
