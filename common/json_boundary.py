"""One strict JSON parser for everything that comes from outside (RFC 8259, and what both databases can store)."""

from __future__ import annotations

import json
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.parsers import BaseParser

MAX_DEPTH = 32
MAX_ENTRIES = 5_000


class JSONRefused(Exception):
    """The document is not taken. `status` is 400 (not JSON), 413 (too big) or 422 (cannot be stored)."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def _refuse_constant(name: str) -> NoReturn:
    raise JSONRefused(400, f"{name} ist in JSON nicht erlaubt.")


def loads(raw: bytes) -> Any:
    """Parse strictly. Raises JSONRefused: no NaN, no bytes that are not UTF-8, no NUL, no lone surrogates,
    at most 32 levels and 5,000 entries."""
    try:
        text = raw.decode("utf-8")
        value = json.loads(text, parse_constant=_refuse_constant)  # noqa: TID251 - this is the strict one
    except RecursionError:
        raise JSONRefused(400, f"Das Dokument ist tiefer als {MAX_DEPTH} Ebenen verschachtelt.") from None
    except ValueError:
        raise JSONRefused(400, "Das ist kein gültiges JSON in UTF-8.") from None
    _check(value)
    return value


def _check(root: Any) -> None:
    entries = 0
    level: list[Any] = [root]
    for _ in range(MAX_DEPTH + 1):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, str):
                _check_text(value)
            elif isinstance(value, float) and value in (float("inf"), float("-inf")):
                raise JSONRefused(422, "Eine Zahl ist zu groß.")
            elif isinstance(value, dict):
                inner += value.keys()
                inner += value.values()
            elif isinstance(value, list):
                inner += value
        entries += len(inner)
        if entries > 2 * MAX_ENTRIES:
            raise JSONRefused(413, f"Das Dokument hat mehr als {MAX_ENTRIES} Einträge.")
        if not inner:
            return
        level = inner
    raise JSONRefused(400, f"Das Dokument ist tiefer als {MAX_DEPTH} Ebenen verschachtelt.")


def _check_text(text: str) -> None:
    if "\0" in text:
        raise JSONRefused(422, "Ein Text enthält ein NUL-Zeichen.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise JSONRefused(422, "Ein Text enthält ein halbes Zeichen (Surrogat).") from None


class StrictJSONParser(BaseParser):
    """DRF parser on top of `loads`; bodies above DATA_UPLOAD_MAX_MEMORY_SIZE are refused before parsing (413)."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise JSONRefused(413, f"Die Anfrage ist größer als {limit // 1000} kB.")
        return loads(raw) if raw.strip() else {}
