"""Flow documents as files, for the commands."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import CommandError

MOST_BYTES = 20_000_000


def read_document(name: str) -> dict[str, Any]:
    """The JSON object in a file. Raises CommandError with one clear sentence."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} lässt sich nicht lesen: {error.strerror}.") from error
    if len(raw) > MOST_BYTES:
        raise CommandError(f"{name} ist größer als {MOST_BYTES // 1_000_000} MB.")
    try:
        text = raw.decode("utf-8")
        document = json.loads(text, parse_constant=_refuse)  # noqa: TID251 - a form may be larger than a request
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{name} ist kein gültiges JSON in UTF-8.") from error
    if not isinstance(document, dict):
        raise CommandError(f"{name} enthält kein Formular (erwartet wird ein JSON-Objekt).")
    return document


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
