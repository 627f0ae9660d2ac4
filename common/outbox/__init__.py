"""The transactional outbox: how anything leaves the system. docs/mechanisms/outbox.md tells the whole story."""

from common.models import Delivery
from common.outbox.handlers import Handler, PermanentFailure, Sent, TransientFailure, register_handler
from common.outbox.inbox import (
    close_delivery,
    deliveries_for,
    list_dead,
    new_delivery,
    oldest_waiting_seconds,
    resend_delivery,
    schedule_delivery,
)
from common.outbox.lease import run_due
from common.outbox.worker import register_duty

__all__ = [
    "Delivery",
    "Handler",
    "PermanentFailure",
    "Sent",
    "TransientFailure",
    "close_delivery",
    "deliveries_for",
    "list_dead",
    "new_delivery",
    "oldest_waiting_seconds",
    "register_duty",
    "register_handler",
    "resend_delivery",
    "run_due",
    "schedule_delivery",
]
