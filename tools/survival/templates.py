"""Migrated databases, made once and copied for each run: migrating costs half a minute, a copy a second."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.postgres import ensure_database
from tools.stack import ROOT, free_port
from tools.survival import cluster

FOLDER = ROOT / "var" / "templates"
DATABASE = "survival"


def stamp() -> str:
    """Changes with every migration and every pinned package."""
    digest = hashlib.sha256((ROOT / "requirements/base.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def copy_sqlite(folder: Path) -> str:
    """A migrated database in the folder; gives its DATABASE_URL."""
    with _template("survival.sqlite3", _make_sqlite) as template:
        shutil.copyfile(template, folder / "city.sqlite3")
    return f"sqlite:///{folder / 'city.sqlite3'}"


def copy_cluster(binaries: Path, folder: Path) -> Path:
    """A cluster with a migrated database in the folder; gives its data directory."""
    with _template(f"survival-{binaries.parent.name}.tar", lambda path: _make_cluster(binaries, path)) as template:
        subprocess.run(["tar", "-xpf", str(template), "-C", str(folder)], check=True)
    return folder / "data"


@contextmanager
def _template(name: str, make: Callable[[Path], None]) -> Iterator[Path]:
    """The file, made anew when it is out of date; one process at a time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    template, note, wanted = FOLDER / name, FOLDER / f"{name}.stamp", stamp()
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not note.exists() or note.read_text() != wanted:
            note.unlink(missing_ok=True)
            template.unlink(missing_ok=True)
            make(template)
            note.write_text(wanted)
        yield template


def _make_sqlite(path: Path) -> None:
    _migrate(f"sqlite:///{path}")


def _make_cluster(binaries: Path, path: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder, port = Path(temporary), free_port()
        folder.chmod(0o755)
        cluster.create(binaries, folder / "data")
        server = cluster.service(binaries, folder / "data", port, folder / "log")
        server.start()
        try:
            cluster.wait_until_ready(port)
            _migrate(ensure_database(cluster.url(port, "postgres"), DATABASE))
        finally:
            server.stop()
        subprocess.run(["tar", "-cf", str(path), "-C", str(folder), "data"], check=True)


def _migrate(url: str) -> None:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATABASE_URL": url, "VAR_DIR": str(FOLDER)}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
