"""What the worker does for this app: deliver what was handed in, delete what is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from common.api import outbox
from forms_engine.services import delivering, retention, submissions

HOURLY = timedelta(hours=1)


def register(register_duty: Callable[..., Any]) -> None:
    """Called once when the app is ready."""
    outbox.register_handler(submissions.KIND, delivering.deliver_submission)
    register_duty("delete expired drafts", every=HOURLY, run=retention.delete_expired_drafts)
    register_duty("delete expired applications", every=HOURLY, run=retention.delete_expired_submissions)
