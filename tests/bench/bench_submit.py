"""Full submissions a second: 8 clients, prepared drafts, `POST /drafts/{token}/submit` through gunicorn.

    python -m tools.bench submit

A submission is everything the receipt depends on: draft opened with the citizen's secret, flow evaluated, answers
encrypted anew, submission, deliveries, audit entry and stored answer in one transaction, durable (SQLite:
synchronous=FULL, PostgreSQL: default). Client and server share the machine. Database: a fresh one on SQLite, then one
on PostgreSQL.
"""

from __future__ import annotations

import io
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

from tools.postgres import ensure_database, find_server
from tools.stack import ROOT, free_port

CLIENTS, SECONDS, DRAFTS = 8, 10, 6000
REQUEST = (
    "POST /api/v1/drafts/{token}/submit HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    "Idempotency-Key: {key}\r\nContent-Length: {length}\r\n\r\n{body}"
)
FORM = "hundesteuer-anmelden"
PREPARE = """
import json, sys
from django.contrib.auth.models import AnonymousUser
from pathlib import Path
from accounts.api import ensure_unit
from forms_engine.services import drafts
from forms_engine.services.forms import create_form, publish_form
folder = Path("cms/demo_city/forms")
document = json.loads((folder / "{form}.json").read_text())
answers = json.loads((folder / "examples/{form}.json").read_text())
answers = answers.get("answers", answers) | {{"relief.reason": "none"}}
answers.pop("relief.proof", None)  # the question that needs a file does not come up: this measures the transaction
form = create_form(document, unit=ensure_unit("steuern", name="Steuern"))
version = publish_form(form, by=None)
person = AnonymousUser()
with open("{out}", "w") as out:
    for _ in range({drafts}):
        print(drafts.create_draft(version, locale="de", person=person, answers=answers).token, file=out)
"""


def environment(url: str, folder: Path) -> dict[str, str]:
    """The server's settings, as in production."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "ERROR",
    }


def manage(env: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def submit_until(port: int, tokens: list[str], stop: float, times: list[float], failures: list[str]) -> None:
    """One client: its own connection, one submission after the other. Written to the socket as it is: the clients
    share the machine with what is measured, and Python's HTTP client costs a fifth of what the server does."""
    body = json.dumps({"declaration": True, "locale": "de"})
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        answers = connection.makefile("rb")
        while tokens and time.monotonic() < stop:
            request = REQUEST.format(token=tokens.pop(), key=uuid.uuid4(), length=len(body), body=body)
            started = time.perf_counter()
            connection.sendall(request.encode())
            status, content = read_answer(answers)
            times.append(time.perf_counter() - started)
            if status != "201":
                failures.append(f"{status} {content[:200]!r}")


def read_answer(stream: io.BufferedIOBase) -> tuple[str, bytes]:
    """Status and body of one HTTP/1.1 answer with a Content-Length."""
    status, length = stream.readline().split()[1].decode(), 0
    while (line := stream.readline().lower()) not in (b"\r\n", b""):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return status, stream.read(length)


def measure(name: str, url: str) -> None:
    """Prepare, start, warm up, measure, print one row."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        env = environment(url if url != "sqlite" else f"sqlite:///{folder / 'bench.sqlite3'}", folder)
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "shell", "-c", PREPARE.format(form=FORM, out=folder / "tokens", drafts=DRAFTS))
        tokens = (folder / "tokens").read_text().split()
        port = free_port()
        options = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", "--worker-class", "gthread"]
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "config.wsgi",
            *options,
            "--no-control-socket",
            "--keep-alive",
            "60",
        ]
        server = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
        try:
            time.sleep(5)
            run(port, tokens, seconds=2)  # compile the flow, open connections
            report(name, *run(port, tokens, seconds=SECONDS))
        finally:
            server.terminate()
            server.wait()


def run(port: int, tokens: list[str], *, seconds: float) -> tuple[float, list[float], list[str]]:
    """All clients for some seconds; returns elapsed time, times of each submission, failures."""
    times: list[float] = []
    failures: list[str] = []
    stop = time.monotonic() + seconds
    arguments = (port, tokens, stop, times, failures)
    clients = [threading.Thread(target=submit_until, args=arguments) for _ in range(CLIENTS)]
    started = time.monotonic()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return time.monotonic() - started, times, failures


def report(name: str, elapsed: float, times: list[float], failures: list[str]) -> None:
    done = len(times) - len(failures)
    p99 = statistics.quantiles(times, n=100)[98] * 1000
    median = statistics.median(times) * 1000
    print(f"| {name:<10} | {done / elapsed:8.0f}/s | {median:8.1f} ms | {p99:8.1f} ms | {len(failures):5} |")
    for failure in failures[:3]:
        print(f"  {failure}")


def main() -> None:
    print(f"{CLIENTS} clients, form {FORM}, gunicorn 2 x 4 threads, {SECONDS} s, machine with {os.cpu_count()} cores\n")
    print("| database   | submissions |   median    |     p99     | failed |")
    print("| ---------- | ----------- | ----------- | ----------- | ------ |")
    measure("SQLite", "sqlite")
    server = find_server()
    if server is None:
        print("| PostgreSQL | no server found |")
        return
    measure("PostgreSQL", ensure_database(server, "digitale_verwaltung_bench", fresh=True))


if __name__ == "__main__":
    main()
