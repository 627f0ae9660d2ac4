"""Filling in an application: create, open, change, forget. Whoever holds the token holds the draft."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts.api import User
from common.api import clock, ids
from forms_engine.domain import Evaluation, Flow
from forms_engine.models import Draft, FlowVersion, StoredFile
from forms_engine.problems import DraftChanged, DraftNotFound, DraftSubmitted
from forms_engine.services.answers import Change, apply_change
from forms_engine.services.draft_rows import find_draft_row
from forms_engine.services.evaluation import evaluate_now
from forms_engine.services.flows import cached_flow
from forms_engine.services.notices import queue_resume_link
from forms_engine.services.vault import open_answers, seal_answers

ATTEMPTS = 5


@dataclass
class OpenDraft:
    """A draft with its token: the only state in which its answers can be read."""

    row: Draft
    token: str
    answers: dict[str, Any]
    ignored: list[str] = field(default_factory=list)

    @property
    def flow(self) -> Flow:
        return cached_flow(self.row.flow)

    @cached_property
    def evaluation(self) -> Evaluation:
        return evaluate_now(self.flow, self.answers)


def create_draft(
    version: FlowVersion, *, locale: str, person: User | AnonymousUser, answers: dict[str, Any] | None = None
) -> OpenDraft:
    """A new draft, pinned to `version` for life; `answers` may carry over what a check already asked."""
    token, moment = ids.new_token(), clock.now()
    row = Draft(id=uuid.uuid4(), token_hash=ids.token_hash(token), flow=version, locale=locale)
    row.owner = person if isinstance(person, User) else None
    row.created_at = row.edited_at = moment
    outcome = apply_change(cached_flow(version), {}, Change(answers=answers or {}))
    row.answers = seal_answers(row.id, token, outcome.answers)
    row.save(force_insert=True)
    return OpenDraft(row, token, outcome.answers, outcome.ignored)


def access_draft(token: str) -> OpenDraft:
    """The draft behind a link. Raises DraftNotFound (unknown, forged and expired alike) or DraftSubmitted."""
    row = find_draft_row(token)
    if row is None:
        raise DraftNotFound
    if row.state == Draft.State.SUBMITTED:
        raise DraftSubmitted
    return OpenDraft(row, token, open_answers(row.id, token, bytes(row.answers)))


def change_draft(token: str, change: Change, *, revision: int | None = None) -> OpenDraft:
    """Apply answers and rows. With `revision`: raises DraftChanged when the draft has moved on. Without: the change
    is merged into whatever is there. Raises AnswersWrong for values nobody can store."""
    for _ in range(ATTEMPTS):
        draft = access_draft(token)
        if revision is not None and draft.row.revision != revision:
            break
        outcome = apply_change(draft.flow, draft.answers, change)
        changed = OpenDraft(draft.row, token, outcome.answers, outcome.ignored)
        if _save_without_files_of_rows(changed) if change.remove_rows else save_answers(changed):
            return changed
    raise DraftChanged({"revision": draft.row.revision, "answers": draft.answers})


def _save_without_files_of_rows(draft: OpenDraft) -> bool:
    """Both in one transaction: a file that is uploaded at this moment is in newer answers than these, and stays."""
    with transaction.atomic():
        saved = save_answers(draft)
        if saved:
            _delete_orphaned_files(draft)
    return saved


def _delete_orphaned_files(draft: OpenDraft) -> None:
    """Files of a row that was removed."""
    listed = {item for value in draft.answers.values() if isinstance(value, list) for item in value}
    here = StoredFile.objects.filter(draft=draft.row).exclude(state=StoredFile.State.ARRIVING)
    ids_here = here.values_list("pk", flat=True)
    orphaned = [pk for pk in ids_here if str(pk) not in listed]
    if orphaned:
        StoredFile.objects.filter(pk__in=orphaned).delete()


def save_answers(draft: OpenDraft) -> bool:
    """Store the answers if nobody else did since they were read; False when somebody did."""
    row, moment = draft.row, clock.now()
    sealed = seal_answers(row.id, draft.token, draft.answers)
    held = Draft.objects.filter(pk=row.pk, revision=row.revision, state=Draft.State.OPEN)
    if not held.update(answers=sealed, revision=row.revision + 1, edited_at=moment):
        return False
    row.revision, row.edited_at, row.answers = row.revision + 1, moment, sealed
    return True


def change_answers(token: str, change: Callable[[OpenDraft], None]) -> None:
    """Apply `change` to the newest answers; tried again when somebody else was faster. Raises DraftChanged."""
    for _attempt in range(ATTEMPTS):
        draft = access_draft(token)
        change(draft)
        if save_answers(draft):
            return
    raise DraftChanged({"revision": draft.row.revision})


def delete_draft(token: str) -> None:
    """Delete the draft with its files, now and for good. Holds the row: an application that is handed in at this
    moment keeps its files. Raises DraftNotFound, DraftSubmitted."""
    with transaction.atomic():
        Draft.objects.select_for_update().filter(token_hash=ids.token_hash(token)).first()
        access_draft(token).row.delete()


def send_resume_link(token: str, email: str) -> None:
    """Send the link for going on later to an address of the citizen's choice; the address is not kept."""
    draft = access_draft(token)
    steps = draft.evaluation.steps
    queue_resume_link(draft.row, token, email, draft.evaluation.next_step or (steps[-1] if steps else ""))
