"""What the worker does for messaging."""

from __future__ import annotations

from datetime import timedelta

from common.api import outbox
from messaging.services.bulletins import release_due


def register() -> None:
    """Called once when the app is ready."""
    outbox.register_duty("release bulletins", every=timedelta(seconds=2), run=release_due)
