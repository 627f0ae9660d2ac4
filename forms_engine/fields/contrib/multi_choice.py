"""Several answers out of a list. Stored as a list of option values in the order of the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Reader, SettingFault, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import whole

from .choice import ChoiceField, label_of

MOST_TICKED = 5_000


@field_types.register
class MultiChoiceField(FieldType):
    key = "multi_choice"
    name: ClassVar = {"de": "Auswahl (mehrere Antworten)", "en": "Choice (several answers)"}
    kind = "enum_list"
    has_options = True
    settings: ClassVar = {
        "min": whole("Mindestens so viele Antworten"),
        "max": whole("Höchstens so viele Antworten", minimum=1),
    }
    messages: ClassVar = {
        "required": message(
            "Bitte wählen Sie bei {label} mindestens eine Antwort aus.",
            "Please choose at least one answer for {label}.",
            "Hier fehlt Ihre Antwort. Bitte wählen Sie mindestens eine Antwort aus: {label}.",
        ),
        "required_question": message(
            "Bitte wählen Sie mindestens eine Antwort auf die Frage {label}",
            "Please choose at least one answer to the question {label}",
            "Hier fehlt Ihre Antwort. Bitte wählen Sie mindestens eine Antwort aus.",
        ),
        "choice_invalid": ChoiceField.messages["choice_invalid"],
        "choice_too_few": message(
            "{label}: Bitte wählen Sie mindestens {min} Antworten aus.",
            "{label}: Please choose at least {min} answers.",
            "Bitte wählen Sie mindestens {min} Antworten aus.",
        ),
        "choice_too_many": message(
            "{label}: Bitte wählen Sie höchstens {max} Antworten aus. Jetzt sind es {count}.",
            "{label}: Please choose at most {max} answers. You have chosen {count}.",
            "Das sind zu viele Antworten. Bitte wählen Sie höchstens {max} Antworten aus.",
        ),
    }

    def check_settings(self, settings: Settings) -> Iterable[SettingFault]:
        yield from super().check_settings(settings)
        if settings.get("min", 0) > len(settings["values"]):
            yield SettingFault("min", "Es sollen mehr Antworten gewählt werden, als die Liste enthält.")

    def parse(self, raw: Any, settings: Settings) -> Any:
        if isinstance(raw, str | int) and not isinstance(raw, bool):
            raw = [raw]
        if raw is None:
            return None
        if not isinstance(raw, list | tuple) or len(raw) > MOST_TICKED:
            return Fault("choice_invalid")
        ticked = {str(item).strip() for item in raw if isinstance(item, str | int) and item != ""}
        order = settings["values"]
        if not all(isinstance(item, str | int) for item in raw) or not ticked <= order.keys():
            return Fault("choice_invalid")
        return [value for value in order if value in ticked] or None

    def check(self, value: list[str], settings: Settings, today: date) -> Fault | None:
        if len(value) < settings.get("min", 0):
            return Fault("choice_too_few", {"min": settings["min"]})
        if len(value) > settings.get("max", len(value)):
            return Fault("choice_too_many", {"max": settings["max"], "count": len(value)})
        return None

    def reader(self, settings: Settings) -> Reader:
        """A list with one option of the question, as it is stored, takes a short way."""
        slow, known = super().reader(settings), settings["values"]
        short = settings.get("min", 0) <= 1

        def read(raw: Any, today: date) -> Any:
            if short and type(raw) is list and len(raw) == 1 and type(raw[0]) is str and raw[0] in known:
                return [raw[0]]
            return slow(raw, today)

        return read

    def display(self, value: list[str], locale: str, settings: Settings = NO_SETTINGS) -> str:
        return ", ".join(label_of(settings, item, locale) for item in value)

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "array", "uniqueItems": True, "items": {"type": "string", "enum": sorted(settings["values"])}}

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        return {name: settings[name] for name in ("min", "max") if name in settings}
