"""/ws/messages and /events/messages: the same stream down, by web socket or by server-sent events.

Nothing is ever said over them: writing is an HTTP request. docs/reference/live.md is the contract.
"""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any
from urllib.parse import parse_qs

from channels.exceptions import StopConsumer
from channels.generic.http import AsyncHttpConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from messaging.live import frames, store
from messaging.live.hub import Connection, Frame
from messaging.live.registry import hub_of_this_loop

HELLO_SECONDS = 10
SILENCE_SECONDS = 60
FRAMES_PER_SECOND, FRAMES_AT_ONCE = 5, 20
MISTAKES = 5
HEARTBEAT_SECONDS = 20


class MessagesConsumer(AsyncWebsocketConsumer):
    """A socket of one person. Up: `hello` once, then `hb`; down: `hi`, `ev`, `acl`, `resync`, `err`."""

    connection: Connection | None = None
    watch: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        await self.accept()
        self.person = self.scope.get("user")
        if self.person is None or not self.person.is_authenticated:
            await self.close(frames.SIGN_IN)
            return
        self.mistakes, self.tokens, self.heard_at = 0, float(FRAMES_AT_ONCE), time.monotonic()
        self.watch = asyncio.get_running_loop().create_task(self._watch())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if not self._has_token():
            await self.close(frames.FLOOD)
            return
        try:
            frame = frames.decode(text_data, bytes_data)
            if frame["t"] == "hello":
                await self._hello(frame)
            elif self.connection is None:
                raise frames.FrameRefused("frame")
        except frames.FrameRefused as refusal:
            await self._refuse(refusal.code)

    async def _hello(self, frame: dict[str, Any]) -> None:
        if self.connection is not None:
            raise frames.FrameRefused("frame")
        cursor, since = frames.read_cursor(frame.get("cursor", {})), frames.read_since(frame.get("since"))
        self.connection = await _connect(self.scope, self.send_frame, self.close)
        if self.connection is not None:
            await hub_of_this_loop().join(self.connection, cursor, since)

    async def send_frame(self, frame: Frame) -> None:
        """What the hub calls."""
        await self.send(text_data=frame.text)

    async def _refuse(self, code: str) -> None:
        """A clear word for a wrong frame; too old or too many mistakes closes."""
        self.mistakes += 1
        await self.send(text_data=frames.encode("err", code=code))
        if code == "version":
            await self.close(frames.TOO_OLD)
        elif self.mistakes >= MISTAKES:
            await self.close(frames.BAD_FRAME)

    def _has_token(self) -> bool:
        """Token bucket: 20 frames at once, 5 a second."""
        now = time.monotonic()
        self.tokens = min(FRAMES_AT_ONCE, self.tokens + (now - self.heard_at) * FRAMES_PER_SECOND) - 1
        self.heard_at = now
        return self.tokens >= 0

    async def _watch(self) -> None:
        """Close who never says hello, and who has gone silent."""
        await asyncio.sleep(HELLO_SECONDS)
        if self.connection is None:
            await self.close(frames.SILENT)
            return
        while time.monotonic() - self.heard_at < SILENCE_SECONDS:
            await asyncio.sleep(HEARTBEAT_SECONDS)
        await self.close(frames.SILENT)

    async def disconnect(self, code: int) -> None:
        if self.watch is not None:
            self.watch.cancel()
        if self.connection is not None:
            hub_of_this_loop().leave(self.connection)


class MessagesStream(AsyncHttpConsumer):
    """The same as server-sent events, for networks without web sockets. The cursor is in the address, what has been
    seen since in `Last-Event-ID`."""

    connection: Connection | None = None
    beat: asyncio.Task[None] | None = None
    seen: frames.Cursor

    async def http_request(self, message: dict[str, Any]) -> None:
        """Answer, and stay: the base class would end the consumer here and never hear that the client has gone."""
        if not message.get("more_body"):
            await self.handle(b"")

    async def handle(self, body: bytes) -> None:
        person = self.scope.get("user")
        if person is None or not person.is_authenticated:
            await self.send_response(401, b"", headers=[(b"Cache-Control", b"no-store")])
            return
        try:
            cursor, since = self._read_address()
        except frames.FrameRefused:
            await self.send_response(422, b"", headers=[(b"Cache-Control", b"no-store")])
            return
        await self.send_headers(
            headers=[
                (b"Content-Type", b"text/event-stream; charset=utf-8"),
                (b"Cache-Control", b"no-store"),
                (b"X-Accel-Buffering", b"no"),
            ]
        )
        await self._down(f"retry: {random.randint(1000, 5000)}\n\n")  # noqa: S311 - spreads returning clients, no secret
        self.seen = {}
        self.connection = await _connect(self.scope, self._send_frame, self._close)
        if self.connection is None:
            return
        await hub_of_this_loop().join(self.connection, cursor, since)
        self.beat = asyncio.get_running_loop().create_task(self._beat())

    def _read_address(self) -> tuple[frames.Cursor, Any]:
        query = parse_qs(self.scope.get("query_string", b"").decode("latin-1")[: frames.MAX_FRAME])
        headers = {name.lower(): value for name, value in self.scope["headers"]}
        last = headers.get(b"last-event-id", b"").decode("latin-1")
        cursors = [frames.unpack(query.get("cursor", [""])[0]), frames.unpack(last)]
        return frames.merge(cursors), frames.read_since(query.get("since", [""])[0].replace(" ", "+"))

    async def _beat(self) -> None:
        while self.connection is not None and not self.connection.is_gone:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            await self._down(": hb\n\n")

    async def _send_frame(self, frame: Frame) -> None:
        self.seen = frames.merge([self.seen, frame.seen])
        word = f"id: {frames.pack(self.seen)}\n" if frame.seen else ""
        await self._down(f"{word}data: {frame.text}\n\n")

    async def _close(self, code: int) -> None:
        await self._down(f"data: {frames.encode('bye', code=code)}\n\n")
        await self.send_body(b"", more_body=False)

    async def _down(self, text: str) -> None:
        await self.send_body(text.encode(), more_body=True)

    async def disconnect(self) -> None:
        if self.beat is not None:
            self.beat.cancel()
        if self.connection is not None:
            hub_of_this_loop().leave(self.connection)

    async def http_disconnect(self, message: dict[str, Any]) -> None:
        await self.disconnect()
        raise StopConsumer


async def _connect(scope: Any, send: Any, close: Any) -> Connection | None:
    """A connection with the person's rights of this moment; None (and closed) when there are none any more."""
    session = scope.get("session")
    key = session.session_key if session is not None else None
    member = await hub_of_this_loop().in_thread(store.read_member, scope["user"].pk, key)
    if not member.is_active:
        await close(frames.SIGN_IN)
        return None
    return Connection(scope["user"].pk, key, send, close, member)
