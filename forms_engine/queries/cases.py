"""What clerks see: the inbox of their units, a case, dead letters. Nothing here looks past the units of the person."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.api import User, list_colleagues
from common.api import clock, outbox
from forms_engine.destinations import registry
from forms_engine.fields import say
from forms_engine.models import Case, StoredFile
from forms_engine.models.cases import CaseStatus
from forms_engine.permissions import Person, visible_cases
from forms_engine.queries.drafts import unit_ref
from forms_engine.queries.submissions import events_of, history_item
from forms_engine.queries.summaries import summarise_submission
from forms_engine.services.cases import allowed_statuses
from forms_engine.services.files import FileInfo, list_submission_files
from forms_engine.services.flows import cached_flow
from forms_engine.services.submissions import KIND

PAGE = 20


@dataclass(frozen=True)
class CaseFilter:
    """What the inbox is narrowed to; empty means all."""

    status: str = ""
    assigned: str = ""
    unit: str = ""
    text: str = ""
    page: int = 1


def list_cases(person: Person, wanted: CaseFilter, locale: str) -> dict[str, Any]:
    """One page of the inbox, oldest open cases first, closed ones last."""
    found = _filtered(person, wanted)
    count = found.count()
    pages = max(1, math.ceil(count / PAGE))
    page = min(wanted.page, pages)
    rows = found.select_related("submission__flow", "unit", "assigned_to").defer("submission__flow__document")
    cases = list(rows.order_by("submission__received_at", "pk")[(page - 1) * PAGE : page * PAGE])
    failed = _failed_deliveries([str(case.submission_id) for case in cases])
    items = [case_card(case, failed[str(case.submission_id)], locale) for case in cases]
    return {"items": items, "count": count, "page": page, "pages": pages}


def _filtered(person: Person, wanted: CaseFilter) -> QuerySet[Case]:
    found = visible_cases(person)
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.assigned:
        found = found.filter(assigned_to=person if wanted.assigned == "me" else None)
    if wanted.unit:
        found = found.filter(unit__key=wanted.unit)
    if text := wanted.text.strip():
        form = Q(submission__flow__form__title__icontains=text)
        found = found.filter(Q(submission__reference__icontains=text) | form)
    return found


def _failed_deliveries(submission_ids: list[str]) -> Counter[str]:
    dead = outbox.list_dead(KIND).filter(subject_id__in=submission_ids)
    return Counter(dead.values_list("subject_id", flat=True))


def case_card(case: Case, failed: int, locale: str) -> dict[str, Any]:
    """A case as a line of the inbox."""
    submission, flow = case.submission, cached_flow(case.submission.flow)
    return {
        "id": str(case.pk),
        "reference": submission.reference,
        "title": say(flow.title, locale, flow.default_locale),
        "status": case.status,
        "status_label": str(CaseStatus(case.status).label),
        "received_at": submission.received_at,
        "assigned_to": person_ref(case.assigned_to),
        "unit": unit_ref(case.unit),
        "age_days": (clock.now() - submission.received_at).days,
        "deliveries_failed": failed,
    }


def case_details(case: Case, locale: str) -> dict[str, Any]:
    """Everything about a case the caller was let into (services.cases.access_case)."""
    submission = case.submission
    deliveries = list(outbox.deliveries_for(KIND, str(submission.pk)))
    failed = sum(delivery.state == outbox.Delivery.State.DEAD for delivery in deliveries)
    summary = summarise_submission(submission, locale)
    return case_card(case, failed, locale) | {
        "sections": summary["sections"],
        "calculated": summary["calculated"],
        "declaration": summary["declaration"],
        "files": [_file_item(case, info) for info in list_submission_files(submission.pk).values()],
        "history": [history_item(event) | {"by": str(event.by or "")} for event in events_of(submission)],
        "deliveries": [delivery_item(delivery) for delivery in deliveries],
        "allowed_statuses": allowed_statuses(case),
        "colleagues": [person_ref(colleague) for colleague in list_colleagues(case.unit)],
        "email_known": bool(submission.contact),
        "pdf_url": _url(case, "summary.pdf"),
    }


def _file_item(case: Case, info: FileInfo) -> dict[str, Any]:
    label = str(StoredFile.State(info.state).label)
    return vars(info) | {"state_label": label, "url": _url(case, f"files/{info.id}")}


def _url(case: Case, rest: str) -> str:
    return f"/api/v1/cases/{case.pk}/{rest}"


def person_ref(person: User | None) -> dict[str, Any] | None:
    return {"id": person.pk, "name": str(person)} if person else None


def delivery_item(delivery: outbox.Delivery) -> dict[str, Any]:
    """A delivery as staff see it: where to, how it went, what went wrong."""
    destination = registry.find(delivery.destination)
    return {
        "id": str(delivery.pk),
        "destination": delivery.destination,
        "label": str(destination.label) if destination else delivery.destination,
        "state": delivery.state,
        "state_label": delivery.get_state_display(),
        "attempts": delivery.attempts,
        "last_error": delivery.error_text,
        "due_at": delivery.due_at,
    }
