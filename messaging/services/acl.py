"""The clock of rights: who changes a relation moves it, who sends reads it under a shared lock."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import F

from common.api import clock
from messaging.models import AclChange, AclClock
from messaging.wake import wake_acl


def note_change(persons: Iterable[int | None]) -> int:
    """Move the clock and say whose rights changed (None: everybody's); returns the new version. To be called as the
    last statement of the caller's transaction: the row stays locked until it ends, and every send waits for it."""
    if not connection.in_atomic_block:
        raise RuntimeError("a change of rights and its tick belong in one transaction")
    if not AclClock.objects.filter(pk=1).update(version=F("version") + 1):
        AclClock.objects.create(pk=1, version=1)
    version = AclClock.objects.values_list("version", flat=True).get(pk=1)
    moment = clock.now()
    AclChange.objects.bulk_create([AclChange(version=version, person_id=person, at=moment) for person in set(persons)])
    wake_acl(version)
    return version


def read_version() -> int:
    """The version, held shared until the transaction ends: this send is before or after each change of rights."""
    if not connection.in_atomic_block:
        raise RuntimeError("the clock of rights is read in the transaction that sends")
    sql = "SELECT version FROM messaging_aclclock WHERE id = 1"
    if connection.vendor == "postgresql":
        sql += " FOR SHARE"  # SQLite has one writer at a time (transactions are IMMEDIATE)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return int(row[0]) if row else 0  # nobody has any rights yet
