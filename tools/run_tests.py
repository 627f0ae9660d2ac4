"""`make test` and `make check`: every step in order, its time, and a summary. Fails when any step fails.

A step that cannot run here (no PostgreSQL, no browser) is skipped with a clear line; in CI (CI=true) that is a failure.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tools.browser import ensure_browser
from tools.clamav import ensure_scanner
from tools.node import command
from tools.node import environment as node_environment
from tools.postgres import ensure_database, find_server
from tools.survival.cluster import find_binaries

ROOT = Path(__file__).resolve().parents[1]

BIN = Path(sys.executable).parent
COUNTS = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")
WORKERS = os.environ.get("TEST_WORKERS", "2")
TEST_ENV = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}


@dataclass
class Run:
    """What has been run so far."""

    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"passed": 0, "failed": 0, "skipped": 0})

    def step(
        self, name: str, words: list[str], *, cwd: Path = ROOT, env: dict[str, str] | None = None, live: bool = True
    ) -> None:
        """Run one command, show its output (`live` or when it has ended), remember how it ended and what it counted."""
        started = time.monotonic()
        process = subprocess.Popen(
            words, cwd=cwd, env=os.environ | (env or {}), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if live:
            print(f"\n=== {name}", flush=True)
        lines = self._read(process, live=live)
        if process.wait():
            self.failed.append(name)
        last = next((line for line in reversed(lines) if COUNTS.search(line)), "")
        for number, word in COUNTS.findall(last):
            self.counts["failed" if word.startswith("error") else word] += int(number)
        verdict = "FEHLER" if process.returncode else "ok"
        shown = "" if live else f"\n=== {name}\n" + "".join(lines)
        print(f"{shown}--- {name}: {verdict} ({time.monotonic() - started:.0f} s)", flush=True)

    def _read(self, process: subprocess.Popen[str], *, live: bool) -> list[str]:
        lines = []
        for line in process.stdout or ():
            lines.append(line)
            if live:
                print(line, end="", flush=True)
        return lines

    def skip(self, name: str, why: str) -> None:
        """A step that cannot run here."""
        print(f"\n=== {name}: übersprungen – {why}", flush=True)
        self.skipped.append(name)


def check(run: Run) -> None:
    """The fast part: Python and front end side by side, each in its order."""
    with ThreadPoolExecutor(2) as lanes:
        for lane in [lanes.submit(check_python, run), lanes.submit(check_front_end, run)]:
            lane.result()


def check_python(run: Run) -> None:
    """Lint, types, imports, templates, Django, migrations, OpenAPI, licences."""
    python = sys.executable
    for name, words in {
        "ruff": [str(BIN / "ruff"), "check", "--output-format", "concise", "."],
        "ruff format": [str(BIN / "ruff"), "format", "--check", "-q", "."],
        "mypy": [str(BIN / "mypy")],
        "import-linter": [str(BIN / "lint-imports"), "--no-logo"],
        "djlint": [str(BIN / "djlint"), "--quiet", "--lint", "cms", "forms_engine"],
        "django check": [python, "manage.py", "check", "--fail-level", "WARNING"],
        "migrations": [python, "manage.py", "makemigrations", "--check", "--dry-run"],
        "openapi and types": [python, "-m", "tools.api_types", "--check"],
        "reuse": [str(BIN / "reuse"), "lint", "--quiet"],
    }.items():
        run.step(name, words, env=TEST_ENV, live=False)


def check_front_end(run: Run) -> None:
    """Lint, types, unit tests."""
    for name in ("lint", "check", "test"):
        words = command("npm", "run", "-s", name)
        run.step(f"front end {name}", words, cwd=ROOT / "frontend", env=node_environment(), live=False)


def pytest(name: str, *arguments: str) -> list[str]:
    """A pytest command; the cache is kept apart per leg."""
    return [str(BIN / "pytest"), "-q", "-o", f"cache_dir=var/pytest-{name}", *arguments]


def unit(run: Run, server: str | None) -> None:
    """All tests but those in the browser, on both databases."""
    if ensure_scanner() is None:
        run.skip("virus scanner", "kein clamd")
    common = ("-n", WORKERS, "-m", "not e2e", "--create-db", "tests")
    run.step("pytest on SQLite", pytest("sqlite", *common), env=TEST_ENV)
    if server is None:
        run.skip("pytest on PostgreSQL", "kein Server gefunden; TEST_DATABASE_URL nennt einen")
        return
    url = ensure_database(server, "digitale_verwaltung")
    run.step("pytest on PostgreSQL", pytest("postgres", *common), env=TEST_ENV | {"DATABASE_URL": url})


def browser(run: Run, server: str | None) -> None:
    """The system in a real browser, on both databases; two workers, each with processes and a browser of its own."""
    chromium = ensure_browser()
    if chromium is None:
        run.skip("browser tests", "kein Chromium")
        return
    env = TEST_ENV | {"CHROMIUM": chromium}
    if server is None:
        run.skip("browser on PostgreSQL", "kein Server gefunden")
    else:
        env["E2E_POSTGRESQL"] = server
    words = pytest("e2e", "-n", WORKERS, "--dist", "worksteal", "--durations", "10", "-m", "e2e", "tests/e2e")
    run.step("browser on SQLite" + (" and PostgreSQL" if server else ""), words, env=env)


def survival(run: Run) -> None:
    """Two minutes of killing: receipts against what is stored and what arrived, on both databases."""
    if find_binaries() is None:
        run.skip("survival on PostgreSQL", "kein eigener Server zu starten")
    run.step("survival", [sys.executable, "-m", "tools.survival", "--short"])


def everything(run: Run) -> None:
    """All of it."""
    check(run)
    server = find_server()
    unit(run, server)
    browser(run, server)
    survival(run)


LEGS: dict[str, Callable[[Run], None]] = {
    "check": check,
    "unit": lambda run: unit(run, find_server()),
    "browser": lambda run: browser(run, find_server()),
    "survival": survival,
    "all": everything,
}


def main() -> int:
    run, started = Run(), time.monotonic()
    LEGS[sys.argv[1] if len(sys.argv) > 1 else "all"](run)
    minutes = (time.monotonic() - started) / 60
    in_ci = os.environ.get("CI") == "true"
    print(f"\nFertig in {minutes:.1f} Minuten.")
    if run.skipped:
        print(f"Übersprungen: {', '.join(run.skipped)}" + (" – in CI ist das ein Fehler." if in_ci else ""))
    print(f"Gescheitert: {', '.join(run.failed)}" if run.failed else "Alles in Ordnung.")
    print(f"{run.counts['passed']} passed, {run.counts['failed']} failed, {run.counts['skipped']} skipped")
    return 1 if run.failed or (in_ci and run.skipped) else 0


if __name__ == "__main__":
    sys.exit(main())
