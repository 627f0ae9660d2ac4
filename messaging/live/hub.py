"""One hub per process: reads the log past its numbers and hands each event, encoded once, to who may hear it.

The hub is never the truth. Whatever it loses (a wake-up, a database for a minute, a slow client) is found again: by the
look every 20 seconds, and by the client's cursor. docs/mechanisms/live.md tells the whole story.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import DatabaseError, InterfaceError, close_old_connections

from common.api import clock
from messaging.live import store
from messaging.live.frames import ACCESS_ENDED, LAGGING, SIGN_IN, Cursor, encode
from messaging.live.store import Member, News

logger = logging.getLogger(__name__)
T = TypeVar("T")
COALESCE_SECONDS = 0.005
TICK_SECONDS = 1.0
REPAIR_SECONDS = 20.0
MAX_PENDING = 256
MAX_KNOWN = 20_000
Send = Callable[["Frame"], Awaitable[None]]
Close = Callable[[int], Awaitable[None]]


@dataclass(frozen=True)
class Frame:
    """Encoded once for everybody; `seen` is how far it brings a cursor."""

    text: str
    seen: Cursor = field(default_factory=dict)


@dataclass(eq=False)
class Connection:
    """A socket or an event stream of one person. Frames queue here; its own task writes them, so a client that has
    stopped reading makes nobody else wait."""

    person_id: int
    session_key: str | None
    send: Send
    close: Close
    member: Member
    pending: deque[Frame] = field(default_factory=deque)
    buffer: list[dict[str, Any]] | None = field(default_factory=list)  # None once the catch-up has been sent
    writer: asyncio.Task[None] | None = None
    is_gone: bool = False

    def push(self, frame: Frame) -> None:
        """Queue a frame. Who is 256 frames behind is dropped and comes back with a cursor."""
        if self.is_gone:
            return
        if len(self.pending) >= MAX_PENDING:
            self.end(LAGGING)
            return
        self.pending.append(frame)
        if self.writer is None or self.writer.done():
            self.writer = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        try:
            while self.pending and not self.is_gone:
                await self.send(self.pending.popleft())
        except Exception:  # noqa: BLE001 - whatever the transport raises, the connection is over
            self.is_gone = True

    def end(self, code: int) -> None:
        """Send nothing more, not even what is queued, and close."""
        self.is_gone = True
        self.pending.clear()
        asyncio.get_running_loop().create_task(self._close(code))

    async def _close(self, code: int) -> None:
        try:
            await self.close(code)
        except Exception:  # noqa: BLE001 - it may be closed already
            logger.debug("closing a connection that was gone")


class Hub:
    """Runs while somebody is connected."""

    def __init__(self, waker: Callable[[Hub], Coroutine[Any, Any, None]]) -> None:
        self.connections: set[Connection] = set()
        self.by_key: dict[str, set[Connection]] = defaultdict(set)
        self.by_person: dict[int, set[Connection]] = defaultdict(set)
        self.dirty: dict[int, int] = {}
        self.last: dict[int, int] = {}
        self.version = 0
        self.is_suspicious = True  # wake-ups may have been lost: look at everything recent
        self.looked_at = clock.now()
        self._waker = waker
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="hub")

    async def in_thread(self, work: Callable[..., T], *arguments: Any) -> T:
        """Run a short read in one of four threads with database connections of their own."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _with_fresh_connection, work, arguments)

    async def join(self, connection: Connection, cursor: Cursor, since: datetime | None) -> None:
        """From now on the connection hears everything, after what it missed. Start and recovery are this one path."""
        self._index(connection)
        self._ensure_running(connection.member.version)
        if connection.member.version < self.version:
            await self._refresh([connection])  # rights changed between the look at them and now
        missed = await self.in_thread(store.catch_up, connection.person_id, cursor, since)
        buffered, connection.buffer = connection.buffer or [], None
        if connection.is_gone:
            return
        connection.push(Frame(encode("hi", at=clock.now(), acl=connection.member.version)))
        if missed is None:
            connection.push(Frame(encode("resync")))
            return
        known = {(item["c"], item["seq"]) for item in missed}
        events = missed + [item for item in buffered if (item["c"], item["seq"]) not in known]
        if events:
            connection.push(_frame_of(events))

    def leave(self, connection: Connection) -> None:
        """Forget the connection; the last one stops the hub."""
        connection.is_gone = True
        self._unindex(connection)
        if not self.connections:
            for task in self._tasks:
                task.cancel()
            self._tasks = []

    def wake(self, channel: str, payload: str) -> None:
        """A wake-up: `evt` with `conversation:seq`, or `acl`. Anything else counts as "look yourself"."""
        conversation, _colon, seq = payload.partition(":")
        if channel == "evt" and conversation.isdigit() and seq.isdigit():
            pk = int(conversation)
            self.dirty[pk] = min(self.dirty.get(pk, int(seq)), int(seq))
        elif channel != "acl":
            self.is_suspicious = True
        self._wake.set()

    def _ensure_running(self, version: int) -> None:
        if not self._tasks or any(task.done() for task in self._tasks):
            for task in self._tasks:
                task.cancel()
            loop = asyncio.get_running_loop()
            self.is_suspicious, self.looked_at, self.version = True, clock.now(), version
            self._tasks = [loop.create_task(self._pump()), loop.create_task(self._waker(self))]

    def _index(self, connection: Connection) -> None:
        self.connections.add(connection)
        self.by_person[connection.person_id].add(connection)
        for key in connection.member.keys:
            self.by_key[key].add(connection)

    def _unindex(self, connection: Connection) -> None:
        self.connections.discard(connection)
        for index, keys in ((self.by_person, [connection.person_id]), (self.by_key, connection.member.keys)):
            for key in keys:
                index[key].discard(connection)  # type: ignore[index]  # each index with its own keys
                if not index[key]:  # type: ignore[index]  # see above
                    del index[key]  # type: ignore[arg-type]  # see above

    async def _pump(self) -> None:
        """Look when woken, and once a second for what the calendar changed. `asyncio.wait_for` would be shorter; before
        Python 3.12 it can swallow a cancellation."""
        loop = asyncio.get_running_loop()
        repair_at = loop.time()
        while self.connections:
            tick = loop.call_later(TICK_SECONDS, self._wake.set)
            await self._wake.wait()
            tick.cancel()
            self._wake.clear()
            await asyncio.sleep(COALESCE_SECONDS)
            try:
                is_repair = loop.time() >= repair_at
                await self._look(is_repair=is_repair)
                repair_at = loop.time() + REPAIR_SECONDS if is_repair else repair_at
            except (DatabaseError, InterfaceError) as error:
                logger.warning("hub: database unavailable: %s", type(error).__name__)
                self.is_suspicious = True
                await asyncio.sleep(TICK_SECONDS)

    async def _look(self, *, is_repair: bool) -> None:
        """Read what is new, first let go who lost the right, then hand it out."""
        moment = clock.now()
        if is_repair or self.is_suspicious:
            self.is_suspicious = False
            for pk, last_seq in (await self.in_thread(store.read_latest, self.looked_at)).items():
                if last_seq > self.last.get(pk, 0):
                    self.dirty.setdefault(pk, self.last.get(pk, last_seq - 1) + 1)
        taken, self.dirty = self.dirty, {}
        cursors = {pk: min(self.last.get(pk, seq - 1), seq - 1) for pk, seq in taken.items()}
        try:
            reading = await self.in_thread(store.read_news, cursors, self.version)
        except Exception:
            self.dirty = taken | self.dirty
            raise
        self.looked_at = moment
        await self._refresh(self._stale(reading, moment))
        self.version = reading.version
        for pk, news in reading.news.items():
            self._hand_out(pk, news)

    def _stale(self, reading: store.Reading, moment: datetime) -> list[Connection]:
        """Connections whose person's rights changed, by somebody or by the calendar."""
        return [
            connection
            for connection in self.connections
            if reading.is_everybody
            or connection.person_id in reading.persons
            or (connection.member.next_change_at is not None and connection.member.next_change_at <= moment)
        ]

    async def _refresh(self, connections: Iterable[Connection]) -> None:
        """Look up rights anew; nothing goes out to these connections before."""
        await asyncio.gather(*(self._refresh_one(connection) for connection in connections))

    async def _refresh_one(self, connection: Connection) -> None:
        member = await self.in_thread(store.read_member, connection.person_id, connection.session_key)
        if connection not in self.connections:
            return
        before = connection.member
        self._unindex(connection)
        connection.member = member
        if not member.is_active:
            connection.end(SIGN_IN)
        elif before.keys and not member.keys:
            connection.end(ACCESS_ENDED)
        else:
            self._index(connection)
            if (before.keys, before.children) != (member.keys, member.children):
                connection.push(Frame(encode("acl", acl=member.version)))

    def _hand_out(self, pk: int, news: News) -> None:
        known = self.last.pop(pk, 0)
        events = [item for item in news.events if item["seq"] > known]
        self.last[pk] = max(known, news.last_seq)
        if len(self.last) > MAX_KNOWN:
            del self.last[next(iter(self.last))]
        if not events:
            return
        frame = _frame_of(events)
        for connection in self._readers(news):
            if connection.buffer is not None:
                connection.buffer += events
            else:
                connection.push(frame)

    def _readers(self, news: News) -> set[Connection]:
        """The rule of `permissions.visible_to`, over what is in memory; the state machine compares both."""
        readers: set[Connection] = set()
        for key in news.keys:
            readers |= self.by_key.get(key, set())
        for person in news.participants:
            readers |= {c for c in self.by_person.get(person, ()) if news.children <= c.member.children}
        return readers


def _frame_of(events: list[dict[str, Any]]) -> Frame:
    return Frame(encode("ev", events=events), {item["c"]: item["seq"] for item in events})


def _with_fresh_connection(work: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    close_old_connections()
    return work(*arguments)
