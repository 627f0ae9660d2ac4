"""Putting work in, and what people do with work that is stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Min, QuerySet

from common import audit, clock
from common.models import Delivery

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class DeliveryNotDead(ValueError):
    """Only a delivery that has failed for good can be sent again or closed."""


def schedule_delivery(*, kind: str, subject_id: str, destination: str, purpose: str = "") -> Delivery:
    """Write the row in the caller's transaction. The same thing for the same destination exists once (constraint)."""
    delivery = new_delivery(kind=kind, subject_id=subject_id, destination=destination, purpose=purpose)
    delivery.save(force_insert=True)
    return delivery


def new_delivery(*, kind: str, subject_id: str, destination: str, purpose: str = "") -> Delivery:
    """The row `schedule_delivery` writes, for a caller who writes several rows in one go (`common.writes`)."""
    moment = clock.now()
    return Delivery(
        kind=kind,
        subject_id=subject_id,
        destination=destination,
        purpose=purpose,
        due_at=moment,
        first_due_at=moment,
    )


def deliveries_for(kind: str, subject_id: str) -> QuerySet[Delivery]:
    """All deliveries of one thing, oldest first."""
    return Delivery.objects.filter(kind=kind, subject_id=subject_id).order_by("first_due_at", "id")


def list_dead(kind: str) -> QuerySet[Delivery]:
    """What has failed for good and waits for a person, oldest first."""
    return Delivery.objects.filter(kind=kind, state=Delivery.State.DEAD).order_by("first_due_at", "id")


def resend_delivery(delivery: Delivery, *, by: AbstractBaseUser, reason: str) -> None:
    """Send a dead delivery again under the same id. Raises DeliveryNotDead; is written to the audit log."""
    moment = clock.now()
    _leave_dead(delivery, state=Delivery.State.NEW, due_at=moment, first_due_at=moment, attempts=0)
    audit.record(actor=by, action="delivery.resend", obj=f"delivery:{delivery.pk}", reason=reason)


def close_delivery(delivery: Delivery, *, by: AbstractBaseUser, reason: str) -> None:
    """Give a dead delivery up, with a reason. Raises DeliveryNotDead; is written to the audit log."""
    _leave_dead(delivery, state=Delivery.State.CLOSED)
    audit.record(actor=by, action="delivery.close", obj=f"delivery:{delivery.pk}", reason=reason)


def _leave_dead(delivery: Delivery, **changes: object) -> None:
    changed = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.DEAD).update(**changes)
    if not changed:
        raise DeliveryNotDead
    delivery.refresh_from_db()


def oldest_waiting_seconds() -> float:
    """Age of the oldest delivery that is overdue; 0 when all is delivered. The first figure to watch."""
    moment = clock.now()
    oldest = Delivery.objects.filter(state__in=Delivery.WAITING, due_at__lte=moment).aggregate(at=Min("first_due_at"))
    return max(0.0, (moment - oldest["at"]).total_seconds()) if oldest["at"] else 0.0
