"""How a file comes into a draft: limits first, then sealed while it arrives, checked, scanned, stored, and listed in
the answer of its question. docs/mechanisms/uploads.md tells the whole story."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet, Sum

from common.api import clock, retention
from forms_engine.fields.contrib.file import DEFAULT_ACCEPT, DEFAULT_BYTES
from forms_engine.models import StoredFile
from forms_engine.problems import DraftChanged
from forms_engine.services import vault
from forms_engine.services.drafts import OpenDraft, access_draft, change_answers
from forms_engine.services.evaluation import find_question
from forms_engine.services.file_contents import fits_one_batch, write_pieces
from forms_engine.services.files import FileInfo
from forms_engine.services.scanning import state_by_scan
from forms_engine.uploads.base import UploadRefused, megabytes
from forms_engine.uploads.check import check_upload
from forms_engine.uploads.spool import SealedSpool

State = StoredFile.State
LONGEST_ARRIVAL = timedelta(hours=1)


@dataclass
class Arrival:
    """An upload that is expected: where it belongs, what it may be, and where its bytes go meanwhile."""

    draft: OpenDraft
    path: str
    accept: tuple[str, ...]
    max_bytes: int
    count: int
    file: StoredFile
    key: str
    spool: SealedSpool

    def close(self) -> None:
        self.spool.close()


def expect_file(token: str, path: str) -> Arrival:
    """Get ready for one file for the question at `path`. Raises UploadRefused before a byte of it is read."""
    draft = access_draft(token)
    node = find_question(draft.flow, draft.evaluation, path)
    if node is None or node.type != "file":
        raise UploadRefused("not_a_file_question")
    _refuse_beyond_quota(draft)
    file = StoredFile(id=uuid.uuid4(), draft=draft.row, created_at=clock.now())
    key = vault.new_file_key()
    return Arrival(
        draft=draft,
        path=path,
        accept=tuple(node.settings.get("accept") or DEFAULT_ACCEPT),
        max_bytes=min(node.settings.get("max_bytes") or DEFAULT_BYTES, settings.UPLOAD_MAX_BYTES),
        count=node.settings.get("max") or 1,
        file=file,
        key=key,
        spool=SealedSpool(vault.file_cipher(file, key)),
    )


def add_file(arrival: Arrival, raw_name: str) -> FileInfo:
    """Check and keep what has arrived in the spool. Raises UploadRefused with a reason for the citizen; DraftChanged,
    DraftNotFound or DraftSubmitted when the draft went away meanwhile."""
    arrival.spool.finish()
    with arrival.spool.open() as content:
        checked = check_upload(raw_name, content, accept=arrival.accept, max_bytes=arrival.max_bytes)
    if checked.redrawn is not None:
        _replace_content(arrival, checked.redrawn)
    file, spool = arrival.file, arrival.spool
    with spool.open() as content:
        file.state = state_by_scan(content)
    meta = {"name": checked.name, "media_type": checked.media_type, "path": arrival.path}
    file.size, file.content = spool.size, spool.cipher.header
    file.wrapped_key = vault.wrap_key_for_draft(file, arrival.key, arrival.draft.token)
    file.meta = vault.seal_file_part(file, arrival.key, "meta", vault.to_json(meta))
    _store(arrival)
    return FileInfo(str(file.id), arrival.path, checked.name, file.size, checked.media_type, file.state)


def _replace_content(arrival: Arrival, redrawn: BinaryIO) -> None:
    """The picture drawn anew takes the place of what was sent."""
    fresh = SealedSpool(vault.file_cipher(arrival.file, arrival.key))
    while piece := redrawn.read(65_536):
        fresh.write(piece)
    fresh.finish()
    arrival.spool.close()
    arrival.spool = fresh


def _store(arrival: Arrival) -> None:
    """A small file in one transaction; a long one piece by piece, and then it counts at once or not at all."""
    write = _write_at_once if fits_one_batch(arrival.spool) else _write_in_steps
    try:
        write(arrival)
    except IntegrityError:  # the draft was deleted or handed in while the file came in
        access_draft(arrival.draft.token)
        raise


def _write_at_once(arrival: Arrival) -> None:
    with transaction.atomic():
        arrival.file.save(force_insert=True)
        write_pieces(arrival.file, arrival.spool)
        _append_to_answer(arrival)


def _write_in_steps(arrival: Arrival) -> None:
    file, state = arrival.file, arrival.file.state
    file.state = State.ARRIVING
    file.save(force_insert=True)
    try:
        write_pieces(file, arrival.spool)
        with transaction.atomic():
            _append_to_answer(arrival)
            file.state = state
            file.save(update_fields=["state"], force_update=True)
    except BaseException:
        StoredFile.objects.filter(pk=file.pk).delete()
        raise


def _append_to_answer(arrival: Arrival) -> None:
    """Inside a transaction: the draft's row is held from here on, so its files can be counted for sure."""

    def append(draft: OpenDraft) -> None:
        if draft.row.flow_id != arrival.draft.row.flow_id:  # it went on with another version while the file came in
            raise DraftChanged({"revision": draft.row.revision})
        present = list(draft.answers.get(arrival.path) or [])
        if len(present) >= arrival.count:
            raise UploadRefused("too_many", limit=arrival.count)
        draft.answers = draft.answers | {arrival.path: [*present, str(arrival.file.id)]}

    change_answers(arrival.draft.token, append)
    _refuse_beyond_quota(arrival.draft, own=1)


def _refuse_beyond_quota(draft: OpenDraft, *, own: int = 0) -> None:
    """Files of a draft, those on their way too; `own` of them is the one that asks."""
    files = StoredFile.objects.filter(draft=draft.row).order_by()
    used = files.aggregate(count=Count("pk"), bytes=Sum("size"))
    if used["count"] - own >= settings.UPLOAD_DRAFT_FILES:
        raise UploadRefused("too_many", limit=settings.UPLOAD_DRAFT_FILES)
    if (used["bytes"] or 0) > settings.UPLOAD_DRAFT_BYTES:
        raise UploadRefused("quota", limit=megabytes(settings.UPLOAD_DRAFT_BYTES))


def register_rules() -> None:
    """Called once when the app is ready."""
    retention.register_rule(
        "broken uploads",
        what="Dateien, deren Übertragung abgebrochen ist",
        when="eine Stunde nach dem Beginn",
        law="Art. 5 Abs. 1 Buchst. e DSGVO",
        due=lambda: broken_arrivals().count(),
        delete=delete_broken_arrivals,
    )


def broken_arrivals() -> QuerySet[StoredFile]:
    """What is left of uploads whose process was killed."""
    return StoredFile.objects.filter(state=State.ARRIVING, created_at__lt=clock.now() - LONGEST_ARRIVAL)


def delete_broken_arrivals() -> int:
    """Delete them with their pieces; returns how many rows."""
    return broken_arrivals().delete()[0]
