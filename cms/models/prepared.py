"""Prepared documents: what the read API answers, rendered at publish (docs/mechanisms/publish.md).

Everything here is derived from the content models and can be rebuilt by `manage.py rebuild_published`.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.wording import split_phrases


class ContentState(models.Model):
    """One row: the number of the last change. Its row lock makes changes commit in the order of their numbers."""

    seq = models.BigIntegerField(default=0)
    stamp = models.BigIntegerField(default=0)  # random, new with every change: a restored backup cannot repeat it
    pruned_seq = models.BigIntegerField(default=0)  # deletions up to here are forgotten: older cursors get 410

    class Meta:
        verbose_name = _("Stand der Inhalte")

    def __str__(self) -> str:
        return f"#{self.seq}"


class PublishedDocument(models.Model):
    """One answer of the read API in one locale: bytes, their hash, and what lists and search need of it.

    `ref` names the subject (translation key of a page or snippet, key of a flow) and stays when the address
    changes. A deleted document keeps its row without bytes (`gone_at`) so that clients can sync.
    """

    key = models.CharField(max_length=300, db_index=True)  # address below /api/v1/: "de/services/hund-anmelden"
    type = models.CharField(max_length=20)
    ref = models.CharField(max_length=100)
    locale = models.CharField(max_length=20)
    lang = models.CharField(max_length=20)
    seq = models.BigIntegerField()
    etag = models.CharField(max_length=64)
    body = models.BinaryField(default=b"")
    body_gz = models.BinaryField(default=b"")
    body_br = models.BinaryField(default=b"")
    position = models.CharField(max_length=300, blank=True)  # order in lists
    card: models.JSONField = models.JSONField(default=dict)
    groups: models.JSONField = models.JSONField(default=list)
    search: models.JSONField = models.JSONField(default=dict)
    rendered_for = models.DateField(null=True)  # the day a dated document (opening hours) counts from
    schema_version = models.PositiveSmallIntegerField(default=1)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Veröffentlichtes Dokument")
        verbose_name_plural = _("Veröffentlichte Dokumente")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("type", "ref", "locale"), name="one_document_per_subject_and_locale")
        ]
        indexes: ClassVar = [
            models.Index(fields=("locale", "seq"), name="document_locale_seq"),
            models.Index(fields=("locale", "type", "position"), name="document_list"),
        ]

    def __str__(self) -> str:
        return f"{self.key} #{self.seq}"


class DocumentDependency(models.Model):
    """The subject `type:ref` shows something of what the token names, and is rendered anew when that changes."""

    subject = models.CharField(max_length=130, db_index=True)
    token = models.CharField(max_length=160, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("subject", "token"), name="one_dependency_per_subject_and_token")
        ]

    def __str__(self) -> str:
        return f"{self.subject} <- {self.token}"


class DirtyMark(models.Model):
    """Work that is still to be done for a committed change. Rows are never merged: each belongs to one transaction."""

    token = models.CharField(max_length=160)
    marked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.token


class SearchSynonym(models.Model):
    """City-wide: what people type, and what the texts call it. "Perso" finds whatever says "Personalausweis"."""

    locale_code = models.CharField(_("Sprache"), max_length=20, default="de")
    word = models.CharField(_("So suchen Menschen"), max_length=80, help_text=_("Zum Beispiel: „Perso“."))
    meanings = models.TextField(
        _("So steht es in den Texten"), help_text=_("Mit Komma getrennt, zum Beispiel: „Personalausweis, Ausweis“.")
    )

    panels: ClassVar = [FieldPanel("word"), FieldPanel("meanings"), FieldPanel("locale_code")]

    class Meta:
        verbose_name = _("Suchwort")
        verbose_name_plural = _("Suchwörter")
        ordering = ("word",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("locale_code", "word"), name="one_synonym_per_locale_and_word")
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def meaning_list(self) -> list[str]:
        """The meanings, each once."""
        return split_phrases(self.meanings)
