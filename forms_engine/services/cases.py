"""Working on a case: open, assign, move on with a word to the applicant. Each is in the audit log."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.api import User, is_member
from common.api import audit, clock, problems
from forms_engine.models import Case, CaseEvent
from forms_engine.models.cases import CaseStatus
from forms_engine.permissions import Person, can_work_on
from forms_engine.problems import CaseForbidden, StatusForbidden
from forms_engine.services import vault
from forms_engine.services.notices import queue_status_news
from forms_engine.services.retention import deletion_day
from forms_engine.services.submissions import open_contact
from forms_engine.signals import case_changed

# received -> in progress <-> question -> decided -> closed; a decision can be taken up again, a closed case reopened.
NEXT = {
    CaseStatus.RECEIVED: (CaseStatus.IN_PROGRESS, CaseStatus.QUESTION, CaseStatus.DECIDED),
    CaseStatus.IN_PROGRESS: (CaseStatus.QUESTION, CaseStatus.DECIDED),
    CaseStatus.QUESTION: (CaseStatus.IN_PROGRESS, CaseStatus.DECIDED),
    CaseStatus.DECIDED: (CaseStatus.CLOSED, CaseStatus.IN_PROGRESS),
    CaseStatus.CLOSED: (CaseStatus.IN_PROGRESS,),
}
MAX_NOTE = 5_000


def access_case(person: Person, case_id: Any, *, action: str, fields: tuple[str, ...] = ()) -> Case:
    """The case, for somebody who works in its unit; the access is audited. Raises a 404 problem or CaseForbidden."""
    case = _permitted_case(person, case_id, action)
    audit.record(actor=_actor(person), action=action, obj=str(case), fields=fields)
    return case


def refuse_foreign_case(person: Person, case_id: Any, action: str) -> None:
    """Raises a 404 problem or CaseForbidden, before anything else is said about the request."""
    _permitted_case(person, case_id, action)


def _permitted_case(person: Person, case_id: Any, action: str) -> Case:
    """Load and check; a refused access is audited at once, outside of any transaction of the change."""
    rows = Case.objects.select_related("submission__flow__form", "unit", "assigned_to")
    case = rows.defer("submission__flow__document", "submission__flow__form__draft").filter(pk=case_id).first()
    if case is None:
        raise problems.Problem(404)
    if not can_work_on(person, case):
        audit.record(actor=_actor(person), action="case.refused", obj=str(case), reason=action)
        raise CaseForbidden
    return case


def assign_case(person: User, case_id: Any, *, to: User | None) -> Case:
    """Give the case to a colleague of the unit, or to nobody. Raises a 422 problem for somebody of another unit."""
    case = _permitted_case(person, case_id, "case.assign")
    if to is not None and not is_member(to, case.unit):
        message = _("Diese Person arbeitet nicht in Ihrem Amt.")
        raise problems.Problem(422, errors=[{"path": "to", "code": "not_a_colleague", "message": message}])
    with transaction.atomic():
        _save(case, assigned_to=to)
        audit.record(actor=person, action="case.assign", obj=str(case), fields=("assigned_to",))
    case.assigned_to = to
    return case


def set_case_status(person: User, case_id: Any, *, status: str, note: str) -> Case:
    """Move the case on and tell the applicant why. A question needs a text. Raises StatusForbidden, or a 409 problem
    when a colleague was faster."""
    case = _permitted_case(person, case_id, "case.status")
    _refuse_wrong_step(case, status, note)
    with transaction.atomic():
        _save(case, status=status)
        case.status = status
        _note_event(case, note, person)
        _set_retention(case)
        audit.record(actor=person, action="case.status", obj=str(case), fields=("status", *(["note"] if note else [])))
        contact = open_contact(case.submission)
        if contact:
            queue_status_news(case.submission, contact["email"], contact["code"])
    return case


def _refuse_wrong_step(case: Case, status: str, note: str) -> None:
    if status not in NEXT[CaseStatus(case.status)]:
        raise StatusForbidden(allowed_statuses(case))
    if status == CaseStatus.QUESTION and not note.strip():
        message = _("Bitte schreiben Sie, was Sie wissen möchten.")
        raise problems.Problem(422, errors=[{"path": "note", "code": "required", "message": message}])


def allowed_statuses(case: Case) -> list[str]:
    """Where the case may go from here."""
    return [str(status) for status in NEXT[CaseStatus(case.status)]]


def open_note(event: CaseEvent) -> str:
    """What the applicant was told with this step."""
    if not event.note:
        return ""
    return vault.open_field("caseevent", event.pk, "note", bytes(event.note)).decode()


def _note_event(case: Case, note: str, by: User) -> CaseEvent:
    event = CaseEvent(case=case, at=clock.now(), status=case.status, by=by)
    if note.strip():
        event.note = vault.seal_field("caseevent", event.pk, "note", note.encode())
    event.save(force_insert=True)
    return event


def _save(case: Case, **changes: Any) -> None:
    held = Case.objects.filter(pk=case.pk, version=case.version)
    if not held.update(version=case.version + 1, changed_at=clock.now(), **changes):
        raise problems.Problem(409, detail=_("Jemand anderes hat den Fall gerade geändert. Bitte laden Sie neu."))
    case.version += 1
    transaction.on_commit(lambda: case_changed.send(Case, case=case))


def _set_retention(case: Case) -> None:
    """The retention clock starts when the case is closed and stops when it is reopened."""
    submission = case.submission
    submission.delete_after = deletion_day(submission) if case.status == CaseStatus.CLOSED else None
    submission.save(update_fields=["delete_after"])


def _actor(person: Person) -> User | None:
    return person if isinstance(person, User) else None
