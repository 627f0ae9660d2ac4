"""Names of countries by ISO 3166-1 code (alpha-2), in German and English, out of the data `phonenumbers` keeps (CLDR).

Kosovo has no code of ISO yet; `XK` is what the EU and CLDR use, and German authorities ask for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from phonenumbers.geodata.locale import LOCALE_DATA

NOT_COUNTRIES = {"AC", "AQ", "BV", "CP", "DG", "EA", "HM", "IC", "TA", "TF", "UM"}  # no inhabitants, or part of another
MORE = {"XK": {"de": "Kosovo", "en": "Kosovo"}}
LANGUAGES = {"en": "en"}  # everything else is shown in German


@cache
def country_names(locale: str) -> Mapping[str, str]:
    """Code -> name, in the order of the names as a reader of the language looks for them."""
    language = LANGUAGES.get(locale, "de")
    found = {code: _name(names, language) for code, names in (LOCALE_DATA | MORE).items() if code not in NOT_COUNTRIES}
    return dict(sorted(((c, n) for c, n in found.items() if n), key=lambda item: _sort_key(item[1])))


def _name(names: Mapping[str, str], language: str) -> str:
    """A name that is the same in several languages is written once: `*aa` means "as in aa"."""
    name = names.get(language, "")
    return names.get(name[1:], "") if name.startswith("*") else name


def _sort_key(name: str) -> str:
    """Ä stands with A (DIN 5007-1)."""
    plain = unicodedata.normalize("NFD", name)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()
