"""Wrapping stored data keys by the current key: `manage.py rotate_keys`. docs/mechanisms/encryption.md tells why.

Each app registers its encrypted columns. Only the head of an envelope changes; the content is not encrypted anew. A row
that somebody writes at the same moment is left to them: they write under the current key already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from common import crypto
from common.registry import Registry

CHUNK = 200


@dataclass(frozen=True)
class Envelopes:
    """One column of envelopes. `rows` are those that have one, loaded without what is not needed;
    `context` is what a row's envelope is bound to."""

    rows: Callable[[], QuerySet[Any]]
    field: str
    context: Callable[[Any], str]


columns: Registry[Envelopes] = Registry("envelopes")


def register_envelopes(
    name: str, *, rows: Callable[[], QuerySet[Any]], field: str, context: Callable[[Any], str]
) -> None:
    """Let `manage.py rotate_keys` look after this column."""
    columns.register(name, Envelopes(rows, field, context))


def count_keys(column: Envelopes) -> Counter[str]:
    """How many rows each key wraps; "?" for what is no envelope."""
    return Counter(_key_of(row, column) for row in _rows(column))


def rotate(column: Envelopes) -> tuple[int, int]:
    """Wrap all of a column by the current key; returns how many changed, and how many no key opens."""
    changed = unreadable = 0
    for row in _rows(column):
        if _key_of(row, column) == crypto.current_key_id():
            continue
        try:
            changed += _rewrap(row, column)
        except crypto.DecryptionFailed:
            unreadable += 1
    return changed, unreadable


def _rewrap(row: Model, column: Envelopes) -> int:
    old = bytes(getattr(row, column.field))
    new = crypto.rewrap(old, context=column.context(row))
    return column.rows().filter(pk=row.pk, **{column.field: old}).update(**{column.field: new})


def _key_of(row: Model, column: Envelopes) -> str:
    try:
        return crypto.key_id_of(bytes(getattr(row, column.field)))
    except crypto.DecryptionFailed:
        return "?"


def _rows(column: Envelopes) -> Any:
    return column.rows().order_by("pk").iterator(chunk_size=CHUNK)
