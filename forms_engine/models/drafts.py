"""An application that is being filled in. The authority cannot read it: the key is the citizen's link."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.api import User
from forms_engine.models.forms import FlowVersion
from forms_engine.models.submissions import Submission


class Draft(models.Model):
    """Answers so far, pinned to one flow version: only the citizen can change which (docs/mechanisms).

    `answers` is encrypted with a key derived from the token; the database holds only the token's hash. In clear
    are: which flow, the language, when it was last edited, and who owns it when somebody was signed in. `moves`,
    sealed alike, holds the answers as they were before the citizen went on with a newer version (services/moving.py).
    """

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        SUBMITTED = "submitted", _("eingereicht")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    flow = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="drafts")
    locale = models.CharField(max_length=20)
    answers = models.BinaryField()
    moves = models.BinaryField(default=b"")
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom
    has_files = has_migration = was_moved = False  # said by services/draft_rows.py along with the row

    class Meta:
        verbose_name = _("Entwurf eines Antrags")
        verbose_name_plural = _("Entwürfe von Anträgen")

    def __str__(self) -> str:
        return str(self.id)


class StoredFile(models.Model):
    """An uploaded file, encrypted with a key of its own.

    The key is wrapped by the citizen's secret while the file belongs to a draft, and re-wrapped by the city's key
    when the draft is submitted; the content is never encrypted twice. `meta` holds name, type, size and question.
    `content` is the header of the sealed pieces that lie in FileChunk (in rows made before there were pieces: all).
    """

    class State(models.TextChoices):
        ARRIVING = "arriving", _("wird übertragen")
        WAITING = "waiting", _("wartet auf die Prüfung auf Schadsoftware")
        CLEAN = "clean", _("auf Schadsoftware geprüft")
        UNSCANNED = "unscanned", _("nicht auf Schadsoftware geprüft")
        INFECTED = "infected", _("enthielt Schadsoftware und wurde entfernt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    wrapped_key = models.BinaryField()
    meta = models.BinaryField()
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNSCANNED)
    created_at = models.DateTimeField()

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        verbose_name = _("Datei")
        verbose_name_plural = _("Dateien")
        ordering = ("created_at", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="file_belongs_to_one",
                condition=models.Q(draft__isnull=True, submission__isnull=False)
                | models.Q(draft__isnull=False, submission__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class FileChunk(models.Model):
    """A sealed piece of a file (common.sealed_stream): small rows, so that no file is ever in memory as a whole."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        verbose_name = _("Stück einer Datei")
        verbose_name_plural = _("Stücke von Dateien")
        ordering = ("file", "number")
        constraints: ClassVar = [models.UniqueConstraint(name="chunk_once", fields=["file", "number"])]

    def __str__(self) -> str:
        return f"{self.file_id} {self.number}"
