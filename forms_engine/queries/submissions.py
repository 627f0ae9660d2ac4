"""What applicants see of their application after handing it in."""

from __future__ import annotations

import hmac
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.api import ids
from forms_engine.fields import say
from forms_engine.models import CaseEvent, StoredFile, Submission
from forms_engine.models.cases import CaseStatus
from forms_engine.permissions import Person, own_submissions
from forms_engine.problems import SubmissionNotFound
from forms_engine.queries.drafts import unit_ref
from forms_engine.services.cases import open_note
from forms_engine.services.files import list_submission_files
from forms_engine.services.flows import cached_flow
from forms_engine.services.vault import code_hash


def _with_case(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    return rows.select_related("flow__form", "unit", "case").defer("flow__document", "flow__form__draft")


def access_submission(code: str) -> Submission:
    """The application behind an access code. Raises SubmissionNotFound for anything else."""
    digest = code_hash(code)
    submission = _with_case(Submission.objects.all()).filter(code_hash=digest or b"").first()
    if digest is None or submission is None:
        raise SubmissionNotFound
    return submission


def access_submission_by_number(reference: str, code: str) -> Submission:
    """As `access_submission`, and the reference number must fit too."""
    submission = access_submission(code)
    given = "".join(reference.upper().split())
    if not hmac.compare_digest(given.encode(), submission.reference.encode()):
        raise SubmissionNotFound
    return submission


def access_own_submission(person: Person, reference: str) -> Submission:
    """One of the applications the person started while signed in. Raises SubmissionNotFound for anything else."""
    submission = _with_case(own_submissions(person)).filter(reference=reference.replace("\0", "")).first()
    if submission is None:
        raise SubmissionNotFound
    return submission


def access_own_submissions(person: Person) -> list[Submission]:
    """All of them, newest first. Raises SubmissionNotFound where there is none."""
    found = list(_with_case(own_submissions(person)))
    if not found:
        raise SubmissionNotFound
    return found


def submission_state(submission: Submission, code: str, locale: str | None) -> dict[str, Any]:
    """What the holder of the access code sees."""
    code = ids.normalise_access_code(code) or code
    return _state(submission, locale, f"/api/v1/submissions/{code}/summary.pdf")


def own_submission_state(submission: Submission, locale: str | None) -> dict[str, Any]:
    """The same for the account that handed it in. The access code is in no answer: nobody but its holder has it."""
    return _state(submission, locale, f"/api/v1/me/submissions/{submission.reference}/summary.pdf")


def _state(submission: Submission, locale: str | None, pdf_url: str) -> dict[str, Any]:
    """Status, history with the notes, and where to turn."""
    return submission_card(submission, locale) | {
        "history": [history_item(event) for event in events_of(submission)] or [_received(submission)],
        "notices": _notices(submission),
        "contact": {"email": submission.unit.email},
        "pdf_url": pdf_url,
    }


def _notices(submission: Submission) -> list[str]:
    """What the applicant should know about the files: one that still waits for the scanner holds the application back,
    one that was infected is not part of it any more."""
    files = list_submission_files(submission.pk).values()
    infected = [info.name for info in files if info.state == StoredFile.State.INFECTED]
    notices = [
        _(
            "Die Datei „{name}“ enthielt Schadsoftware. Wir haben sie entfernt; alles andere ist angekommen. "
            "Bitte senden Sie dem Amt eine saubere Datei."
        ).format(name=name)
        for name in infected
    ]
    if any(info.state == StoredFile.State.WAITING for info in files):
        notices.append(
            _(
                "Wir prüfen Ihre Dateien noch auf Schadsoftware. Sobald das geschehen ist, geht Ihr Antrag an das Amt. "
                "Sie müssen nichts tun; es gilt der Tag des Eingangs."
            )
        )
    return notices


def submission_card(submission: Submission, locale: str | None = None) -> dict[str, Any]:
    flow = cached_flow(submission.flow)
    status = status_of(submission)
    return {
        "reference": submission.reference,
        "title": say(flow.title, locale or submission.locale, flow.default_locale),
        "received_at": submission.received_at,
        "status": status.value,
        "status_label": str(status.label),
        "unit": unit_ref(submission.unit),
    }


def list_own_submissions(person: Person, locale: str) -> list[dict[str, Any]]:
    """What the signed-in citizen handed in, newest first."""
    return [submission_card(row, locale) for row in _with_case(own_submissions(person))[:200]]


def status_of(submission: Submission) -> CaseStatus:
    """Received until the worker has put it into the inbox, then what the case says."""
    case = getattr(submission, "case", None)
    return CaseStatus(case.status if case else "received")


def events_of(submission: Submission) -> list[CaseEvent]:
    """The life of the case, oldest first."""
    return list(CaseEvent.objects.filter(case__submission=submission).select_related("by"))


def history_item(event: CaseEvent) -> dict[str, Any]:
    """One step as the applicant sees it: no names of staff."""
    status = CaseStatus(event.status)
    return {"at": event.at, "status": status.value, "status_label": str(status.label), "note": open_note(event)}


def _received(submission: Submission) -> dict[str, Any]:
    status = CaseStatus.RECEIVED
    return {"at": submission.received_at, "status": status.value, "status_label": str(status.label), "note": ""}
