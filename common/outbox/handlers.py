"""What can be delivered, and what can come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from common.models import Delivery
from common.registry import Registry


@dataclass(frozen=True)
class Sent:
    """The destination took it. `confirmed` only when its taking is a receipt (our own inbox); only that
    starts retention clocks. `remote_ref` is the receiver's name for it."""

    remote_ref: str = ""
    confirmed: bool = False


class TransientFailure(Exception):
    """May work later: timeout, refused connection, 429, 5xx. `text` is for staff, without personal data. `is_held`: it
    did not get as far as the destination; tried again every minute, and other deliveries go on."""

    def __init__(self, error_class: str, text: str, *, retry_after: float | None = None, is_held: bool = False) -> None:
        super().__init__(error_class)
        self.error_class, self.text, self.retry_after, self.is_held = error_class, text, retry_after, is_held


class PermanentFailure(Exception):
    """Will not work again without somebody acting: refused by validation, unknown destination, key refused."""

    def __init__(self, error_class: str, text: str) -> None:
        super().__init__(error_class)
        self.error_class, self.text = error_class, text


Handler = Callable[[Delivery], Sent]
handlers: Registry[Handler] = Registry("common.outbox")


def register_handler(kind: str, handler: Handler) -> Handler:
    """Say who delivers rows of this kind. The handler must be idempotent by `delivery.id`: after a timeout or a
    crash it is called again with the same id."""
    return handlers.register(kind, handler)
