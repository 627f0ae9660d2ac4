"""The processes of one run: database, web, two workers, the receiver. Each is started again when it ends."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.stack import ROOT, free_port
from tools.survival import cluster, templates
from tools.survival.disk import Disk
from tools.survival.faults import Scene
from tools.survival.service import Service

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
MEGABYTES = {SQLITE: 160, POSTGRESQL: 400}
WORKERS = 2
BOOT_SECONDS = 90


@dataclass
class House:
    """One installation on one database in one folder. `lease_seconds`: shorter than in production in short runs."""

    database: str
    folder: Path
    seed: int
    lease_seconds: float

    def __post_init__(self) -> None:
        self.disk = Disk(self.folder / "disk", MEGABYTES[self.database])
        self.web_port, self.receiver_port = free_port(), free_port()
        self.server: Service | None = None
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tools.survival.settings",
            "VAR_DIR": str(self.folder / "var"),
            "LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(ROOT),
            "SURVIVAL_RECEIVER": str(self.receiver_port),
            "SURVIVAL_LEASE_SECONDS": str(self.lease_seconds),
        }
        gunicorn = ["-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{self.web_port}", "--workers", "2"]
        gunicorn += ["--threads", "4", "--worker-class", "gthread", "--keep-alive", "30", "--no-control-socket"]
        self.web = self._python("web", *gunicorn)
        self.workers = [self._python(f"worker{n}", "manage.py", "worker", "--no-tasks") for n in range(WORKERS)]
        where = [str(self.receiver_port), str(self.arrivals), str(self.seed)]
        self.receiver = self._python("receiver", "-m", "tools.survival.receiver", *where)

    @property
    def arrivals(self) -> Path:
        """The receiver's log."""
        return self.folder / "arrivals.jsonl"

    def _python(self, name: str, *arguments: str) -> Service:
        return Service(name, [sys.executable, *arguments], self.env, self.folder / f"{name}.log")

    def open_database(self) -> None:
        """A migrated database, alone on its disk."""
        if self.database == SQLITE:
            self.env["DATABASE_URL"] = templates.copy_sqlite(self.disk.folder)
            return
        binaries = cluster.find_binaries()
        if binaries is None:
            raise RuntimeError("no PostgreSQL binaries")
        data, port = templates.copy_cluster(binaries, self.disk.folder), free_port()
        self.server = cluster.service(binaries, data, port, self.folder / "postgresql.log")
        self.server.start()
        cluster.wait_until_ready(port)
        self.env["DATABASE_URL"] = cluster.url(port, templates.DATABASE)

    def open_city(self) -> float:
        """Start everything else; returns how long the web took to answer."""
        for service in (self.receiver, self.web, *self.workers):
            service.start()
        started = time.monotonic()
        while time.monotonic() < started + BOOT_SECONDS:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.web_port}/readyz", timeout=5).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return time.monotonic() - started
        raise TimeoutError((self.folder / "web.log").read_text()[-2000:])

    def scene(self, refused: Callable[[], int]) -> Scene:
        """What can be hit; `refused` counts the requests that got a 503."""
        stall = self.lease_seconds + 2
        return Scene(random.Random(self.seed), self.web, self.workers, self.disk, stall, refused, self.server)

    def ask(self, *arguments: str) -> str:
        """Run a Python module or script in the city's environment; its output. Raises when it fails."""
        done = self.run(*arguments)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stderr[-2000:]}")
        return done.stdout

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The same, however it ends."""
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)

    def read_arrivals(self) -> list[dict[str, Any]]:
        """What the receiver has written down."""
        lines = self.arrivals.read_text().splitlines()
        return [json.loads(line) for line in lines]  # noqa: TID251 - our own process wrote it

    def close(self) -> None:
        """End all processes, the database last, and remove the disk."""
        for service in (self.web, *self.workers, self.receiver, self.server):
            if service is not None:
                service.stop()
        self.disk.remove()
