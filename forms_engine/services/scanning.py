"""Files and the virus scanner. Fail closed: what was not scanned although a scanner is configured is not delivered."""

from __future__ import annotations

import logging
import uuid
from typing import BinaryIO

from django.db import transaction

from common.api import audit, outbox, scanner
from forms_engine.models import FileChunk, StoredFile
from forms_engine.services import vault
from forms_engine.services.file_contents import open_content
from forms_engine.uploads.base import UploadRefused

logger = logging.getLogger(__name__)
State = StoredFile.State


def state_by_scan(content: BinaryIO) -> str:
    """What an upload is after the scanner has seen it. Raises UploadRefused for malware. A scanner that is away costs
    the citizen nothing: the file waits, and is scanned before the application is delivered."""
    if not scanner.is_configured():
        return State.UNSCANNED.value
    try:
        verdict = scanner.scan(content)
    except scanner.ScannerDown as error:
        logger.warning("virus scanner gave no verdict: %s", error)
        return State.WAITING.value
    if verdict.virus:
        raise UploadRefused("infected", virus=verdict.virus)
    return State.CLEAN.value


def scan_before_delivery(submission_id: uuid.UUID) -> None:
    """Scan the files of an application that are still waiting; what is infected loses its content. Raises
    outbox.TransientFailure while there is no verdict: the delivery waits, its destination is not to blame."""
    for file in StoredFile.objects.filter(submission_id=submission_id, state=State.WAITING):
        try:
            state = state_by_scan(open_content(file, vault.unwrap_key_of_city(file)))
        except UploadRefused as refused:
            _take_out(file, refused.params["virus"])
            continue
        if state == State.WAITING:
            text = "Der Virenscanner antwortet nicht. Der Antrag wird zugestellt, sobald die Dateien geprüft sind."
            raise outbox.TransientFailure("ScannerDown", text, is_held=True)
        StoredFile.objects.filter(pk=file.pk, state=State.WAITING).update(state=state)


def _take_out(file: StoredFile, virus: str) -> None:
    """The content goes, the name stays: citizen and clerk see which file is missing and why."""
    with transaction.atomic():
        if StoredFile.objects.filter(pk=file.pk, state=State.WAITING).update(state=State.INFECTED, content=b""):
            FileChunk.objects.filter(file=file).delete()
            audit.record(actor=None, action="file.infected", obj=f"submission:{file.submission_id}", reason=virus[:100])
