"""The door to what every app may use."""

from common import (
    audit,
    clock,
    crypto,
    idempotency,
    ids,
    json_boundary,
    key_rotation,
    outbox,
    problems,
    reconcile,
    registry,
    retention,
    scanner,
    sealed_stream,
    waiting_room,
)
from common.mail import new_mail, queue_mail
from common.writes import Writes

__all__ = [
    "Writes",
    "audit",
    "clock",
    "crypto",
    "idempotency",
    "ids",
    "json_boundary",
    "key_rotation",
    "new_mail",
    "outbox",
    "problems",
    "queue_mail",
    "reconcile",
    "registry",
    "retention",
    "scanner",
    "sealed_stream",
    "waiting_room",
]
