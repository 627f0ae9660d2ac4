"""A DLDB file as plain records. Says in one sentence what is wrong with a file; never touches the database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class CatalogueBroken(Exception):
    """The file as a whole cannot be used; the text says why."""


def read_records(path: Path) -> list[dict[str, Any]]:
    """The list under `data`. Raises CatalogueBroken."""
    try:
        content = json.loads(path.read_text("utf-8"))  # noqa: TID251 - an operator's file, larger than a request may be
    except OSError as error:
        raise CatalogueBroken(f"{path.name}: die Datei lässt sich nicht lesen ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise CatalogueBroken(f"{path.name}: die Datei ist kein UTF-8-Text.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise CatalogueBroken(f"{path.name}: die Datei ist kein gültiges JSON ({error}).") from error
    records = content.get("data") if isinstance(content, dict) else None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise CatalogueBroken(f"{path.name}: die Liste „data“ fehlt. Erwartet wird das DLDB-Format.")
    if not all(record.get("id") for record in records):
        raise CatalogueBroken(f"{path.name}: ein Datensatz hat keine „id“.")
    return records
