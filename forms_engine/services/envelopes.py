"""Which columns of this app are wrapped by the city's key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from django.db.models import QuerySet

from common.api import key_rotation
from forms_engine.models import CaseEvent, StoredFile, Submission, SubmissionDocument
from forms_engine.services import vault

Rows: TypeAlias = QuerySet[Any]


def register_columns() -> None:
    """Called once when the app is ready. Files of drafts are not here: the citizen's secret wraps those."""
    register = key_rotation.register_envelopes
    register("Anträge", rows=_payloads, field="payload", context=_of("submission", "payload"))
    register("Kontakte", rows=_contacts, field="contact", context=_of("submission", "contact"))
    register("Hinweise", rows=_notes, field="note", context=_of("caseevent", "note"))
    register("PDF", rows=_documents, field="content", context=_of_document)
    register("Dateien", rows=_files, field="wrapped_key", context=vault.file_key_context)


def _payloads() -> Rows:
    return Submission.objects.only("payload")


def _contacts() -> Rows:
    return Submission.objects.exclude(contact=None).only("contact")


def _notes() -> Rows:
    return CaseEvent.objects.exclude(note=None).only("note")


def _documents() -> Rows:
    return SubmissionDocument.objects.only("submission_id", "content")


def _files() -> Rows:
    return StoredFile.objects.exclude(submission=None).only("wrapped_key")


def _of(table: str, field: str) -> Callable[[Any], str]:
    return lambda row: vault.field_context(table, row.pk, field)


def _of_document(document: SubmissionDocument) -> str:
    return vault.field_context("document", document.submission_id, "content")
