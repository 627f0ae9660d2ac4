"""Values as JSON: how they travel between the server, the page and the tests. Section 10 of docs/reference/logic.md.

Numbers are plain texts (`"12.5"`), days and durations ISO texts, undefined is null. What does not fit its type is
undefined: nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from forms_engine.fields import dates
from forms_engine.fields.contrib.text import is_storable
from forms_engine.fields.numbers import plain

from .durations import Duration, plain_duration
from .types import Type
from .values import Number, read_literal_number

ROW_ID = re.compile(r"[a-z][a-z0-9_-]{0,31}", re.ASCII)


def write_value(value: Any) -> Any:
    if isinstance(value, Duration):
        return plain_duration(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: write_value(part) for name, part in value.items()}
    return [write_value(item) for item in value] if isinstance(value, list) else value


def read_value(kind: Type, raw: Any) -> Any:
    """The value of a type; None where the JSON is no such value."""
    reader = READERS.get(kind.kind)
    return reader(kind, raw) if reader else None


def read_bool(kind: Type, raw: Any) -> bool | None:
    return raw if isinstance(raw, bool) else None


def read_number(kind: Type, raw: Any) -> Number | None:
    return read_literal_number(raw)


def read_integer(kind: Type, raw: Any) -> Number | None:
    number = read_literal_number(raw)
    return number if number is not None and number == int(number) else None


def read_text(kind: Type, raw: Any) -> str | None:
    return raw if isinstance(raw, str) and raw and not raw.isspace() and is_storable(raw) else None


def read_date(kind: Type, raw: Any) -> date | None:
    return dates.parse_iso(raw) if isinstance(raw, str) else None


def read_code(kind: Type, raw: Any) -> str | None:
    return raw if isinstance(raw, str) and raw in (kind.values or ()) else None


def read_list(kind: Type, raw: Any) -> list[Any] | None:
    if not isinstance(raw, list) or not raw or kind.item is None:
        return None
    found = [read_value(kind.item, item) for item in raw]
    return None if None in found else found


def read_files(kind: Type, raw: Any) -> list[str] | None:
    return raw if isinstance(raw, list) and raw and all(isinstance(item, str) for item in raw) else None


def read_address(kind: Type, raw: Any) -> dict[str, str] | None:
    if not isinstance(raw, Mapping) or not all(read_text(kind, part) for part in raw.values()):
        return None
    return dict(raw) or None


def read_record(kind: Type, raw: Any) -> dict[str, Any] | None:
    """The parts that are there; one that does not fit its type spoils the whole."""
    parts = kind.parts or {}
    if not isinstance(raw, Mapping) or not raw or not raw.keys() <= parts.keys():
        return None
    found = {name: read_value(parts[name], part) for name, part in raw.items()}
    return None if None in found.values() else found


def read_rows(kind: Type, raw: Any) -> list[str]:
    """Row ids; a repeated group is never undefined."""
    ids = raw if isinstance(raw, list) else []
    good = all(isinstance(row, str) and ROW_ID.fullmatch(row) for row in ids) and len(set(ids)) == len(ids)
    return list(ids) if good else []


READERS = {
    "bool": read_bool,
    "integer": read_integer,
    "decimal": read_number,
    "text": read_text,
    "date": read_date,
    "enum": read_code,
    "list": read_list,
    "files": read_files,
    "address": read_address,
    "record": read_record,
    "rows": read_rows,
}
