"""The audit log: every read and change of a case, append-only, sealed into a hash chain by the worker."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from common import clock
from common.models import AuditEvent

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

SYSTEM = "System"
SEAL_BATCH = 500


def record(
    *,
    actor: AbstractBaseUser | None,
    action: str,
    obj: str,
    fields: Sequence[str] = (),
    reason: str = "",
) -> AuditEvent:
    """Write one entry in the caller's transaction. `obj` is "kind:id"; `fields` are names, never values."""
    event = new_event(actor=actor, action=action, obj=obj, fields=fields, reason=reason)
    event.save(force_insert=True)
    return event


def new_event(
    *,
    actor: AbstractBaseUser | None,
    action: str,
    obj: str,
    fields: Sequence[str] = (),
    reason: str = "",
) -> AuditEvent:
    """The entry `record` writes, for a caller who writes several rows in one go (`common.writes`)."""
    return AuditEvent(
        at=clock.now(),
        actor=actor,
        actor_name=str(actor)[:200] if actor else SYSTEM,
        action=action,
        obj=obj,
        fields=list(fields),
        reason=reason[:500],
    )


def list_events(obj: str) -> QuerySet[AuditEvent]:
    """All entries about one object, oldest first."""
    return AuditEvent.objects.filter(obj=obj).order_by("id")


def seal_events() -> int:
    """Chain entries that are not sealed yet; returns how many. Chaining in the writing transaction would make
    every submission wait for the one before it, so the worker does it a moment later, under a lock on the last seal.
    """
    with transaction.atomic():
        last = AuditEvent.objects.exclude(seal_no=None).order_by("-seal_no").select_for_update().first()
        previous, number = (last.hash, last.seal_no) if last else ("", 0)
        waiting = list(AuditEvent.objects.filter(seal_no=None).order_by("id")[:SEAL_BATCH])
        for event in waiting:
            number += 1
            event.seal_no, event.prev_hash = number, previous
            event.hash = previous = _digest(event)
            event.save(update_fields=["seal_no", "prev_hash", "hash"])
    return len(waiting)


def find_broken_seal() -> int | None:
    """Id of the first entry that was changed after sealing or whose predecessor is missing; None when all is well."""
    previous = ""
    sealed = AuditEvent.objects.exclude(seal_no=None).order_by("seal_no")
    for number, event in enumerate(sealed.iterator(), start=1):
        if (event.seal_no, event.prev_hash, event.hash) != (number, previous, _digest(event)):
            return int(event.pk)
        previous = event.hash
    return None


def _digest(event: AuditEvent) -> str:
    parts = [event.prev_hash, event.seal_no, event.pk, event.at.isoformat(), event.actor_name, event.action, event.obj]
    content = json.dumps([*parts, event.fields, event.reason], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
