"""Wakes the hubs: PostgreSQL tells all processes at the commit, SQLite this process after it. A lost wake-up costs
seconds (the hub looks by itself), never a message."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

LOG, ACL = "evt", "acl"
listeners: set[Callable[[str, str], None]] = set()


def wake_log(conversation_id: int, seq: int) -> None:
    """There is something new in this conversation, once the caller's transaction commits."""
    _wake(LOG, f"{conversation_id}:{seq}")


def wake_acl(version: int) -> None:
    """Rights changed, once the caller's transaction commits."""
    _wake(ACL, str(version))


def _wake(channel: str, payload: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])
    else:
        transaction.on_commit(lambda: _tell(channel, payload))


def _tell(channel: str, payload: str) -> None:
    for listener in list(listeners):
        listener(channel, payload)
