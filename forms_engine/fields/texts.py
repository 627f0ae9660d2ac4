"""Texts by locale. Pure: a text is a mapping locale -> string, as the flow document has it.

`de-simple` (Leichte Sprache) falls back to German, everything else to the default locale of the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Text = Mapping[str, str]

FALLBACK = "de"


class Resolved(NamedTuple):
    """What is shown, and the locale it really is in."""

    text: str
    lang: str


def resolve(text: Text | None, locale: str, default_locale: str = FALLBACK) -> Resolved:
    """The text in the locale asked for, else in the form's own language, else in any. Empty where there is none."""
    if not text:
        return Resolved("", locale)
    for candidate in (locale, "de" if locale == "de-simple" else locale, default_locale, FALLBACK):
        found = text.get(candidate)
        if found:
            return Resolved(found, candidate)
    for lang, found in text.items():
        if found:
            return Resolved(found, lang)
    return Resolved("", locale)


def say(text: Text | None, locale: str, default_locale: str = FALLBACK) -> str:
    return resolve(text, locale, default_locale).text
