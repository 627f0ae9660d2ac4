"""The statements every step and every submit runs, written out: building the same join anew with the ORM for each
request costs several times what the database needs to run it (see tests/bench/bench_submit.py). Same tables and models.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.db import connection, models

from accounts.api import Unit
from common.api import clock, ids
from forms_engine.models import Draft, FlowMigration, FlowVersion, Form, StoredFile


def find_draft_row(token: str) -> Draft | None:
    """The row of a live draft by its token, with form and office, `has_files`, `has_migration` (one is published for
    its version) and `was_moved`: one indexed read, whatever the token looks like."""
    with connection.cursor() as cursor:
        cursor.execute(_read_sql(), [ids.token_hash(token), oldest_living_edit()])
        found = cursor.fetchone()
    return _draft_of(found) if found is not None else None


def oldest_living_edit() -> datetime:
    """Drafts last edited before this moment are gone, even before the worker deletes them."""
    return clock.now() - timedelta(days=settings.DRAFT_DAYS)


def close_statement(row: Draft, token: str) -> tuple[str, list[Any]]:
    """Wipe the answers, of earlier versions too, and mark the draft as handed in; changes no row when it changed since
    it was read. The empty row stays until it expires, to say "already handed in" to the holder of the link."""
    changes = [Draft.State.SUBMITTED.value, b"", b"", connection.ops.adapt_datetimefield_value(clock.now())]
    held = [ids.token_hash(token), row.revision, Draft.State.OPEN.value]
    return _close_sql(), [*changes, *held]


def list_file_keys(row: Draft) -> list[StoredFile]:
    """The draft's files with their wrapped keys, without content."""
    sql = f"SELECT id, wrapped_key FROM {_table(StoredFile)} WHERE draft_id = %s"  # noqa: S608 - table name is ours
    return list(StoredFile.objects.raw(sql, [Draft._meta.pk.get_db_prep_value(row.pk, connection)]))


Reader = tuple[Any, list[str], list[tuple[int, Callable[[Any], Any]]]]
READ: tuple[tuple[Any, str, set[str]], ...] = (
    (Draft, "d", {"id", "flow", "locale", "answers", "revision", "state", "owner", "edited_at"}),
    (FlowVersion, "v", {"id", "number", "hash", "form"}),
    (Form, "f", {"id", "key", "title", "destinations", "unit"}),
    (Unit, "u", {"id", "key", "name", "email"}),
)


def _fields(model: Any, names: set[str]) -> list[models.Field]:
    """In the order of the model, as `Model.from_db` wants them."""
    return [field for field in model._meta.concrete_fields if field.name in names]


def _draft_of(found: Sequence[Any]) -> Draft:
    """The row as `select_related` would give it."""
    rows, start = [], 0
    for model, names, converters in _readers(connection.vendor):
        values = list(found[start : start + len(names)])
        for place, convert in converters:
            values[place] = convert(values[place])
        rows.append(model.from_db(connection.alias, names, values))
        start += len(names)
    draft, version, form, unit = rows
    form.unit, version.form, draft.flow = unit, form, version
    draft.has_files, draft.has_migration, draft.was_moved = map(bool, found[start:])
    return draft


@lru_cache
def _readers(vendor: str) -> list[Reader]:
    """Per table: the model, its attributes in the order read, and what makes a Python value of a column's (the ORM's
    own converters for this kind of database)."""
    readers: list[Reader] = []
    for model, _alias, names in READ:
        columns = _fields(model, names)
        converters: list[tuple[int, Callable[[Any], Any]]] = [
            (place, partial(_convert, convert, column.cached_col))
            for place, column in enumerate(columns)
            for convert in (
                *connection.ops.get_db_converters(column.cached_col),
                *column.cached_col.get_db_converters(connection),
            )
        ]
        readers.append((model, [column.attname for column in columns], converters))
    return readers


def _convert(convert: Callable[[Any, Any, Any], Any], column: Any, value: Any) -> Any:
    return convert(value, column, connection)


@lru_cache(maxsize=1)
def _read_sql() -> str:
    columns = ", ".join(
        f"{alias}.{connection.ops.quote_name(field.column)}"
        for model, alias, names in READ
        for field in _fields(model, names)
    )
    tables = (Draft, FlowVersion, Form, Unit, StoredFile, FlowMigration)
    draft, version, form, unit, files, migrations = (_table(model) for model in tables)
    return f"""
        SELECT {columns}, EXISTS (SELECT 1 FROM {files} s WHERE s.draft_id = d.id),
               EXISTS (SELECT 1 FROM {migrations} m WHERE m.source_id = d.flow_id AND m.withdrawn_at IS NULL),
               LENGTH(d.moves) > 0
          FROM {draft} d
          JOIN {version} v ON v.id = d.flow_id
          JOIN {form} f ON f.id = v.form_id
          JOIN {unit} u ON u.id = f.unit_id
         WHERE d.token_hash = %s AND d.edited_at > %s"""  # noqa: S608 - names are ours


@lru_cache(maxsize=1)
def _close_sql() -> str:
    return (
        f"UPDATE {_table(Draft)} SET state = %s, answers = %s, moves = %s, edited_at = %s "  # noqa: S608 - table name is ours
        "WHERE token_hash = %s AND revision = %s AND state = %s"
    )


def _table(model: Any) -> str:
    return str(connection.ops.quote_name(model._meta.db_table))
