"""Tables that several apps need and none owns."""

from common.models.audit import AuditEvent
from common.models.idempotency import IdempotencyKey
from common.models.limits import RequestCount
from common.models.mail import QueuedMail
from common.models.outbox import Delivery, DeliveryAttempt, Destination
from common.models.waiting import WaitingLine

__all__ = [
    "AuditEvent",
    "Delivery",
    "DeliveryAttempt",
    "Destination",
    "IdempotencyKey",
    "QueuedMail",
    "RequestCount",
    "WaitingLine",
]
