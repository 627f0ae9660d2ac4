"""The city's own list of streets: a CSV file (`street;postcode;place`) beside its other content. Needs no network, and
nothing of what a person types leaves the house."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from forms_engine.addresses.base import MOST, AddressProvider, ProviderFailed, Suggestion
from forms_engine.addresses.registry import register

SHORT = re.compile(r"str(\.|asse)?(?=\W|$)")


class StreetList(AddressProvider):
    """Streets of the file the setting ADDRESS_STREETS names."""

    key = "street_list"

    def find_streets(self, text: str) -> Sequence[Suggestion]:
        wanted = folded(text)
        ranked = [(rank_of(wanted, name), street) for name, street in load(settings.ADDRESS_STREETS)] if wanted else []
        fitting = sorted((rank, street.street, street.postcode, street) for rank, street in ranked if rank < 2)
        return [street for _rank, _street, _postcode, street in fitting][:MOST]


def rank_of(wanted: str, name: str) -> int:
    """0: the name begins so; 1: one of its words does; 2: neither."""
    if name.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in name else 2


def folded(text: str) -> str:
    """Spellings of one name look the same: `Karl-Liebknecht-Str.` as `karl liebknecht strasse`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", SHORT.sub("strasse", plain)).split())


@lru_cache(maxsize=2)
def load(path: str) -> tuple[tuple[str, Suggestion], ...]:
    """The list with folded names, read once. Raises ProviderFailed."""
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        streets = [Suggestion(row["street"], row["postcode"], row["place"]) for row in rows]
    except (OSError, KeyError, UnicodeDecodeError) as problem:
        raise ProviderFailed(f"street list: {type(problem).__name__}") from problem
    return tuple((folded(street.street), street) for street in streets)


register(StreetList())
