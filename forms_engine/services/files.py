"""Files of a draft and of an application: looked up, read, removed. How they come in: services/uploads.py."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.api import problems
from forms_engine.models import StoredFile
from forms_engine.services import vault
from forms_engine.services.drafts import OpenDraft, access_draft, change_answers
from forms_engine.services.file_contents import open_content

State = StoredFile.State
WITHHELD = {State.WAITING, State.INFECTED}  # nobody but the citizen may open these


@dataclass(frozen=True)
class FileInfo:
    """What people see of a file."""

    id: str
    path: str
    name: str
    size: int
    media_type: str
    state: str


def delete_file(token: str, file_id: str) -> None:
    """Remove a file from its question and from the draft. Raises a 404 problem for a file of another draft."""
    file, info, _key = access_draft_file(access_draft(token), file_id)

    def remove(draft: OpenDraft) -> None:
        rest = [item for item in draft.answers.get(info.path) or [] if item != info.id]
        draft.answers = {p: v for p, v in draft.answers.items() if p != info.path}
        draft.answers |= {info.path: rest} if rest else {}

    with transaction.atomic():
        file.delete()
        change_answers(token, remove)


def access_draft_file(draft: OpenDraft, file_id: str) -> tuple[StoredFile, FileInfo, str]:
    """A file of this draft with its key. Raises a 404 problem."""
    file = _whole_files().filter(draft=draft.row, pk=_as_uuid(file_id)).first()
    if file is None:
        raise problems.Problem(404)
    key = vault.unwrap_key_of_draft(file, draft.token)
    return file, info_of(file, key), key


def list_draft_files(draft: OpenDraft) -> dict[str, FileInfo]:
    """All files of a draft by id."""
    files = _whole_files().filter(draft=draft.row)
    return {str(f.id): info_of(f, vault.unwrap_key_of_draft(f, draft.token)) for f in files}


def list_submission_files(submission_id: uuid.UUID) -> dict[str, FileInfo]:
    """All files of an application by id."""
    files = _whole_files().filter(submission_id=submission_id)
    return {str(f.id): info_of(f, vault.unwrap_key_of_city(f)) for f in files}


def access_submission_file(submission_id: uuid.UUID, file_id: str) -> tuple[FileInfo, BinaryIO]:
    """A file of an application with its content. Raises a 404 problem, and a 409 problem for one that is withheld."""
    file = _whole_files().filter(submission_id=submission_id, pk=_as_uuid(file_id)).first()
    if file is None:
        raise problems.Problem(404)
    if file.state in WITHHELD:
        reason = _("Diese Datei wird nicht herausgegeben: Sie {state}.").format(state=file.get_state_display())
        raise problems.Problem(409, reason)
    key = vault.unwrap_key_of_city(file)
    return info_of(file, key), open_content(file, key)


def _whole_files() -> QuerySet[StoredFile]:
    """Without those that are still being written. Old rows hold their content themselves: not for a list."""
    return StoredFile.objects.defer("content").exclude(state=State.ARRIVING)


def info_of(file: StoredFile, key: str) -> FileInfo:
    meta = vault.from_json(vault.open_file_part(file, key, "meta", bytes(file.meta)))
    return FileInfo(str(file.id), meta["path"], meta["name"], file.size, meta["media_type"], file.state)


def _as_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
