"""Citizens: each hands in one prepared draft after the other and does not give up before it has a receipt."""

from __future__ import annotations

import json
import socket
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import IO

CLIENTS = 8
PATIENCE_SECONDS = 8  # without an answer the client asks again, with the same key
GIVE_UP_SECONDS = 120
BODY = json.dumps({"declaration": True, "locale": "de"})
REQUEST = (
    "POST /api/v1/drafts/{token}/submit HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    "Idempotency-Key: {key}\r\nContent-Length: {length}\r\n\r\n{body}"
)
RECEIVED, LATER = {201, 200}, {409, 503}
NO_ANSWER = 0


@dataclass
class Handing:
    """One application from the client's side. Times are time.monotonic(); without `reference` it has no receipt."""

    key: str
    started: float
    acknowledged: float = 0.0
    reference: str = ""
    answers: list[int] = field(default_factory=list)  # status of each try, 0 where there was none

    @property
    def is_replay(self) -> bool:
        """The receipt came for a request before, whose answer was lost."""
        return self.answers[-1:] == [200]


@dataclass
class Crowd:
    """All clients. `pause` is the time from one application of a client to its next."""

    port: int
    tokens: list[str]
    pause: float
    handings: list[Handing] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Let them come."""
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """No new applications; those begun are brought to their receipt."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def acknowledgements(self) -> list[float]:
        """When receipts arrived, in order."""
        return sorted(handing.acknowledged for handing in list(self.handings) if handing.acknowledged)

    def answers(self) -> Counter[int]:
        """How often each status was answered."""
        return Counter(status for handing in list(self.handings) for status in list(handing.answers))

    def _run(self) -> None:
        line = Line(self.port)
        while self.tokens and not self._stop.is_set():
            handing = Handing(str(uuid.uuid4()), time.monotonic())
            self.handings.append(handing)
            hand_in(line, self.tokens.pop(), handing)
            self._stop.wait(max(0.0, handing.started + self.pause - time.monotonic()))


def hand_in(line: Line, token: str, handing: Handing) -> None:
    """Try until there is a receipt, with the same key, a little later each time."""
    request = REQUEST.format(token=token, key=handing.key, length=len(BODY), body=BODY).encode()
    while time.monotonic() < handing.started + GIVE_UP_SECONDS:
        status, content = line.ask(request)
        handing.answers.append(status)
        if status in RECEIVED:
            handing.reference = json.loads(content)["reference"]  # noqa: TID251 - our own server's answer
            handing.acknowledged = time.monotonic()
            return
        time.sleep(min(0.5, 0.05 * len(handing.answers)))


class Line:
    """One connection at a time, made anew when it breaks. Plain sockets: the clients share the machine with what they
    ask, and Python's HTTP client costs a fifth of what the server does."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._stream: IO[bytes] | None = None

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body; status 0 when no whole answer came."""
        try:
            if self._socket is None or self._stream is None:
                self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE_SECONDS)
                self._stream = self._socket.makefile("rb")
            self._socket.sendall(request)
            return read_answer(self._stream)
        except (OSError, EOFError, ValueError):
            self._hang_up()
            return NO_ANSWER, b""

    def _hang_up(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = self._stream = None


def read_answer(stream: IO[bytes]) -> tuple[int, bytes]:
    """Status and body of one HTTP/1.1 answer with a Content-Length; raises EOFError when it is cut off."""
    first, length = stream.readline().split(), 0
    if len(first) < 2:
        raise EOFError
    while (line := stream.readline().lower()) not in (b"\r\n", b""):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    content = stream.read(length)
    if len(content) < length or not length:
        raise EOFError
    return int(first[1]), content
