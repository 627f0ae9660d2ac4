"""The virus scanner: ClamAV's daemon, asked through its INSTREAM command (`man clamd`). Off without CLAMD_ADDRESS.

Fail closed: whoever asks and gets `ScannerDown` must not pass the content on.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

PIECE = 64 * 1024
PING_SECONDS = 3
LONGEST_ANSWER = 4096


class ScannerDown(Exception):
    """The scanner is configured but gave no verdict: not reachable, too slow, or it refused the stream."""


@dataclass(frozen=True)
class Verdict:
    """`virus` is the scanner's name for what it found, empty for a clean content."""

    virus: str = ""


def is_configured() -> bool:
    """True when an operator named a scanner; without one nothing is scanned."""
    return bool(settings.CLAMD_ADDRESS)


def scan(content: BinaryIO) -> Verdict:
    """Stream the content to the scanner, from where it stands. Raises ScannerDown."""
    try:
        with _connect(settings.CLAMD_TIMEOUT) as line:
            _send(line, content)
            answer = _answer(line)
    except OSError as error:
        raise ScannerDown(type(error).__name__) from error
    if answer.endswith(" FOUND"):
        return Verdict(answer.removesuffix(" FOUND").removeprefix("stream: "))
    if answer == "stream: OK":
        return Verdict()
    raise ScannerDown(answer[:100])  # its own words, such as "INSTREAM size limit exceeded. ERROR"


def is_alive() -> bool:
    """True when the scanner answers PING within three seconds."""
    try:
        with _connect(PING_SECONDS) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except OSError:
        return False


def _connect(seconds: float) -> socket.socket:
    """`unix:/run/clamav/clamd.ctl` or `tcp://host:3310`."""
    kind, _, path = settings.CLAMD_ADDRESS.partition(":")
    if kind == "tcp":
        address = urlsplit(settings.CLAMD_ADDRESS)
        return socket.create_connection((address.hostname or "", address.port or 3310), timeout=seconds)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(seconds)
    try:
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


def _send(line: socket.socket, content: BinaryIO) -> None:
    line.sendall(b"zINSTREAM\0")
    try:
        while piece := content.read(PIECE):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return  # it has heard enough; what it said about that can still be read


def _answer(line: socket.socket) -> str:
    """One answer ends with a NUL; a scanner that hangs up says nothing."""
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()
