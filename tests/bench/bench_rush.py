"""A rush: 2,000 people at the first page of one form within 10 seconds.

    python -m tools.bench rush          (RUSH_VISITORS, RUSH_SECONDS, RUSH_RATE change what is measured)

Each opens the page where an application starts. Who has to wait looks again as the waiting page says; who is let in
starts, sees the first step, and answers it. All of it goes through gateway and website to Django and the database, with
the processes of `make demo`; the visitors are one asyncio process on the same machine. An order violation is one who
asked and had to wait although a person with a higher number was in already.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import statistics
import tempfile
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tools.city import copy_to_postgres, copy_to_sqlite
from tools.postgres import find_server
from tools.stack import Stack, free_port

VISITORS = int(os.environ.get("RUSH_VISITORS", "2000"))
SECONDS = float(os.environ.get("RUSH_SECONDS", "10"))
RATE = int(os.environ.get("RUSH_RATE", "15"))
LONGEST = VISITORS / (RATE or 10) + 60
START = "/leistungen/meldebescheinigung/check"
ANSWERS = {"start.for_whom": "self", "start.registered": "true", "do": "next"}
PLACE = re.compile(r"rush=([tp])\.(\d+)\.[\w.]+")
LOOK = re.compile(r'data-look="(\d+)"')
STARTS = 300
UNLIMITED = "1000000/min"


@dataclass
class Log:
    """What happened. `steps`: seconds of each request of somebody let in; `waits`: (asked at, number) of each answer
    "not yet"; `entries`: (answered at, number) of each "come in"."""

    statuses: Counter[int] = field(default_factory=Counter)
    steps: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    waits: list[tuple[float, int]] = field(default_factory=list)
    entries: list[tuple[float, int]] = field(default_factory=list)
    waited: set[int] = field(default_factory=set)
    finished: int = 0
    arrived: list[float] = field(default_factory=list)


@dataclass
class Visitor:
    port: int
    log: Log
    cookie: str = ""

    async def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, headers and body; one connection a request. A connection that breaks counts as status 0."""
        body = urllib.parse.urlencode(form or {})
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", "Connection: close", "Accept: text/html"]
        lines += [f"Cookie: {self.cookie}"] if self.cookie else []
        if method == "POST":
            kind = "application/x-www-form-urlencoded"
            lines += [f"Origin: http://localhost:{self.port}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
            raw = (await reader.read()).decode("utf-8", "replace")
            writer.close()
        except OSError:
            raw = ""
        head, _blank, content = raw.partition("\r\n\r\n")
        status = int(head.split(" ", 2)[1]) if head.startswith("HTTP/") else 0
        self.log.statuses[status] += 1
        return status, head, content

    async def come(self, stop: float) -> None:
        """From the first page to the answered first step."""
        first = time.monotonic()
        while time.monotonic() < stop:
            asked = time.monotonic()
            status, head, content = await self.ask("GET", START)
            found = PLACE.search(head)
            if found:
                self.cookie = found[0]
            look = LOOK.search(content)
            if look is None:
                break
            self.log.arrived.append(first)
            self.log.pages.append(time.monotonic() - asked)
            self.log.waits.append((asked, int(found[2]) if found else 0))
            self.log.waited.add(int(found[2]) if found else 0)
            await asyncio.sleep(int(look[1]))
        else:
            return
        if status != 200:
            return
        if found:
            self.log.entries.append((time.monotonic(), int(found[2])))
        self.log.steps.append(time.monotonic() - asked)
        await self.apply()

    async def apply(self) -> None:
        status, head, _content = await self.timed("POST", f"{START}?/start", {})
        place = re.search(r"(?im)^location: (\S+)", head)
        if status != 303 or place is None:
            return
        status, _head, _content = await self.timed("GET", place[1])
        if status != 200:
            return
        status, _head, _content = await self.timed("POST", place[1], ANSWERS)
        self.log.finished += status in (200, 303, 422)

    async def timed(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        started = time.monotonic()
        answer = await self.ask(method, path, form)
        self.log.steps.append(time.monotonic() - started)
        return answer


async def rush(port: int) -> tuple[Log, float]:
    log, pick, started = Log(), random.Random(1), time.monotonic()
    arrivals = sorted(pick.uniform(0, SECONDS) for _ in range(VISITORS))

    async def one(moment: float) -> None:
        await asyncio.sleep(max(0.0, started + moment - time.monotonic()))
        await Visitor(port, log).come(started + LONGEST)

    await asyncio.gather(*(one(moment) for moment in arrivals))
    return log, time.monotonic() - started


async def start_drafts(port: int) -> list[float]:
    """Seconds each of 300 starts takes at the API, one after the other."""
    body, times = json.dumps({"flow": "meldebescheinigung", "locale": "de"}), []
    head = f"POST /api/v1/drafts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    for _ in range(STARTS):
        started = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{head}Content-Type: application/json\r\n\r\n{body}".encode())
        answer = await reader.read()
        writer.close()
        times.append(time.perf_counter() - started)
        if not answer.startswith(b"HTTP/1.1 201"):
            raise RuntimeError(answer[:200])
    return times


def order_violations(log: Log) -> int:
    """How many had to wait although somebody with a higher number was let in before they asked."""
    events = sorted([(at, 0, number) for at, number in log.entries] + [(at, 1, number) for at, number in log.waits])
    highest, wrong = 0, 0
    for _at, is_wait, number in events:
        if is_wait:
            wrong += number < highest
        else:
            highest = max(highest, number)
    return wrong


def measure(name: str, rate: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder, server = Path(temporary), find_server()
        if name == "PostgreSQL":
            url = copy_to_postgres(str(server), "digitale_verwaltung_bench")
        else:
            url = copy_to_sqlite(folder / "bench.sqlite3")
        environ = {"DATABASE_URL": url, "VAR_DIR": str(folder), "LOG_LEVEL": "ERROR"}
        environ |= {"THROTTLE_DRAFT_CREATE": UNLIMITED, "RUSH_STARTS_PER_SECOND": str(rate)}
        with Stack(port=free_port(), log_dir=folder / "log", environ=environ) as stack:
            asyncio.run(warm(stack.port))
            report(name, rate, *asyncio.run(rush(stack.port)))


def measure_start(rate: int) -> None:
    """What the room costs somebody who comes alone: off, and on with room for all."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        environ = {"DATABASE_URL": copy_to_sqlite(folder / "bench.sqlite3"), "VAR_DIR": str(folder)}
        environ |= {"LOG_LEVEL": "ERROR", "THROTTLE_DRAFT_CREATE": UNLIMITED, "RUSH_STARTS_PER_SECOND": str(rate)}
        with Stack(port=free_port(), log_dir=folder / "log", environ=environ) as stack:
            asyncio.run(start_drafts(stack.web_port))
            times = asyncio.run(start_drafts(stack.web_port))
    print(
        f"start of a draft at the API, room {'on' if rate else 'off'}: median {statistics.median(times) * 1000:.1f} ms"
    )


async def warm(port: int) -> None:
    for _ in range(10):
        await Visitor(port, Log()).come(time.monotonic() + 30)


def report(name: str, rate: int, log: Log, elapsed: float) -> None:
    percentiles = statistics.quantiles(log.steps or [0.0, 0.0], n=100)
    waiting = statistics.quantiles(log.pages or [0.0, 0.0], n=100)
    errors = sum(count for status, count in log.statuses.items() if status >= 500)
    print(f"{name}: {VISITORS} visitors in {SECONDS:.0f} s, {rate or 'no'} let in a second, done after {elapsed:.0f} s")
    print(f"  statuses {dict(sorted(log.statuses.items()))}, 5xx {errors}, broken connections {log.statuses[0]}")
    print(f"  let in {len(log.entries)}, of them after waiting {len(log.waited)}, first step answered {log.finished}")
    print(f"  order violations {order_violations(log)}")
    print(f"  step of those let in: median {percentiles[49] * 1000:.0f} ms, p99 {percentiles[98] * 1000:.0f} ms")
    print(
        f"  waiting page: {len(log.pages)} times, median {waiting[49] * 1000:.0f} ms, p99 {waiting[98] * 1000:.0f} ms"
    )


def main() -> None:
    print(
        f"gunicorn 2 x 4 threads, visitors on the same {os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}\n"
    )
    measure_start(0)
    measure_start(1000)
    measure("SQLite", RATE)
    if find_server() is not None:
        measure("PostgreSQL", RATE)


if __name__ == "__main__":
    main()
