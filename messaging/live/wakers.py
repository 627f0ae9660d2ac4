"""Where wake-ups come from: PostgreSQL's NOTIFY; of SQLite this process itself, and a look at the file five times a
second for commits of other processes."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from typing import TYPE_CHECKING

import psycopg
from django.db import connection

from messaging import wake

if TYPE_CHECKING:
    from messaging.live.hub import Hub

logger = logging.getLogger(__name__)
POLL_SECONDS = 0.2
AGAIN_SECONDS = 1.0


async def wake_hub(hub: Hub) -> None:
    """Wake this hub until cancelled. A connection that breaks is opened anew, and the hub looks at everything
    recent."""
    listen = _listen_to_postgres if connection.vendor == "postgresql" else _watch_sqlite
    while hub.connections:
        try:
            await listen(hub)
        except (psycopg.Error, sqlite3.Error, OSError) as error:
            logger.warning("hub: wake-ups interrupted: %s", type(error).__name__)
        hub.wake("", "")
        await asyncio.sleep(AGAIN_SECONDS)


async def _listen_to_postgres(hub: Hub) -> None:
    parameters = {k: v for k, v in connection.get_connection_params().items() if k not in _DJANGO_ONLY}
    listening = await psycopg.AsyncConnection.connect(**parameters, autocommit=True)
    async with listening:
        await listening.execute(f"LISTEN {wake.LOG}")
        await listening.execute(f"LISTEN {wake.ACL}")
        hub.wake("", "")
        async for notice in listening.notifies():
            hub.wake(notice.channel, notice.payload)


_DJANGO_ONLY = {"cursor_factory", "context", "prepare_threshold", "server_side_binding", "autocommit"}


async def _watch_sqlite(hub: Hub) -> None:
    loop = asyncio.get_running_loop()

    def tell(channel: str, payload: str) -> None:
        loop.call_soon_threadsafe(hub.wake, channel, payload)

    wake.listeners.add(tell)
    watched = sqlite3.connect(
        str(connection.settings_dict["NAME"]), uri="file:" in str(connection.settings_dict["NAME"])
    )
    try:
        seen = None
        while True:
            version = watched.execute("PRAGMA data_version").fetchone()[0]
            if seen is not None and version != seen:
                hub.wake("", "")
            seen = version
            await asyncio.sleep(POLL_SECONDS)
    finally:
        wake.listeners.discard(tell)
        watched.close()
