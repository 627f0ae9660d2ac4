"""Migrated databases, made once and copied for whoever needs one: migrating costs half a minute, a copy a second.

The tests of both databases, the demo city of the browser tests and the survival run all begin with such a copy. A
template serves until a migration or a pinned package changes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.postgres import alone_on_server, comment_on, copy_database, ensure_database, get_comment

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "templates"
POSTGRES_TEMPLATE = "digitale_verwaltung_migrated"


def migrations_stamp() -> str:
    """Changes with every migration and every pinned package."""
    digest = hashlib.sha256((ROOT / "requirements/base.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def copy_migrated_to_sqlite(target: Path) -> str:
    """Put a migrated database into the file; gives its DATABASE_URL."""
    for path in (target, *target.parent.glob(f"{target.name}-*")):
        path.unlink(missing_ok=True)
    with template("migrated.sqlite3", migrations_stamp(), _make_sqlite) as path:
        shutil.copyfile(path, target)
    return f"sqlite:///{target}"


def copy_migrated_to_postgres(server: str, name: str) -> str:
    """Make the database `name` anew, migrated; gives its DATABASE_URL."""
    with alone_on_server(server, POSTGRES_TEMPLATE):
        wanted = migrations_stamp()
        if get_comment(server, POSTGRES_TEMPLATE) != wanted:
            migrate(ensure_database(server, POSTGRES_TEMPLATE, fresh=True))
            comment_on(server, POSTGRES_TEMPLATE, wanted)
        return copy_database(server, POSTGRES_TEMPLATE, name)


def migrate(url: str) -> None:
    """Run all migrations on a database."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATABASE_URL": url, "VAR_DIR": str(FOLDER)}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def template(name: str, wanted: str, make: Callable[[Path], None]) -> Iterator[Path]:
    """The file of this name, made anew when it was made of something else than `wanted`; one process at a time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path, note = FOLDER / name, FOLDER / f"{name}.stamp"
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not note.exists() or note.read_text() != wanted:
            for old in (note, path, *FOLDER.glob(f"{name}-*")):
                old.unlink(missing_ok=True)
            make(path)
            note.write_text(wanted)
        yield path


def _make_sqlite(path: Path) -> None:
    migrate(f"sqlite:///{path}")
