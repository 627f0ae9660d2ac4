"""What the city keeps about one person, given to them or deleted at their wish (Articles 15, 17 and 20 DSGVO).

A person is found by the number of an application, by the address of an account, or by the address they left for the
receipt. The last is encrypted, so finding by it opens one envelope after the other: rarely asked for, never an index.
"""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from accounts.api import User
from common.api import audit, crypto
from forms_engine.documents.renderer import RenderingFailed
from forms_engine.models import Submission
from forms_engine.models.cases import CaseStatus
from forms_engine.services import vault
from forms_engine.services.documents import get_summary_pdf
from forms_engine.services.file_contents import iterate
from forms_engine.services.files import WITHHELD, access_submission_file, list_submission_files
from forms_engine.services.retention import delete_submission
from forms_engine.services.submissions import open_contact, open_payload

logger = logging.getLogger(__name__)


class CaseStillOpen(ValueError):
    """The office is still working on it: Article 17 (3) b DSGVO keeps it until the case is closed."""


def find_applications(*, reference: str = "", email: str = "") -> list[Submission]:
    """All applications with this number or of this person, newest first."""
    rows = Submission.objects.select_related("flow__form", "unit", "case")
    if reference:
        return list(rows.filter(reference=reference.strip().upper()))
    owned = set(rows.filter(owner__email__iexact=email).values_list("pk", flat=True))
    with_address = Submission.objects.exclude(contact=None).only("contact")
    named = {row.pk for row in with_address.iterator() if _is_of(row, email)}
    return list(rows.filter(pk__in=owned | named))


def _is_of(submission: Submission, email: str) -> bool:
    try:
        return open_contact(submission).get("email", "").casefold() == email.casefold()
    except crypto.DecryptionFailed:
        return False


class _Chunks(io.RawIOBase):
    """What a zip writes to when nothing of it may lie on the disk or grow in memory: `take` gives what has come."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._written.append(bytes(data))
        return len(self._written[-1])

    def take(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken


def export_applications(found: Sequence[Submission], *, by: User, reason: str) -> Iterator[bytes]:
    """A zip, piece by piece, with one folder an application: the data as JSON, the summary as PDF, the files as they
    were sent. Each application is audited before the first piece."""
    with transaction.atomic():
        for submission in found:
            audit.record(actor=by, action="submission.export", obj=f"submission:{submission.pk}", reason=reason)
    return _packed(found)


def _packed(found: Sequence[Submission]) -> Iterator[bytes]:
    chunks = _Chunks()
    with zipfile.ZipFile(chunks, "w", zipfile.ZIP_DEFLATED) as archive:
        for submission in found:
            for _done in _pack(archive, submission):
                yield chunks.take()
    yield chunks.take()


def _pack(archive: zipfile.ZipFile, submission: Submission) -> Iterator[None]:
    """Write one folder; stops after every piece, so that it can be sent."""
    folder = submission.reference
    archive.writestr(f"{folder}/antrag.json", json.dumps(_told(submission), ensure_ascii=False, indent=2))
    try:
        archive.writestr(f"{folder}/zusammenfassung.pdf", get_summary_pdf(submission))
    except RenderingFailed:  # half a zip would be no zip: the data are in it anyway
        logger.exception("summary of submission %s could not be rendered for its owner", submission.pk)
        archive.writestr(f"{folder}/zusammenfassung.pdf.nicht-enthalten.txt", "rendering-failed")
    yield
    for number, info in enumerate(list_submission_files(submission.pk).values(), start=1):
        if info.state in WITHHELD:  # not scanned yet, or taken out because of malware: named, not handed out
            archive.writestr(f"{folder}/dateien/{number}-{info.name}.nicht-enthalten.txt", info.state)
            continue
        _info, content = access_submission_file(submission.pk, info.id)
        with archive.open(f"{folder}/dateien/{number}-{info.name}", "w") as packed:
            for piece in iterate(content):
                packed.write(piece)
                yield


def _told(submission: Submission) -> dict[str, Any]:
    case = getattr(submission, "case", None)
    events = case.events.all() if case else []
    return {
        "reference": submission.reference,
        "received_at": submission.received_at.isoformat(),
        "unit": submission.unit.name,
        "contact": {"email": open_contact(submission).get("email", "")},
        "application": open_payload(submission),
        "history": [{"at": e.at.isoformat(), "status": e.status, "note": _note(e)} for e in events],
        "deleted_after": submission.delete_after.isoformat() if submission.delete_after else None,
    }


def _note(event: Any) -> str:
    return vault.open_field("caseevent", event.pk, "note", bytes(event.note)).decode() if event.note else ""


def erase_applications(found: Sequence[Submission], *, by: User, reason: str) -> int:
    """Delete them with all that belongs to them, all or none. Raises CaseStillOpen."""
    for submission in found:
        case = getattr(submission, "case", None)
        if case is not None and case.status != CaseStatus.CLOSED:
            raise CaseStillOpen(submission.reference)
    with transaction.atomic():
        for submission in found:
            audit.record(actor=by, action="submission.erase", obj=f"submission:{submission.pk}", reason=reason)
            delete_submission(submission, reason="erasure")
    return len(found)
