"""The demo city as a template: migrated and loaded once for all browser tests, copied for each stack that wants one.

Migrating and loading cost one and a half minutes of computing, a copy a second. A template serves until a source it was
made of changes, or the day does: dates of the demo city are counted from today.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.postgres import comment_on, copy_database, ensure_database, get_comment
from tools.stack import ROOT, Stack

FOLDER = ROOT / "var" / "templates"
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
    with _alone("sqlite"):
        template, note, wanted = FOLDER / "city.sqlite3", FOLDER / "city.stamp", stamp()
        if not note.exists() or note.read_text() != wanted:
            for path in (note, *FOLDER.glob("city.sqlite3*")):
                path.unlink(missing_ok=True)
            _load(f"sqlite:///{template}")
            note.write_text(wanted)
        shutil.copyfile(template, target)
    return f"sqlite:///{target}"


def copy_to_postgres(server: str, name: str) -> str:
    """Make the database `name` anew with a demo city; gives its DATABASE_URL."""
    with _alone("postgresql"):
        wanted = stamp()
        if get_comment(server, POSTGRES_TEMPLATE) != wanted:
            _load(ensure_database(server, POSTGRES_TEMPLATE, fresh=True))
            comment_on(server, POSTGRES_TEMPLATE, wanted)
        return copy_database(server, POSTGRES_TEMPLATE, name)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One process at a time: the first builds the template, the others wait and copy."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _load(url: str) -> None:
    stack = Stack(port=0, log_dir=FOLDER, environ={"DATABASE_URL": url, "VAR_DIR": str(FOLDER)})
    stack.manage("migrate", "--verbosity", "0", quiet=True)
    stack.manage("load_demo", quiet=True)
    stack.manage("db_worker", "--batch", "--queue-name", "*", quiet=True)  # or every copy would index the city anew
