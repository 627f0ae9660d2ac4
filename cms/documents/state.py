"""The number of the last change, and the lock that makes changes commit in the order of their numbers."""

from __future__ import annotations

import secrets

from django.db import connection, transaction

from cms.models import ContentState

ROW = 1
CURRENT = "SELECT stamp FROM cms_contentstate WHERE id = 1"


def lock_state() -> ContentState:
    """Take the publishing lock until the transaction ends, then render: what was committed before is visible.

    The row lock does on PostgreSQL what the single writer does on SQLite: a lower number never commits later, so
    nobody who syncs by number can miss a change. (A sequence would not give that.)
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("lock_state() needs a transaction")
    state, _ = ContentState.objects.select_for_update().get_or_create(pk=ROW)
    return state


def next_seq(state: ContentState) -> int:
    """Count a change. Needs the lock."""
    state.seq += 1
    state.stamp = secrets.randbits(62)
    state.save(update_fields=["seq", "stamp"])
    return state.seq


def current_stamp() -> int:
    """Names the content as it is now: one indexed read, the price of noticing every change at once.

    Not the number itself: after a rollback or a restored backup a number comes again with other content.
    """
    with connection.cursor() as cursor:
        cursor.execute(CURRENT)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def touch() -> None:
    """Something that is not a document changed (a synonym): let every process read anew."""
    with transaction.atomic():
        next_seq(lock_state())
