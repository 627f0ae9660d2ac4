"""The statements every step and every submit runs, written out: building the same join anew with the ORM for each
request costs several times what the database needs to run it (see tests/bench/bench_submit.py). Same tables and models.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection

from accounts.api import Unit
from common.api import clock, ids
from forms_engine.models import Draft, FlowVersion, Form, StoredFile
from forms_engine.services import vault


def find_draft_row(token: str) -> Draft | None:
    """The row of a live draft by its token, with form and office: one indexed read, whatever the token looks like."""
    found = Draft.objects.raw(_read_sql(), [ids.token_hash(token), oldest_living_edit()])
    row = next(iter(found), None)
    return _with_relations(row) if row is not None else None


def oldest_living_edit() -> datetime:
    """Drafts last edited before this moment are gone, even before the worker deletes them."""
    return clock.now() - timedelta(days=settings.DRAFT_DAYS)


def close_statement(row: Draft, token: str) -> tuple[str, list[Any]]:
    """Wipe the answers and mark the draft as handed in; changes no row when it changed since it was read. The empty
    row stays until it expires, to say "already handed in" to the holder of the link."""
    changes = [Draft.State.SUBMITTED.value, b"", connection.ops.adapt_datetimefield_value(clock.now())]
    held = [ids.token_hash(token), row.revision, Draft.State.OPEN.value]
    return _close_sql(), [*changes, *held]


def list_file_keys(row: Draft) -> list[StoredFile]:
    """The draft's files with their wrapped keys, without content."""
    sql = f"SELECT id, wrapped_key FROM {_table(StoredFile)} WHERE draft_id = %s"  # noqa: S608 - table name is ours
    return list(StoredFile.objects.raw(sql, [Draft._meta.pk.get_db_prep_value(row.pk, connection)]))


def _with_relations(row: Any) -> Draft:
    """Hang version, form and office on the row, as `select_related` would."""
    destinations = row.form_destinations
    if isinstance(destinations, str):  # SQLite and psycopg hand JSON over as text
        destinations = vault.from_json(destinations.encode())
    unit = Unit(pk=row.unit_id, key=row.unit_key, name=row.unit_name, email=row.unit_email)
    form = Form(pk=row.form_id, key=row.form_key, title=row.form_title, destinations=destinations, unit=unit)
    row.flow = FlowVersion(pk=row.flow_id, number=row.flow_number, hash=row.flow_hash, form=form)
    for instance in (unit, form, row.flow):
        instance._state.adding = False
        instance._state.db = row._state.db
    draft: Draft = row
    return draft


@lru_cache(maxsize=1)
def _read_sql() -> str:
    draft, version, form, unit, files = (_table(model) for model in (Draft, FlowVersion, Form, Unit, StoredFile))
    return f"""
        SELECT d.id, d.flow_id, d.locale, d.answers, d.revision, d.state, d.owner_id, d.edited_at,
               v.number AS flow_number, v.hash AS flow_hash, f.id AS form_id, f.key AS form_key,
               f.title AS form_title, f.destinations AS form_destinations,
               EXISTS (SELECT 1 FROM {files} s WHERE s.draft_id = d.id) AS has_files,
               u.id AS unit_id, u.key AS unit_key, u.name AS unit_name, u.email AS unit_email
          FROM {draft} d
          JOIN {version} v ON v.id = d.flow_id
          JOIN {form} f ON f.id = v.form_id
          JOIN {unit} u ON u.id = f.unit_id
         WHERE d.token_hash = %s AND d.edited_at > %s"""  # noqa: S608 - table names are ours


@lru_cache(maxsize=1)
def _close_sql() -> str:
    return (
        f"UPDATE {_table(Draft)} SET state = %s, answers = %s, edited_at = %s "  # noqa: S608 - table name is ours
        "WHERE token_hash = %s AND revision = %s AND state = %s"
    )


def _table(model: Any) -> str:
    return str(connection.ops.quote_name(model._meta.db_table))
