"""A period: its first and its last day, both counted. Stored as `{"from": "2026-08-01", "to": "2026-08-14"}`; typed
as two dates in three boxes each, or in one line: `1.8.2026 bis 14.8.2026`, `2026-08-01/2026-08-14` (ISO 8601)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields import dates
from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Part, SettingFault, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import moment, whole

from .date import DateField, limit_text

ENDS = ("from", "to")
LABELS: Mapping[str, Mapping[str, str]] = {
    "from": {"de": "Erster Tag", "en": "First day", "de-simple": "Der erste Tag"},
    "to": {"de": "Letzter Tag", "en": "Last day", "de-simple": "Der letzte Tag"},
}
BETWEEN = re.compile(r"\s+(?:bis|to|until|-)\s+|\s*[–—]\s*", re.IGNORECASE)
WORD = {"en": "to"}
LONGEST_TYPED = 100  # BETWEEN takes time with the square of the white space
MOST_DAYS = 36_525  # a hundred years
READER = DateField()


@field_types.register
class DateRangeField(FieldType):
    key = "date_range"
    name: ClassVar = {"de": "Zeitraum", "en": "Period"}
    kind = "record"
    parts = ENDS
    settings: ClassVar = {
        "min": moment("Frühester erster Tag: fest oder von heute aus, zum Beispiel today+14d"),
        "max": moment("Spätester letzter Tag: fest oder von heute aus"),
        "min_days": whole("Mindestens so viele Tage, beide Enden gezählt", minimum=2, maximum=MOST_DAYS),
        "max_days": whole("Höchstens so viele Tage, beide Enden gezählt", minimum=2, maximum=MOST_DAYS),
    }
    messages: ClassVar = {
        "required": message(
            "Bitte geben Sie {object} mit dem ersten und dem letzten Tag an, zum Beispiel {example}.",
            "Please enter {object} with the first and the last day, for example {example}.",
            "Hier fehlt der Zeitraum. Bitte schreiben Sie den ersten Tag und den letzten Tag. Zum Beispiel: {example}.",
        ),
        "required_question": message(
            "Bitte beantworten Sie die Frage {label} mit dem ersten und dem letzten Tag, zum Beispiel {example}.",
            "Please answer the question {label} with the first and the last day, for example {example}.",
            "Hier fehlt der Zeitraum. Bitte schreiben Sie den ersten Tag und den letzten Tag. Zum Beispiel: {example}.",
        ),
        "range_invalid": message(
            "{label}: Diesen Zeitraum können wir nicht lesen. Bitte geben Sie den ersten und den letzten Tag an, zum "
            "Beispiel {example}.",
            "{label}: We cannot read this period. Please enter the first and the last day, for example {example}.",
            "Wir können den Zeitraum nicht lesen. Bitte schreiben Sie den ersten Tag und den letzten Tag.",
        ),
        "range_incomplete": message(
            "{label}: Bitte ergänzen Sie noch „{part}“ mit Tag, Monat und Jahr.",
            "{label}: Please also enter “{part}” with day, month and year.",
            "Hier fehlt noch ein Datum: {part}.",
        ),
        "date_invalid": message(
            "{label}, {part}: Dieses Datum können wir nicht lesen. Bitte schreiben Sie Tag, Monat und Jahr als Zahlen.",
            "{label}, {part}: We cannot read this date. Please write day, month and year as numbers.",
            "{part}: Wir können das Datum nicht lesen. Bitte schreiben Sie Tag, Monat und Jahr als Zahlen.",
        ),
        "date_incomplete": message(
            "{label}, {part}: Bitte geben Sie Tag, Monat und Jahr an.",
            "{label}, {part}: Please enter day, month and year.",
            "{part}: Bitte schreiben Sie den Tag, den Monat und das Jahr.",
        ),
        "date_impossible": message(
            "{label}, {part}: Diesen Tag gibt es nicht im Kalender. Bitte prüfen Sie Tag und Monat.",
            "{label}, {part}: This day does not exist in the calendar. Please check day and month.",
            "{part}: Diesen Tag gibt es nicht. Bitte prüfen Sie den Tag und den Monat.",
        ),
        "date_year_short": message(
            "{label}, {part}: Bitte schreiben Sie das Jahr mit vier Ziffern.",
            "{label}, {part}: Please write the year with four digits.",
            "{part}: Bitte schreiben Sie das Jahr mit 4 Ziffern.",
        ),
        "date_too_early": message(
            "{label}: Der erste Tag darf nicht vor dem {min} liegen.",
            "{label}: The first day must not be before {min}.",
            "Der erste Tag ist zu früh. Er muss am {min} oder später sein.",
        ),
        "date_too_late": message(
            "{label}: Der letzte Tag darf nicht nach dem {max} liegen.",
            "{label}: The last day must not be after {max}.",
            "Der letzte Tag ist zu spät. Er muss am {max} oder früher sein.",
        ),
        "range_reversed": message(
            "{label}: Der letzte Tag liegt vor dem ersten. Bitte prüfen Sie beide.",
            "{label}: The last day is before the first day. Please check both.",
            "Der letzte Tag ist vor dem ersten Tag. Bitte prüfen Sie beide Tage.",
        ),
        "range_too_short": message(
            "{label}: Der Zeitraum muss mindestens {min_days} Tage lang sein. Jetzt ist er {count} Tag(e) lang.",
            "{label}: The period must be at least {min_days} days long. Now it is {count} day(s) long.",
            "Der Zeitraum ist zu kurz. Er muss mindestens {min_days} Tage lang sein.",
        ),
        "range_too_long": message(
            "{label}: Der Zeitraum darf höchstens {max_days} Tage lang sein. Jetzt sind es {count} Tage.",
            "{label}: The period must not be longer than {max_days} days. Now it is {count} days long.",
            "Der Zeitraum ist zu lang. Er darf höchstens {max_days} Tage lang sein.",
        ),
    }

    def parts_of(self, settings: Settings) -> Mapping[str, Part]:
        return {name: Part(LABELS[name], "date") for name in ENDS}

    def check_settings(self, settings: Settings) -> Iterable[SettingFault]:
        yield from READER.check_settings(settings)
        if settings.get("min_days", 0) > settings.get("max_days", MOST_DAYS):
            yield SettingFault("min_days", "Der kürzeste Zeitraum (min_days) ist länger als der längste (max_days).")

    def parse(self, raw: Any, settings: Settings) -> Any:
        if raw is None or raw == "":
            return None
        ends = split_text(raw) if isinstance(raw, str) else raw
        if isinstance(raw, str) and ends is None:
            return Fault("range_invalid") if raw.strip() else None
        if not isinstance(ends, Mapping) or not ends.keys() <= set(ENDS):
            return Fault("range_invalid")
        found = {name: READER.parse(ends.get(name), settings) for name in ENDS}
        wrong = next((name for name, day in found.items() if isinstance(day, Fault)), None)
        if wrong is not None:
            return Fault(found[wrong].code, {"part": wrong})
        if not any(found.values()):
            return None
        empty = next((name for name, day in found.items() if day is None), None)
        return found if empty is None else Fault("range_incomplete", {"part": empty})

    def check(self, value: Mapping[str, date], settings: Settings, today: date) -> Fault | None:
        if value["to"] < value["from"]:
            return Fault("range_reversed", {"part": "to"})
        for name in ENDS:
            fault = READER.check(value[name], settings, today)
            if fault is not None:
                return Fault(fault.code, {**fault.params, "part": name})
        count = days_of(value)
        if count < settings.get("min_days", 0):
            return Fault("range_too_short", {"min_days": settings["min_days"], "count": count, "part": "to"})
        if count > settings.get("max_days", count):
            return Fault("range_too_long", {"max_days": settings["max_days"], "count": count, "part": "to"})
        return None

    def to_json(self, value: Mapping[str, date]) -> Any:
        return {name: value[name].isoformat() for name in ENDS}

    def display(self, value: Mapping[str, date], locale: str, settings: Settings = NO_SETTINGS) -> str:
        first, last = (dates.format_date(value[name], locale) for name in ENDS)
        return f"{first} {WORD.get(locale, 'bis')} {last}"

    def display_raw(self, raw: Any) -> str:
        if not isinstance(raw, Mapping):
            return super().display_raw(raw)
        first, last = (READER.display_raw(raw.get(name)) for name in ENDS)
        return f"{first} – {last}"

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        day = {"type": "string", "format": "date"}
        return {
            "type": "object",
            "properties": dict.fromkeys(ENDS, day),
            "required": list(ENDS),
            "additionalProperties": False,
        }

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        days = {name: settings[name] for name in ("min_days", "max_days") if name in settings}
        ends = [{"name": name, "label": LABELS[name].get(locale, LABELS[name]["de"])} for name in ENDS]
        limits = {name: limit_text(settings, name, today) for name in ("min", "max") if name in settings}
        return {**limits, **days, "ends": ends}

    def required_params(self, locale: str) -> Mapping[str, Any]:
        return {"example": "1 8 2027 to 14 8 2027" if locale == "en" else "1.8.2027 bis 14.8.2027"}


def split_text(text: str) -> Mapping[str, str] | None:
    """A period in one line; None when it is not two days."""
    text = text.strip()
    if len(text) > LONGEST_TYPED:
        return None
    ends = BETWEEN.split(text)
    if len(ends) != 2:
        ends = text.split("/") if text.count("/") == 1 else []
    return dict(zip(ENDS, ends, strict=True)) if len(ends) == 2 else None


def days_of(value: Mapping[str, date]) -> int:
    """How many days a period has, both ends counted."""
    return (value["to"] - value["from"]).days + 1
