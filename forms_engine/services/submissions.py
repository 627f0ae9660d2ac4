"""Handing in: once, whole, in one transaction. Everything that can be done later is done later by the worker."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.utils.translation import gettext as _

from common.api import Writes, audit, clock, idempotency, ids, outbox
from forms_engine.models import Draft, StoredFile, Submission
from forms_engine.models.forms import default_destinations
from forms_engine.problems import AnswersWrong, DraftChanged, DraftNotFound, DraftSubmitted
from forms_engine.services import vault
from forms_engine.services.answers import visible_file_ids
from forms_engine.services.draft_rows import close_statement, find_draft_row, list_file_keys
from forms_engine.services.drafts import OpenDraft
from forms_engine.services.evaluation import calculated_values, counting_answers, problem_items
from forms_engine.services.moving import refuse_forbidden
from forms_engine.services.notices import new_receipt

KIND = "submission"
ATTEMPTS = 3
Asked = tuple[str, str, bytes]  # scope, key and fingerprint of the request


@dataclass(frozen=True)
class SubmitRequest:
    """What the citizen confirms besides the answers."""

    declaration: bool
    email: str
    locale: str | None = None  # default: the language of the draft


def submit_draft(token: str, request: SubmitRequest, *, key: str, fingerprint: bytes) -> idempotency.Outcome:
    """Hand the draft in. The same key and request give the same answer again; raises idempotency.KeyReused,
    idempotency.KeyBusy, DraftNotFound, DraftSubmitted, DraftChanged, AnswersWrong."""
    scope = hashlib.sha256(b"submit:" + token.encode("utf-8", "surrogatepass")).hexdigest()
    asked = (scope, key, fingerprint)
    for attempt in range(ATTEMPTS):
        try:
            return _completed(_submit(token, request, asked), token, request)
        except IntegrityError:  # the random reference number is taken: draw another one
            if attempt + 1 == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _completed(outcome: idempotency.Outcome, token: str, request: SubmitRequest) -> idempotency.Outcome:
    """The stored answer holds no secret and no address; both follow from the request, so a replay is identical."""
    code = vault.access_code_for(token)
    body = outcome.body | {"access_code": code, "status_url": f"/status/{code}"}
    if request.email:
        body["email_sent_to"] = request.email
    return idempotency.Outcome(outcome.status, body, outcome.replayed)


def _submit(token: str, request: SubmitRequest, asked: Asked) -> idempotency.Outcome:
    """The draft that changes from open to submitted is the gate: of several at once one passes, and the others find
    its answer when they asked under the same key."""
    row = find_draft_row(token)
    if row is None or row.state == Draft.State.SUBMITTED:
        stored = idempotency.find_answer(*asked)
        if stored is None:
            raise DraftNotFound if row is None else DraftSubmitted
        return stored
    draft = OpenDraft(row, token, vault.open_answers(row.id, token, bytes(row.answers)))
    if row.has_migration:
        refuse_forbidden(draft)
    _refuse_incomplete(draft, request)
    submission = _received(draft, request)
    outcome = idempotency.Outcome(201, _answer(submission), replayed=False)
    rows = _rows(draft, submission, request, asked, outcome)
    try:
        written = _write(draft, submission, rows)
    except OperationalError as error:
        if "lock timeout" in str(error):
            raise idempotency.KeyBusy from error
        raise
    if written:
        return outcome
    stored = idempotency.find_answer(*asked)
    if stored is None:
        raise DraftChanged({"revision": row.revision})
    return stored


def _rows(
    draft: OpenDraft, submission: Submission, request: SubmitRequest, asked: Asked, outcome: idempotency.Outcome
) -> list[models.Model]:
    """All that one application consists of. A form without a destination must not swallow applications: the inbox is
    always there."""
    number = str(submission.pk)
    destinations = draft.row.flow.form.destinations or default_destinations()
    rows: list[models.Model] = [submission]
    rows += [outbox.new_delivery(kind=KIND, subject_id=number, destination=name) for name in destinations]
    rows.append(audit.new_event(actor=None, action="submission.receive", obj=f"submission:{number}"))
    rows.append(idempotency.new_answer(*asked, outcome))
    if request.email:
        rows += new_receipt(submission, request.email, vault.access_code_for(draft.token))
    return rows


class _Passed(Exception):
    """The draft was changed or handed in since it was read; rolls everything back."""


def _write(draft: OpenDraft, submission: Submission, rows: list[models.Model]) -> bool:
    """Everything in one transaction; False, and nothing written, when the draft is no longer what was read."""
    writes = Writes()
    if connection.vendor == "postgresql":
        writes.add("SET LOCAL lock_timeout = '2s'")
    closing = writes.add(*close_statement(draft.row, draft.token))
    for row in rows:
        writes.insert(row)
    try:
        with transaction.atomic():
            if not writes.run()[closing]:
                raise _Passed
            if draft.row.has_files:
                _hand_over_files(draft, submission)
    except _Passed:
        return False
    return True


def _refuse_incomplete(draft: OpenDraft, request: SubmitRequest) -> None:
    errors = problem_items(draft.evaluation.errors, request.locale or draft.row.locale)
    if not request.declaration and draft.flow.document.get("declaration"):
        message = _("Bitte bestätigen Sie die Erklärung, bevor Sie den Antrag absenden.")
        errors.append({"path": "declaration", "code": "required", "message": message})
    if errors:
        raise AnswersWrong(errors, {"next_step": draft.evaluation.next_step})


def _received(draft: OpenDraft, request: SubmitRequest) -> Submission:
    row, code = draft.row, vault.access_code_for(draft.token)
    submission = Submission(
        id=uuid.uuid4(), flow=row.flow, unit=row.flow.form.unit, locale=request.locale or row.locale
    )
    submission.reference = ids.new_reference(settings.REFERENCE_PREFIX)
    submission.code_hash = vault.code_hash(code)
    submission.owner_id = row.owner_id
    submission.received_at = clock.now()
    submission.payload = vault.seal_field("submission", submission.id, "payload", vault.to_json(_payload(draft)))
    if request.email:
        contact = vault.to_json({"email": request.email, "code": code})
        submission.contact = vault.seal_field("submission", submission.id, "contact", contact)
    return submission


def _payload(draft: OpenDraft) -> dict[str, Any]:
    """Frozen: which flow, as of which day and place, and the answers that count. Evaluates the same for ever."""
    flow = draft.flow
    return {
        "flow": {"key": flow.key, "version": draft.row.flow.number, "hash": flow.hash},
        "locale": draft.row.locale,
        "today": clock.today().isoformat(),
        "municipality": settings.MUNICIPALITY_KEY,
        "answers": counting_answers(draft.answers, draft.evaluation),
        "calculated": calculated_values(flow, draft.evaluation),
    }


def _hand_over_files(draft: OpenDraft, submission: Submission) -> None:
    """Files of visible questions get the city's key around their own; the others are deleted."""
    files = list_file_keys(draft.row)
    wanted = visible_file_ids(draft.flow, draft.answers, draft.evaluation)
    kept = [file for file in files if str(file.id) in wanted]
    for file in kept:
        file.wrapped_key = vault.wrap_key_for_city(file, vault.unwrap_key_of_draft(file, draft.token))
        file.draft, file.submission = None, submission
    if kept:
        StoredFile.objects.bulk_update(kept, ["wrapped_key", "draft", "submission"])
    if len(kept) < len(files):
        StoredFile.objects.filter(draft_id=draft.row.pk).delete()


def _answer(submission: Submission) -> dict[str, Any]:
    """What is stored as the key's answer: numbers and names of offices, no secret, nothing about the person."""
    return {
        "reference": submission.reference,
        "received_at": submission.received_at.isoformat(),
        "unit": {"key": submission.unit.key, "name": submission.unit.name},
    }


def open_payload(submission: Submission) -> dict[str, Any]:
    """The frozen content of an application. Raises crypto.DecryptionFailed."""
    raw = vault.open_field("submission", submission.pk, "payload", bytes(submission.payload))
    payload: dict[str, Any] = vault.from_json(raw)
    return payload


def open_contact(submission: Submission) -> dict[str, str]:
    """{"email", "code"} when the citizen gave an address, else {}."""
    if not submission.contact:
        return {}
    raw = vault.open_field("submission", submission.pk, "contact", bytes(submission.contact))
    contact: dict[str, str] = vault.from_json(raw)
    return contact
