"""OpenPLZ API (https://www.openplzapi.org, data of the German postal and statistics offices), or a service of one's own
that answers like it: `GET <OPENPLZ_URL>/de/Streets?name=^Mark&postalCode=…&page=1&pageSize=8` gives a list of
`{name, postalCode, locality}`.

Off unless OPENPLZ_URL is set: what a person types then leaves the house. Only the beginning of a street goes out, with
the postcodes of OPENPLZ_POSTCODES, never who asks; redirects are not followed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from common.api import json_boundary
from forms_engine.addresses.base import MOST, AddressProvider, ProviderFailed, Suggestion
from forms_engine.addresses.registry import register

TIMEOUT = 1.5  # seconds for connecting and for each read
LARGEST = 100_000  # bytes of an answer
LONGEST = 100


class OpenPlz(AddressProvider):
    """A server that knows all streets of the country."""

    key = "openplz"

    def find_streets(self, text: str) -> Sequence[Suggestion]:
        if not settings.OPENPLZ_URL:
            raise ProviderFailed("openplz: no OPENPLZ_URL")
        query = {"name": f"^{re.escape(text)}", "page": 1, "pageSize": MOST}
        if settings.OPENPLZ_POSTCODES:
            query["postalCode"] = settings.OPENPLZ_POSTCODES
        try:
            answer = fetch(settings.OPENPLZ_URL, f"/de/Streets?{urlencode(query)}")
        except (OSError, HTTPException, ValueError, json_boundary.JSONRefused) as problem:
            raise ProviderFailed(f"openplz: {type(problem).__name__}") from problem
        return [street for row in answer[:MOST] if (street := read_row(row)) is not None]


def fetch(origin: str, path: str) -> list[Any]:
    """The list at an address. Raises OSError, HTTPException, ValueError, JSONRefused."""
    parts = urlsplit(origin)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.request("GET", parts.path.rstrip("/") + path, headers={"Accept": "application/json"})
        response = connection.getresponse()
        body = response.read(LARGEST + 1)
    finally:
        connection.close()
    if response.status != 200 or len(body) > LARGEST:
        raise ValueError(f"status {response.status}, {len(body)} bytes")
    found = json_boundary.loads(body)
    if not isinstance(found, list):
        raise ValueError("not a list")
    return found


def read_row(row: Any) -> Suggestion | None:
    """A row of the answer; None for one that is not as it should be: it goes into other people's pages."""
    if not isinstance(row, dict):
        return None
    texts = [row.get(name) for name in ("name", "postalCode", "locality")]
    if not all(isinstance(text, str) and 0 < len(text) <= LONGEST and text.isprintable() for text in texts):
        return None
    return Suggestion(str(texts[0]), str(texts[1]), str(texts[2]))


register(OpenPlz())
