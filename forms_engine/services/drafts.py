"""Filling in an application: create, open, change, forget. Whoever holds the token holds the draft."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts.api import User
from common.api import clock, ids
from forms_engine.models import Draft, FlowVersion, StoredFile
from forms_engine.problems import DraftChanged
from forms_engine.services.answers import Change, apply_change
from forms_engine.services.flows import cached_flow
from forms_engine.services.moving import change_seen_version, kept_file_ids
from forms_engine.services.notices import queue_resume_link
from forms_engine.services.open_drafts import ATTEMPTS, OpenDraft, access_draft, save_answers
from forms_engine.services.vault import seal_answers


def create_draft(
    version: FlowVersion, *, locale: str, person: User | AnonymousUser, answers: dict[str, Any] | None = None
) -> OpenDraft:
    """A new draft, pinned to `version`; `answers` may carry over what a check already asked."""
    token, moment = ids.new_token(), clock.now()
    row = Draft(id=uuid.uuid4(), token_hash=ids.token_hash(token), flow=version, locale=locale)
    row.owner = person if isinstance(person, User) else None
    row.created_at = row.edited_at = moment
    outcome = apply_change(cached_flow(version), {}, Change(answers=answers or {}))
    row.answers = seal_answers(row.id, token, outcome.answers)
    row.save(force_insert=True)
    return OpenDraft(row, token, outcome.answers, outcome.ignored)


def change_draft(token: str, change: Change, *, revision: int | None = None, seen: str | None = None) -> OpenDraft:
    """Apply answers and rows. With `revision`: raises DraftChanged when the draft has moved on. Without: the change
    is merged into whatever is there. `seen`: hash of the version the change was made in, where that may be another one
    than the draft is in now (services/moving.py). Raises AnswersWrong for values nobody can store."""
    for _ in range(ATTEMPTS):
        draft = access_draft(token)
        if revision is not None and draft.row.revision != revision:
            break
        if seen is not None and seen != draft.row.flow.hash:
            changed = change_seen_version(draft, change, seen)
        else:
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
    """Files of a row that was removed, unless an earlier version of the draft has them."""
    listed = {item for value in draft.answers.values() if isinstance(value, list) for item in value}
    listed |= kept_file_ids(draft)
    here = StoredFile.objects.filter(draft=draft.row).exclude(state=StoredFile.State.ARRIVING)
    ids_here = here.values_list("pk", flat=True)
    orphaned = [pk for pk in ids_here if str(pk) not in listed]
    if orphaned:
        StoredFile.objects.filter(pk__in=orphaned).delete()


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


__all__ = [
    "OpenDraft",
    "access_draft",
    "change_answers",
    "change_draft",
    "create_draft",
    "delete_draft",
    "save_answers",
    "send_resume_link",
]
