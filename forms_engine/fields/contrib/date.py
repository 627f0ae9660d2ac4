"""A day of the calendar. Stored as `YYYY-MM-DD`; read from `1.1.1990`, `1. Januar 1990` or three boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields import dates
from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, SettingFault, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import moment

EARLIEST_YEAR = 1000


def limit_text(settings: Settings, name: str, today: date) -> str:
    found = dates.resolve_moment(settings[name], today)
    return found.isoformat() if found else ""


@field_types.register
class DateField(FieldType):
    key = "date"
    name: ClassVar = {"de": "Datum", "en": "Date"}
    kind = "date"
    parts = ("day", "month", "year")
    settings: ClassVar = {
        "min": moment("Frühester Tag: fest oder von heute aus, zum Beispiel today-18y"),
        "max": moment("Spätester Tag: fest oder von heute aus"),
    }
    messages: ClassVar = {
        "required": message(
            "Bitte geben Sie {object} an, zum Beispiel {example}.",
            "Please enter {object}, for example {example}.",
            "Hier fehlt ein Datum. Bitte schreiben Sie hier: {label}. Zum Beispiel: {example}.",
        ),
        "required_question": message(
            "Bitte beantworten Sie die Frage {label} mit einem Datum, zum Beispiel {example}.",
            "Please answer the question {label} with a date, for example {example}.",
            "Hier fehlt ein Datum. Zum Beispiel: {example}.",
        ),
        "date_invalid": message(
            "{label}: Dieses Datum können wir nicht lesen. Bitte schreiben Sie Tag, Monat und Jahr so: {example}.",
            "{label}: We cannot read this date. Please write day, month and year like this: {example}.",
            "Wir können das Datum nicht lesen. Bitte schreiben Sie so: {example}.",
        ),
        "date_incomplete": message(
            "{label}: Bitte geben Sie Tag, Monat und Jahr an, zum Beispiel {example}.",
            "{label}: Please enter day, month and year, for example {example}.",
            "Bitte schreiben Sie den Tag, den Monat und das Jahr. Zum Beispiel: {example}.",
        ),
        "date_impossible": message(
            "{label}: Diesen Tag gibt es nicht im Kalender. Bitte prüfen Sie Tag und Monat.",
            "{label}: This day does not exist in the calendar. Please check day and month.",
            "Diesen Tag gibt es nicht. Bitte prüfen Sie den Tag und den Monat.",
        ),
        "date_year_short": message(
            "{label}: Bitte schreiben Sie das Jahr mit vier Ziffern, zum Beispiel {example}.",
            "{label}: Please write the year with four digits, for example {example}.",
            "Bitte schreiben Sie das Jahr mit 4 Ziffern. Zum Beispiel: {example}.",
        ),
        "date_too_early": message(
            "{label}: Das Datum darf nicht vor dem {min} liegen.",
            "{label}: The date must not be before {min}.",
            "Das Datum ist zu früh. Es muss am {min} oder später sein.",
        ),
        "date_too_late": message(
            "{label}: Das Datum darf nicht nach dem {max} liegen.",
            "{label}: The date must not be after {max}.",
            "Das Datum ist zu spät. Es muss am {max} oder früher sein.",
        ),
    }

    def check_settings(self, settings: Settings) -> Iterable[SettingFault]:
        low, high = settings.get("min"), settings.get("max")
        if low is None or high is None or low.startswith("today") != high.startswith("today"):
            return
        sample = date(2024, 6, 15)
        first, last = dates.resolve_moment(low, sample), dates.resolve_moment(high, sample)
        if first and last and first > last:
            yield SettingFault("min", "Der früheste Tag (min) liegt nach dem spätesten (max).")

    def parse(self, raw: Any, settings: Settings) -> Any:
        if isinstance(raw, date):
            return raw if type(raw) is date else raw.date()
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        if isinstance(raw, str) and (found := dates.parse_iso(raw.strip())) and found.year >= EARLIEST_YEAR:
            return found
        typed = dates.split_typed(raw) if isinstance(raw, str | Mapping) else None
        return Fault("date_invalid") if typed is None else self.from_parts(typed)

    def from_parts(self, typed: dates.DateTyped) -> date | Fault | None:
        if not any(typed):
            return None
        if not all(typed):
            return Fault("date_incomplete")
        month = str(dates.MONTH_BY_NAME.get(typed.month.casefold(), typed.month))
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (typed.day, month, typed.year)):
            return Fault("date_invalid")
        if len(typed.year) < 4 or int(typed.year) < EARLIEST_YEAR:
            return Fault("date_year_short")
        return dates.make_date(int(typed.year), int(month), int(typed.day)) or Fault("date_impossible")

    def check(self, value: date, settings: Settings, today: date) -> Fault | None:
        first = dates.resolve_moment(settings["min"], today) if "min" in settings else None
        if first and value < first:
            return Fault("date_too_early", {"min": first})
        last = dates.resolve_moment(settings["max"], today) if "max" in settings else None
        if last and value > last:
            return Fault("date_too_late", {"max": last})
        return None

    def to_json(self, value: date) -> Any:
        return value.isoformat()

    def display(self, value: date, locale: str, settings: Settings = NO_SETTINGS) -> str:
        return dates.format_date(value, locale)

    def display_raw(self, raw: Any) -> str:
        return super().display_raw(raw).replace(" ", ".") if isinstance(raw, Mapping) else super().display_raw(raw)

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        return {name: limit_text(settings, name, today) for name in ("min", "max") if name in settings}

    def required_params(self, locale: str) -> Mapping[str, Any]:
        return {"example": "31 12 1990" if locale == "en" else "31.12.1990"}
