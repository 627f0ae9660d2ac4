"""What the worker does for this app: deliver what was handed in, delete what is over."""

from __future__ import annotations

from common.api import outbox
from forms_engine.services import case_exports, delivering, envelopes, reconciling, retention, submissions, uploads


def register() -> None:
    """Called once when the app is ready."""
    outbox.register_handler(submissions.KIND, delivering.deliver_submission)
    retention.register_rules()
    uploads.register_rules()
    case_exports.register_rules()
    reconciling.register_checks()
    envelopes.register_columns()
