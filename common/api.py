"""The door to what every app may use."""

from common import audit, clock, crypto, idempotency, ids, json_boundary, outbox, problems, registry
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
    "new_mail",
    "outbox",
    "problems",
    "queue_mail",
    "registry",
]
