"""One answer out of a list. Stored as the value (code) of the option."""

from __future__ import annotations

from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import one_of
from forms_engine.fields.texts import say

RADIO_LIMIT = 7  # longer lists are shown as a select


def label_of(settings: Settings, value: str, locale: str) -> str:
    for option in settings.get("options", ()):
        if option.value == value:
            return say(option.label, locale, settings.get("default_locale", "de")) or value
    return value


@field_types.register
class ChoiceField(FieldType):
    key = "choice"
    name: ClassVar = {"de": "Auswahl (eine Antwort)", "en": "Choice (one answer)"}
    kind = "enum"
    has_options = True
    settings: ClassVar = {
        "display": one_of("Darstellung; ohne Angabe richtet sie sich nach der Länge der Liste", "radio", "select"),
    }
    messages: ClassVar = {
        "required": message(
            "Bitte wählen Sie bei {label} eine Antwort aus.",
            "Please choose an answer for {label}.",
            "Hier fehlt Ihre Antwort. Bitte wählen Sie eine Antwort aus: {label}.",
        ),
        "required_question": message(
            "Bitte wählen Sie eine Antwort auf die Frage {label}",
            "Please choose an answer to the question {label}",
            "Hier fehlt Ihre Antwort. Bitte wählen Sie eine Antwort aus.",
        ),
        "choice_invalid": message(
            "{label}: Diese Antwort steht nicht zur Auswahl. Bitte wählen Sie eine aus der Liste.",
            "{label}: This answer is not in the list. Please choose one from the list.",
            "Diese Antwort gibt es nicht. Bitte wählen Sie eine Antwort aus der Liste.",
        ),
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        if raw is None or raw == "":
            return None
        if type(raw) is int:
            raw = str(raw)
        known = settings["values"]
        if not isinstance(raw, str):
            return Fault("choice_invalid")
        found = raw if raw in known else raw.strip()
        return found if found in known else (Fault("choice_invalid") if found else None)

    def display(self, value: str, locale: str, settings: Settings = NO_SETTINGS) -> str:
        return label_of(settings, value, locale)

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "string", "enum": sorted(settings["values"])}

    def view(self, settings: Settings, today: Any, locale: str) -> dict[str, Any]:
        default = "radio" if len(settings["values"]) <= RADIO_LIMIT else "select"
        return {"display": settings.get("display", default)}
