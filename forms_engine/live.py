"""Tells open inboxes that something moved. One reader per process looks past its cursor once a second, so nothing
depends on a broker: a missed wake-up costs a second, never a case."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from channels.db import database_sync_to_async
from django.db import InterfaceError, OperationalError

from accounts.api import User, units_of
from common.api import clock
from forms_engine.models import Case

logger = logging.getLogger(__name__)
EVERY_SECONDS = 1.0
OVERLAP = timedelta(seconds=5)  # a transaction may commit after a later one: look back a little
Listener = Callable[[set[int]], Awaitable[None]]


@database_sync_to_async
def changed_cases(since: datetime, until: datetime | None = None) -> dict[tuple[str, int], int]:
    """(case, version) -> unit of what changed in between."""
    found = Case.objects.filter(changed_at__gt=since)
    if until is not None:
        found = found.filter(changed_at__lte=until)
    return {(str(pk), version): unit for pk, version, unit in found.values_list("pk", "version", "unit_id")}


@database_sync_to_async
def unit_ids_of(person: User) -> set[int]:
    """The units a person works in right now: asked again for every message, so that a lost right counts at once."""
    person.refresh_from_db(fields=["is_active"])
    return set(units_of(person).values_list("pk", flat=True))


@database_sync_to_async
def is_signed_in(session: Any) -> bool:
    """False once the person has signed out elsewhere: the socket outlives the page."""
    return session is None or bool(session.session_key and session.exists(session.session_key))


class CaseWatch:
    """The reader of one event loop; runs only while somebody listens."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None

    def add(self, listener: Listener) -> None:
        self.listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    def remove(self, listener: Listener) -> None:
        self.listeners.discard(listener)

    async def _run(self) -> None:
        since = clock.now()
        seen = await self._changed(since - OVERLAP, until=since) or {}
        while self.listeners:
            await asyncio.sleep(EVERY_SECONDS)
            moment = clock.now()
            found = await self._changed(since - OVERLAP)
            if found is None:
                continue
            units = {unit for key, unit in found.items() if key not in seen}
            since, seen = moment, found
            if units:
                await self._tell(units)

    async def _changed(self, since: datetime, until: datetime | None = None) -> dict[tuple[str, int], int] | None:
        try:
            return await changed_cases(since, until)
        except (OperationalError, InterfaceError):
            logger.warning("case watch: database unavailable")
            return None

    async def _tell(self, units: set[int]) -> None:
        for listener in list(self.listeners):
            try:
                await listener(units)
            except Exception:  # one broken connection must not silence the others
                logger.exception("case watch: a listener failed")
                self.remove(listener)


watches: dict[int, CaseWatch] = {}


def watch_of_this_loop() -> CaseWatch:
    """One watch per event loop (a process has one; tests have many)."""
    return watches.setdefault(id(asyncio.get_running_loop()), CaseWatch())
