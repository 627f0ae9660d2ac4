"""Migrated databases to be killed: a SQLite file, and a whole PostgreSQL cluster as an archive."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tools.postgres import ensure_database
from tools.stack import free_port
from tools.survival import cluster
from tools.templates import copy_migrated_to_sqlite, migrate, migrations_stamp, template

DATABASE = "survival"


def copy_sqlite(folder: Path) -> str:
    """A migrated database in the folder; gives its DATABASE_URL."""
    return copy_migrated_to_sqlite(folder / "city.sqlite3")


def copy_cluster(binaries: Path, folder: Path) -> Path:
    """A cluster with a migrated database in the folder; gives its data directory."""
    name = f"survival-{binaries.parent.name}.tar"
    with template(name, migrations_stamp(), lambda path: _make_cluster(binaries, path)) as path:
        subprocess.run(["tar", "-xpf", str(path), "-C", str(folder)], check=True)
    return folder / "data"


def _make_cluster(binaries: Path, path: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder, port = Path(temporary), free_port()
        folder.chmod(0o755)
        cluster.create(binaries, folder / "data")
        server = cluster.service(binaries, folder / "data", port, folder / "log")
        server.start()
        try:
            cluster.wait_until_ready(port)
            migrate(ensure_database(cluster.url(port, "postgres"), DATABASE))
        finally:
            server.stop()
        subprocess.run(["tar", "-cf", str(path), "-C", str(folder), "data"], check=True)
