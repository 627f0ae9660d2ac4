"""Happens once, however often it is asked for (draft-ietf-httpapi-idempotency-key-header-07)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection, transaction

from common import clock
from common.models import IdempotencyKey

KEEP = timedelta(days=14)


class KeyReused(Exception):
    """The key was used for another request (422)."""


class KeyBusy(Exception):
    """The first request with this key is still running (409)."""


@dataclass(frozen=True)
class Outcome:
    """The answer, and whether it is a stored one."""

    status: int
    body: dict[str, Any]
    replayed: bool


def run_once(scope: str, key: str, fingerprint: bytes, produce: Callable[[], tuple[int, dict[str, Any]]]) -> Outcome:
    """Run `produce` in one transaction with its key row, or return the stored answer.

    `scope` (64 characters) binds the key to person and route; `fingerprint` is SHA-256 of the raw request.
    An exception in `produce` rolls all back, so errors are never stored. Raises KeyReused, KeyBusy.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '2s'")
            row = IdempotencyKey(scope=scope, key=key, fingerprint=fingerprint, expires_at=clock.now() + KEEP)
            if not _insert(row):
                return _replay(IdempotencyKey.objects.get(scope=scope, key=key), fingerprint)
            status, body = produce()
            IdempotencyKey.objects.filter(scope=scope, key=key).update(status=status, body=body)
            return Outcome(status, body, replayed=False)
    except OperationalError as error:
        if "lock timeout" in str(error):
            raise KeyBusy from error
        raise


def _insert(row: IdempotencyKey) -> bool:
    """INSERT ... ON CONFLICT DO NOTHING; waits for a first request that is still running. True when it was new.

    Neither database reports a skipped row through bulk_create, so the statement is written out.
    """
    table = connection.ops.quote_name(IdempotencyKey._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (scope, key, fingerprint, body, expires_at) VALUES (%s, %s, %s, %s, %s) "  # noqa: S608 - table name is ours
            "ON CONFLICT (scope, key) DO NOTHING",
            [row.scope, row.key, row.fingerprint, "{}", connection.ops.adapt_datetimefield_value(row.expires_at)],
        )
        return bool(cursor.rowcount)


def _replay(stored: IdempotencyKey, fingerprint: bytes) -> Outcome:
    if bytes(stored.fingerprint) != fingerprint:
        raise KeyReused
    if stored.status is None:
        raise KeyBusy
    return Outcome(stored.status, stored.body, replayed=True)


def delete_expired_keys() -> int:
    """Forget answers older than 14 days; returns how many."""
    return IdempotencyKey.objects.filter(expires_at__lt=clock.now()).delete()[0]
