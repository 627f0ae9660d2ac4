"""What goes over the wire, and what is taken from it. docs/reference/live.md is the contract; a test compares them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from common.api import json_boundary

VERSION = 1
MAX_FRAME = 65_536
MAX_CURSOR = 2_000  # conversations a client may name; who knows more starts anew
SIGN_IN, ACCESS_ENDED, SILENT, LAGGING, TOO_OLD, BAD_FRAME, FLOOD = 4401, 4403, 4408, 4409, 4426, 4400, 4429
RESTART = 1012
Cursor = dict[uuid.UUID, int]


class FrameRefused(ValueError):
    """A frame that is none of ours; `code` is `frame`, `version`, `cursor` or `binary`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def encode(kind: str, **values: Any) -> str:
    """A frame down: a JSON object with its kind in `t`."""
    return json.dumps({"t": kind, **values}, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def decode(text: str | None, binary: bytes | None) -> dict[str, Any]:
    """A frame up: `hello` or `hb`. Raises FrameRefused."""
    if text is None or binary:
        raise FrameRefused("binary")
    if len(text) > MAX_FRAME:
        raise FrameRefused("frame")
    try:
        frame = json_boundary.loads(text.encode("utf-8", "surrogatepass"))
    except json_boundary.JSONRefused:
        raise FrameRefused("frame") from None
    if not isinstance(frame, dict) or frame.get("t") not in ("hello", "hb"):
        raise FrameRefused("frame")
    if frame["t"] == "hello" and frame.get("v") != VERSION:
        raise FrameRefused("version")
    return frame


def read_cursor(given: object) -> Cursor:
    """`{conversation: seq}` as a client keeps it: the highest number up to which it has everything. It gives no rights.
    Raises FrameRefused."""
    if not isinstance(given, Mapping) or len(given) > MAX_CURSOR:
        raise FrameRefused("cursor")
    cursor: Cursor = {}
    for key, seq in given.items():
        if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq < 2**53:
            raise FrameRefused("cursor")
        try:
            cursor[uuid.UUID(str(key))] = seq
        except ValueError:
            raise FrameRefused("cursor") from None
    return cursor


def read_since(given: object) -> datetime | None:
    """When the client loaded its list: what has begun since is new to it. Raises FrameRefused."""
    if given in (None, ""):
        return None
    try:
        moment = datetime.fromisoformat(str(given)[:40])
    except ValueError:
        raise FrameRefused("cursor") from None
    if moment.tzinfo is None:
        raise FrameRefused("cursor")
    return moment


def pack(cursor: Mapping[uuid.UUID, int]) -> str:
    """A cursor as one word, for addresses and `Last-Event-ID`: `<uuid hex>.<seq>` joined by commas."""
    return ",".join(f"{key.hex}.{seq}" for key, seq in cursor.items())


def unpack(text: str) -> Cursor:
    """The opposite of `pack`. Raises FrameRefused."""
    pairs = [part.partition(".") for part in text.split(",") if part]
    if any(not (seq.isascii() and seq.isdigit() and len(seq) < 16) for _key, _dot, seq in pairs):
        raise FrameRefused("cursor")
    return read_cursor({key: int(seq) for key, _dot, seq in pairs})


def merge(cursors: Iterable[Cursor]) -> Cursor:
    """The higher number wins: a browser repeats its old address and adds what it has seen since."""
    merged: Cursor = {}
    for cursor in cursors:
        for key, seq in cursor.items():
            merged[key] = max(seq, merged.get(key, 0))
    return merged
