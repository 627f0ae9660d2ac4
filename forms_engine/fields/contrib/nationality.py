"""A nationality: a country of ISO 3166-1, stateless or unclear. Stored as the two letters of the country, `XS` or `XU`
(codes ISO leaves to its users)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import ClassVar

from forms_engine.fields.countries import country_names
from forms_engine.fields.registry import field_types

from .country import CountryField

WITHOUT: Mapping[str, Mapping[str, str]] = {
    "de": {"XS": "staatenlos", "XU": "ungeklärt"},
    "en": {"XS": "stateless", "XU": "unclear"},
    "de-simple": {"XS": "kein Land (staatenlos)", "XU": "noch nicht geklärt"},
}


@cache
def nationality_names(locale: str) -> Mapping[str, str]:
    return {**country_names(locale), **WITHOUT.get(locale, WITHOUT["de"])}


@field_types.register
class NationalityField(CountryField):
    key = "nationality"
    name: ClassVar = {"de": "Staatsangehörigkeit", "en": "Nationality"}
    autocomplete: ClassVar[str | None] = None  # the token `country` means where somebody lives

    def names(self, locale: str) -> Mapping[str, str]:
        return nationality_names(locale)
