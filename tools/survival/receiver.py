"""The office at the other end, in its own process: takes a delivery once per id, misbehaves three times in ten.

    python -m tools.survival.receiver PORT LOG SEED

Its log is the proof: one line for each arrival, `accepted` once per id, `repeat` for every further one. It is never
killed: what it says it has is what has arrived.
"""

from __future__ import annotations

import json
import random
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

MOODS = {"take": 70, "drop": 10, "refuse": 10, "cut": 5, "twice": 5}  # per cent


class Office:
    """Knows what it has by the id of the delivery, and writes down everything that arrives."""

    def __init__(self, log: IO[str], seed: int) -> None:
        self._log, self._chance, self._lock = log, random.Random(seed), threading.Lock()
        self._known: set[str] = set()

    def mood(self) -> str:
        """What becomes of the next request."""
        with self._lock:
            return self._chance.choices(list(MOODS), list(MOODS.values()))[0]

    def take(self, number: str, reference: str, mood: str) -> None:
        """Keep it once; a repeat is noted and changes nothing."""
        with self._lock:
            outcome = "repeat" if number in self._known else "accepted"
            self._known.add(number)
            self._write(number, reference, outcome, mood)

    def turn_away(self, number: str, reference: str, mood: str) -> None:
        """Note that it did not get in."""
        with self._lock:
            self._write(number, reference, "refused", mood)

    def _write(self, number: str, reference: str, outcome: str, mood: str) -> None:
        line = {"delivery": number, "reference": reference, "outcome": outcome, "mood": mood}
        print(json.dumps(line), file=self._log, flush=True)


class Counter(BaseHTTPRequestHandler):
    """One request: taken, dropped before it is read, refused with 503, taken and cut off, or taken twice."""

    office: Office

    def do_POST(self) -> None:
        number = self.headers["Idempotency-Key"]
        body: dict[str, Any] = json.loads(  # noqa: TID251 - our own process wrote it
            self.rfile.read(int(self.headers["Content-Length"]))
        )
        mood = self.office.mood()
        if mood in ("drop", "refuse"):
            self.office.turn_away(number, body["reference"], mood)
        else:
            for _ in range(2 if mood == "twice" else 1):
                self.office.take(number, body["reference"], mood)
        if mood in ("drop", "cut"):
            self.close_connection = True
            return
        self.send_response(503 if mood == "refuse" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name the base class gives it
        """The office's own log says more."""


def main() -> None:
    port, log, seed = sys.argv[1:]
    with Path(log).open("a") as file:
        Counter.office = Office(file, int(seed))
        ThreadingHTTPServer(("127.0.0.1", int(port)), Counter).serve_forever()


if __name__ == "__main__":
    main()
