"""Rows that belong together, written in one go: one round trip to PostgreSQL however many statements there are.

What a citizen waits for is mostly the database's answer to each statement. psycopg binds on the client side, so a
transaction's statements can travel together (PostgreSQL manual 55.2.2.1, "Multiple Statements in a Simple Query").
SQLite takes one statement at a time and has no network in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections, models


class Writes:
    """Statements in order, for the caller's transaction. Rows are inserted as given: no signals, nothing read back."""

    def __init__(self) -> None:
        self._statements: list[tuple[str, Sequence[Any]]] = []

    def add(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """One statement with its parameters; returns its place in what `run` answers."""
        self._statements.append((sql, parameters))
        return len(self._statements) - 1

    def insert(self, row: models.Model) -> int:
        """A new row with all its columns; a key the database gives out is left to it and not read back."""
        database = connections[DEFAULT_DB_ALIAS]
        insert, fields = _columns(row._meta.label, database.vendor)
        values = [field.get_db_prep_save(field.pre_save(row, True), database) for field in fields]
        return self.add(insert, values)

    def run(self) -> list[int]:
        """Execute all; returns how many rows each statement changed. Raises what the database raises."""
        if not connection.in_atomic_block:
            raise RuntimeError("writes that belong together need a transaction")
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql":
                return [_run_one(cursor, *statement) for statement in self._statements]
            parameters = [value for _sql, values in self._statements for value in values]
            cursor.execute(";".join(sql for sql, _values in self._statements), parameters)
            counts = [cursor.rowcount]
            while cursor.nextset():
                counts.append(cursor.rowcount)
            return counts


def _run_one(cursor: Any, sql: str, parameters: Sequence[Any]) -> int:
    cursor.execute(sql, parameters)
    count: int = cursor.rowcount
    return count


@lru_cache
def _columns(label: str, vendor: str) -> tuple[str, tuple[models.Field, ...]]:
    """The INSERT statement of a model on this kind of database, and its fields in that order."""
    model, quote = apps.get_model(label), connection.ops.quote_name
    fields = tuple(field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField))
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})", fields  # noqa: S608 - names are ours
