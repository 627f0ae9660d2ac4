"""The door to what every app may use."""

from common import audit, clock, crypto, idempotency, ids, json_boundary, outbox, problems, registry
from common.mail import queue_mail

__all__ = [
    "audit",
    "clock",
    "crypto",
    "idempotency",
    "ids",
    "json_boundary",
    "outbox",
    "problems",
    "queue_mail",
    "registry",
]
