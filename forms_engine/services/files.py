"""Files of a draft: checked, encrypted with a key of their own, listed in the answer of their question."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum

from common.api import clock, problems
from forms_engine.fields.contrib.file import DEFAULT_ACCEPT, DEFAULT_BYTES
from forms_engine.models import Draft, StoredFile
from forms_engine.problems import DraftChanged
from forms_engine.services import vault
from forms_engine.services.drafts import ATTEMPTS, OpenDraft, access_draft, save_answers
from forms_engine.services.evaluation import find_question
from forms_engine.uploads.base import CheckedFile, UploadRefused, megabytes
from forms_engine.uploads.check import check_upload

MAX_FILES = 50
MAX_DRAFT_BYTES = 100_000_000


@dataclass(frozen=True)
class FileInfo:
    """What people see of a file."""

    id: str
    path: str
    name: str
    size: int
    media_type: str


def add_file(token: str, path: str, raw_name: str, data: bytes) -> FileInfo:
    """Take an upload for the file question at `path`. Raises UploadRefused with a reason for the citizen."""
    draft = access_draft(token)
    limits = _limits(draft, path)
    _refuse_beyond_quota(draft.row, len(data))
    checked = check_upload(raw_name, data, accept=limits.accept, max_bytes=limits.max_bytes)
    file = _sealed(draft, path, checked)
    with transaction.atomic():
        file.save(force_insert=True)
        _append_to_answer(token, path, str(file.id), limits.count)
    return FileInfo(str(file.id), path, checked.name, file.size, checked.media_type)


@dataclass(frozen=True)
class _Limits:
    accept: tuple[str, ...]
    max_bytes: int
    count: int


def _limits(draft: OpenDraft, path: str) -> _Limits:
    node = find_question(draft.flow, draft.evaluation, path)
    if node is None or node.type != "file":
        raise UploadRefused("not_a_file_question")
    own = node.settings
    return _Limits(
        accept=tuple(own.get("accept") or DEFAULT_ACCEPT),
        max_bytes=min(own.get("max_bytes") or DEFAULT_BYTES, settings.UPLOAD_MAX_BYTES),
        count=own.get("max") or 1,
    )


def _refuse_beyond_quota(row: Draft, size: int) -> None:
    used = StoredFile.objects.filter(draft=row).order_by().aggregate(count=Count("pk"), bytes=Sum("size"))
    if used["count"] >= MAX_FILES:
        raise UploadRefused("too_many", limit=MAX_FILES)
    if (used["bytes"] or 0) + size > MAX_DRAFT_BYTES:
        raise UploadRefused("quota", limit=megabytes(MAX_DRAFT_BYTES))


def _sealed(draft: OpenDraft, path: str, checked: CheckedFile) -> StoredFile:
    key = vault.new_file_key()
    file = StoredFile(id=uuid.uuid4(), draft=draft.row, size=len(checked.content), created_at=clock.now())
    meta = {"name": checked.name, "media_type": checked.media_type, "path": path}
    file.wrapped_key = vault.wrap_key_for_draft(file, key, draft.token)
    file.meta = vault.seal_file_part(file, key, "meta", vault.to_json(meta))
    file.content = vault.seal_file_part(file, key, "content", checked.content)
    return file


def _append_to_answer(token: str, path: str, file_id: str, limit: int) -> None:
    for _ in range(ATTEMPTS):
        draft = access_draft(token)
        present = list(draft.answers.get(path) or [])
        if len(present) >= limit:
            raise UploadRefused("too_many", limit=limit)
        draft.answers = draft.answers | {path: [*present, file_id]}
        if save_answers(draft):
            return
    raise DraftChanged({"revision": draft.row.revision})


def delete_file(token: str, file_id: str) -> None:
    """Remove a file from its question and from the draft. Raises a 404 problem for a file of another draft."""
    draft = access_draft(token)
    file, info, _key = access_draft_file(draft, file_id)
    with transaction.atomic():
        file.delete()
        for _ in range(ATTEMPTS):
            draft = access_draft(token)
            rest = [item for item in draft.answers.get(info.path) or [] if item != info.id]
            draft.answers = {p: v for p, v in draft.answers.items() if p != info.path}
            draft.answers |= {info.path: rest} if rest else {}
            if save_answers(draft):
                return
        raise DraftChanged({"revision": draft.row.revision})


def access_draft_file(draft: OpenDraft, file_id: str) -> tuple[StoredFile, FileInfo, str]:
    """A file of this draft with its key. Raises a 404 problem."""
    file = StoredFile.objects.defer("content").filter(draft=draft.row, pk=_as_uuid(file_id)).first()
    if file is None:
        raise problems.Problem(404)
    key = vault.unwrap_key_of_draft(file, draft.token)
    return file, info_of(file, key), key


def list_draft_files(draft: OpenDraft) -> dict[str, FileInfo]:
    """All files of a draft by id."""
    files = StoredFile.objects.defer("content").filter(draft=draft.row)
    return {str(f.id): info_of(f, vault.unwrap_key_of_draft(f, draft.token)) for f in files}


def list_submission_files(submission_id: uuid.UUID) -> dict[str, FileInfo]:
    """All files of an application by id."""
    files = StoredFile.objects.defer("content").filter(submission_id=submission_id)
    return {str(f.id): info_of(f, vault.unwrap_key_of_city(f)) for f in files}


def access_submission_file(submission_id: uuid.UUID, file_id: str) -> tuple[FileInfo, bytes]:
    """A file of an application with its content. Raises a 404 problem."""
    file = StoredFile.objects.filter(submission_id=submission_id, pk=_as_uuid(file_id)).first()
    if file is None:
        raise problems.Problem(404)
    key = vault.unwrap_key_of_city(file)
    return info_of(file, key), content_of(file, key)


def info_of(file: StoredFile, key: str) -> FileInfo:
    meta = vault.from_json(vault.open_file_part(file, key, "meta", bytes(file.meta)))
    return FileInfo(str(file.id), meta["path"], meta["name"], file.size, meta["media_type"])


def read_content(file: StoredFile, key: str) -> bytes:
    """The bytes of a file loaded without them."""
    file.refresh_from_db(fields=["content"])
    return content_of(file, key)


def content_of(file: StoredFile, key: str) -> bytes:
    return vault.open_file_part(file, key, "content", bytes(file.content))


def _as_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
