"""Yes or no. Stored as true or false; not answered is neither."""

from __future__ import annotations

from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types

YES = {"true", "ja", "yes", "1", "on", "j", "y"}
NO = {"false", "nein", "no", "0", "off", "n"}
WORDS = {"de": ("Ja", "Nein"), "en": ("Yes", "No"), "de-simple": ("Ja", "Nein")}


@field_types.register
class YesNoField(FieldType):
    key = "yes_no"
    name: ClassVar = {"de": "Ja oder Nein", "en": "Yes or no"}
    kind = "bool"
    messages: ClassVar = {
        "required": message(
            "Bitte wählen Sie bei {label} „Ja“ oder „Nein“.",
            "Please choose “Yes” or “No” for {label}.",
            "Hier fehlt Ihre Antwort. Bitte wählen Sie Ja oder Nein.",
        ),
        "required_question": message(
            "Bitte beantworten Sie die Frage {label} mit Ja oder Nein.",
            "Please answer the question {label} with yes or no.",
            "Hier fehlt Ihre Antwort. Bitte wählen Sie Ja oder Nein.",
        ),
        "yes_no_invalid": message(
            "{label}: Bitte antworten Sie mit Ja oder Nein.",
            "{label}: Please answer yes or no.",
            "Bitte wählen Sie Ja oder Nein.",
        ),
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        if raw is None or raw is True or raw is False:
            return raw
        word = str(raw).strip().casefold() if isinstance(raw, str | int) else "?"
        if not word:
            return None
        if word in YES:
            return True
        return False if word in NO else Fault("yes_no_invalid")

    def display(self, value: bool, locale: str, settings: Settings = NO_SETTINGS) -> str:
        return WORDS.get(locale, WORDS["de"])[0 if value else 1]

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "boolean"}
