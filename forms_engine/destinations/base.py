"""What a destination is: somewhere an application goes once it has been received."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from common.api import outbox
    from forms_engine.models import Submission


class SubmissionDestination(ABC):
    """One way out. Make a module in `contrib/`, subclass this, register an instance in `registry`."""

    key: str
    label: str | _StrPromise
    keeps_application: bool = True  # False for a mere notice: a form needs at least one destination that keeps it

    @abstractmethod
    def deliver(self, submission: Submission, delivery: outbox.Delivery) -> outbox.Sent:
        """Hand the application over. Runs in the worker, outside any transaction, and may run again with the same
        `delivery.id` after a crash: the receiver must recognise it. Raises outbox.TransientFailure (try again) or
        outbox.PermanentFailure (a person must look)."""
