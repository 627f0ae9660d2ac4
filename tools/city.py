"""The demo city as a template: loaded once for all browser tests, copied for each stack that wants one.

Loading costs a minute of computing, a copy a second. A template serves until a source it was made of changes, or the
day does: dates of the demo city are counted from today.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

from tools.postgres import alone_on_server, comment_on, copy_database, get_comment
from tools.stack import ROOT, Stack
from tools.templates import FOLDER, copy_migrated_to_postgres, copy_migrated_to_sqlite, template

SOURCES = ("accounts", "cms", "common", "config", "forms_engine", "requirements")
POSTGRES_TEMPLATE = "digitale_verwaltung_city"


def stamp() -> str:
    """Changes with every source of the city, and every day."""
    digest = hashlib.sha256(time.strftime("%Y-%m-%d").encode())
    files = (path for source in SOURCES for path in (ROOT / source).rglob("*"))
    for path in sorted(p for p in files if p.is_file() and p.suffix != ".pyc"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def copy_to_sqlite(target: Path) -> str:
    """Put a demo city into the file; gives its DATABASE_URL."""
    with template("city.sqlite3", stamp(), lambda path: _load(copy_migrated_to_sqlite(path))) as path:
        shutil.copyfile(path, target)
    return f"sqlite:///{target}"


def copy_to_postgres(server: str, name: str) -> str:
    """Make the database `name` anew with a demo city; gives its DATABASE_URL."""
    with alone_on_server(server, POSTGRES_TEMPLATE):
        wanted = stamp()
        if get_comment(server, POSTGRES_TEMPLATE) != wanted:
            _load(copy_migrated_to_postgres(server, POSTGRES_TEMPLATE))
            comment_on(server, POSTGRES_TEMPLATE, wanted)
        return copy_database(server, POSTGRES_TEMPLATE, name)


def _load(url: str) -> None:
    stack = Stack(port=0, log_dir=FOLDER, environ={"DATABASE_URL": url, "VAR_DIR": str(FOLDER)})
    stack.manage("load_demo", quiet=True)
    stack.manage("db_worker", "--batch", "--queue-name", "*", quiet=True)  # or every copy would index the city anew
