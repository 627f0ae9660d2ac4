"""Deliveries that failed for good: seen and sent again by clerks of the unit the application belongs to."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.api import User, units_of
from common.api import audit, outbox, problems
from forms_engine.fields import say
from forms_engine.models import Submission
from forms_engine.permissions import Person
from forms_engine.problems import CaseForbidden
from forms_engine.queries.cases import delivery_item
from forms_engine.services.flows import cached_flow
from forms_engine.services.submissions import KIND

MOST = 200


def list_dead_letters(person: Person, locale: str) -> list[dict[str, Any]]:
    """What did not arrive, of the units a person works in, oldest first."""
    dead = list(outbox.list_dead(KIND))
    rows = Submission.objects.filter(unit__in=units_of(person), pk__in=[delivery.subject_id for delivery in dead])
    known = {
        str(row.pk): row for row in rows.select_related("case", "flow").only("reference", "flow__hash", "case__id")
    }
    mine = [delivery for delivery in dead if delivery.subject_id in known][:MOST]
    return [delivery_item(delivery) | _of(known[delivery.subject_id], locale) for delivery in mine]


def _of(submission: Submission, locale: str) -> dict[str, Any]:
    flow, case = cached_flow(submission.flow), getattr(submission, "case", None)
    title = say(flow.title, locale, flow.default_locale)
    return {"reference": submission.reference, "title": title, "case_id": str(case.pk) if case else None}


def resend(person: User, delivery_id: Any, *, reason: str) -> outbox.Delivery:
    """Send a dead delivery again under the same id, with a reason for the audit log. Raises a 404 or 409 problem,
    or CaseForbidden for another unit's."""
    delivery = outbox.Delivery.objects.filter(pk=delivery_id, kind=KIND).first()
    submission = Submission.objects.filter(pk=delivery.subject_id).first() if delivery else None
    if delivery is None or submission is None:
        raise problems.Problem(404)
    if not units_of(person).filter(pk=submission.unit_id).exists():
        audit.record(actor=person, action="delivery.refused", obj=f"delivery:{delivery.pk}", reason=reason)
        raise CaseForbidden
    if delivery.state != outbox.Delivery.State.DEAD:
        raise problems.Problem(409, detail=_("Diese Zustellung ist nicht gescheitert."))
    with transaction.atomic():
        outbox.resend_delivery(delivery, by=person, reason=reason)
    return delivery
