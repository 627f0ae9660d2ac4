"""An amount of money, cent-exact. Stored as a string with two decimal places: `"12.50"`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.numbers import fixed, format_number
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import number, one_of

from .decimal import NUMBER_MESSAGES, DecimalField

CENTS = 2
SIGNS = {"EUR": "€", "CHF": "CHF", "USD": "$", "GBP": "£"}
SIGN_TYPED = re.compile(r"^\s*(€|EUR|Euro|CHF|USD|GBP|\$|£)\s*|\s*(€|EUR|Euro|CHF|USD|GBP|\$|£)\s*$", re.IGNORECASE)
NO_CENTS = re.compile(r",\s*[-–—]{1,2}$")


@field_types.register
class MoneyField(DecimalField):
    key = "money"
    name: ClassVar = {"de": "Geldbetrag", "en": "Amount of money"}
    settings: ClassVar = {
        "min": number("Kleinster Betrag"),
        "max": number("Größter Betrag"),
        "currency": one_of("Währung (sonst EUR)", *SIGNS),
    }
    messages: ClassVar = NUMBER_MESSAGES | {
        "required": message(
            "Bitte geben Sie bei {label} einen Betrag ein, zum Beispiel {example}.",
            "Please enter an amount for {label}, for example {example}.",
            "Hier fehlt ein Betrag. Bitte schreiben Sie hier: {label}. Zum Beispiel: {example}.",
        ),
        "required_question": message(
            "Bitte beantworten Sie die Frage {label} mit einem Betrag, zum Beispiel {example}.",
            "Please answer the question {label} with an amount, for example {example}.",
            "Hier fehlt ein Betrag. Zum Beispiel: {example}.",
        ),
        "number_invalid": message(
            "{label}: Diesen Betrag können wir nicht lesen. Bitte schreiben Sie ihn so: {example}.",
            "{label}: We cannot read this amount. Please write it like this: {example}.",
            "Wir können den Betrag nicht lesen. Bitte schreiben Sie so: {example}.",
        ),
        "number_too_small": message(
            "{label}: Der Betrag muss mindestens {min} sein.",
            "{label}: The amount must be {min} or more.",
            "Der Betrag ist zu klein. Er muss mindestens {min} sein.",
        ),
        "number_too_large": message(
            "{label}: Der Betrag darf höchstens {max} sein.",
            "{label}: The amount must be {max} or less.",
            "Der Betrag ist zu groß. Er darf höchstens {max} sein.",
        ),
        "number_places": message(
            "{label}: Bitte geben Sie den Betrag in Euro und Cent an, zum Beispiel {example}.",
            "{label}: Please enter the amount in euros and cents, for example {example}.",
            "Bitte schreiben Sie den Betrag in Euro und Cent. Zum Beispiel: {example}.",
        ),
    }
    example: ClassVar[Mapping[str, str]] = {"de": "12,50", "en": "12.50", "de-simple": "12,50"}

    def max_places(self, settings: Settings) -> int | None:
        return CENTS

    def parse(self, raw: Any, settings: Settings) -> Any:
        if isinstance(raw, str) and len(raw) < 80 and not raw.replace(".", "", 1).isdecimal():
            raw = NO_CENTS.sub("", SIGN_TYPED.sub("", raw.strip()))
        found = super().parse(raw, settings)
        if isinstance(found, Decimal) and found.as_tuple().exponent < -CENTS:  # type: ignore[operator]  # finite
            return Fault("number_places", {"places": CENTS})  # "1,250": twelve hundred or one euro? Ask.
        return found

    def to_json(self, value: Decimal) -> Any:
        return fixed(value, CENTS)

    def display(self, value: Decimal, locale: str, settings: Settings = NO_SETTINGS) -> str:
        sign = SIGNS[settings.get("currency", "EUR")]
        amount = format_number(value, locale, places=CENTS)
        if locale != "en":
            return f"{amount} {sign}"
        return f"−{sign}{amount[1:]}" if amount.startswith("−") else f"{sign}{amount}"

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        return super().view(settings, today, locale) | {"currency": settings.get("currency", "EUR")}
