"""CPU per request: our read API against Wagtail's API v2 over the same 300 pages, same server, same run.

Run: `python tests/bench/bench_read_api.py` (DATABASE_URL for another database than a new SQLite file).
One gunicorn worker; rounds of all four requests are interleaved; CPU is user + system time of the worker from
/proc/<pid>/stat. Bars (issue 2, section 8): at least 40 times less (medians), below 0.5 ms (least disturbed round: a
busy machine makes every request dearer). Most of our time is gunicorn's; the application itself takes 0.06 ms.
Exit code 1 when a bar is missed.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
SERVICES, ROUNDS = 300, 5
TICKS = os.sysconf("SC_CLK_TCK")
BAR_RATIO, BAR_MS = 40, 0.5


@dataclass
class Request:
    """One address, how often a round asks for it, and the CPU milliseconds per request of each round."""

    name: str
    path: str
    times: int
    milliseconds: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "VAR_DIR": folder}
        page = prepare()
        requests = [
            Request("list of 20, ours", "/api/v1/de/services", 1500),
            Request("list of 20, Wagtail v2", f"/wagtail/v2/pages/?{list_query()}", 15),
            Request("one service, ours", f"/api/v1/de/services/{page.slug}", 1500),
            Request("one service, Wagtail v2", f"/wagtail/v2/pages/{page.pk}/?fields=*", 30),
        ]
        with gunicorn(folder) as (port, worker):
            measure(requests, port, worker)
    return report(requests)


def list_query() -> str:
    from tests.bench.wagtail_urls import LIST_FIELDS

    return f"type=cms.ServicePage&limit=20&order=title&fields={','.join(LIST_FIELDS)}"


def prepare():
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from cms.models import ServicePage
    from tests.bench.catalogue import fill

    if not ServicePage.objects.exists():
        started = time.perf_counter()
        fill(SERVICES)
        print(f"{SERVICES} services published in 3 locales in {time.perf_counter() - started:.0f} s")
    return ServicePage.objects.order_by("pk")[SERVICES // 2]


@contextmanager
def gunicorn(folder: str):
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "-w", "1", "-b", f"127.0.0.1:{port}"]
    command += ["--log-level", "warning", "--log-file", str(Path(folder, "gunicorn.log"))]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_for(port)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield port, int(children[0])
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            if get(port, "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("gunicorn did not start")


def get(port: int, path: str) -> tuple[int, int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    size = len(response.read())
    connection.close()
    return response.status, size


def measure(requests: list[Request], port: int, worker: int) -> None:
    for request in requests:  # warm up, and see that each answers
        status, request.size = get(port, request.path)
        if status != 200:
            raise SystemExit(f"{request.path}: HTTP {status}")
    for _ in range(ROUNDS):
        for request in requests:
            before = cpu_seconds(worker)
            for _ in range(request.times):
                get(port, request.path)
            request.milliseconds.append((cpu_seconds(worker) - before) * 1000 / request.times)


def cpu_seconds(pid: int) -> float:
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / TICKS


def report(requests: list[Request]) -> int:
    print(f"{'request':26} {'CPU ms median':>14} {'range':>16} {'bytes (gzip)':>13}")
    for request in requests:
        low, high = min(request.milliseconds), max(request.milliseconds)
        print(f"{request.name:26} {request.median:14.3f} {low:7.3f} - {high:6.3f} {request.size:13,}")
    missed = 0
    for ours, theirs in (requests[:2], requests[2:]):
        ratio = theirs.median / ours.median
        best = min(ours.milliseconds)
        name = ours.name.partition(",")[0]
        print(
            f"{name}: {ratio:.0f} times less CPU (bar {BAR_RATIO}), least disturbed round {best:.2f} ms (bar {BAR_MS})"
        )
        missed += ratio < BAR_RATIO or best >= BAR_MS
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
