"""An e-mail address. Checked for form only; no look-up in the name service."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from email_validator import EmailNotValidError, validate_email

from forms_engine.fields.base import Fault, FieldType, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types

from .text import read_line

LONGEST = 254
#: Addresses nobody needs to look at twice; everything else goes through email-validator, which takes 100 times longer.
PLAIN = re.compile(
    r"[A-Za-z0-9]+([._+-][A-Za-z0-9]+)*@([a-z0-9]+(-[a-z0-9]+)*\.)+(de|com|net|org|eu|info|at|ch)", re.ASCII
)


def is_plain(text: str) -> bool:
    return len(text) <= 64 and PLAIN.fullmatch(text) is not None


@field_types.register
class EmailField(FieldType):
    key = "email"
    name: ClassVar = {"de": "E-Mail-Adresse", "en": "E-mail address"}
    autocomplete = "email"
    messages: ClassVar = {
        "required": message(
            "Bitte geben Sie {object} an, zum Beispiel {example}.",
            "Please enter {object}, for example {example}.",
            "Hier fehlt eine E-Mail-Adresse. Zum Beispiel: {example}.",
        ),
        "email_invalid": message(
            "{label}: Das ist keine vollständige E-Mail-Adresse. Bitte schreiben Sie sie so: {example}.",
            "{label}: This is not a complete e-mail address. Please write it like this: {example}.",
            "Die E-Mail-Adresse stimmt nicht. Bitte schreiben Sie so: {example}.",
        ),
        "email_no_at": message(
            "{label}: In der E-Mail-Adresse fehlt das Zeichen @. Bitte schreiben Sie sie so: {example}.",
            "{label}: The e-mail address has no @ sign. Please write it like this: {example}.",
            "In der E-Mail-Adresse fehlt das Zeichen @. Bitte schreiben Sie so: {example}.",
        ),
    }

    def parse(self, raw: Any, settings: Settings) -> Any:
        text = read_line(raw)
        if not isinstance(text, str):
            return text
        if is_plain(text):
            return text
        if "@" not in text:
            return Fault("email_no_at")
        if len(text) > LONGEST:
            return Fault("email_invalid")
        try:
            validate_email(text, check_deliverability=False)
        except (EmailNotValidError, ValueError):
            return Fault("email_invalid")
        return text

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        return {"type": "string", "format": "email", "maxLength": LONGEST}

    def required_params(self, locale: str) -> Mapping[str, Any]:
        return {"example": "name@example.org" if locale == "en" else "name@beispiel.de"}
