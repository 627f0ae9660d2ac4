"""What a citizen has handed in: frozen, encrypted for the city, found by reference number and access code."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.api import Unit, User
from forms_engine.models.forms import FlowVersion


class Submission(models.Model):
    """An application as it was received. `payload` is the canonical JSON of the answers that count."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    flow = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("Amt"))
    reference = models.CharField(_("Vorgangsnummer"), max_length=20, unique=True)
    code_hash = models.BinaryField(max_length=32, unique=True)
    locale = models.CharField(max_length=20)
    payload = models.BinaryField()
    contact = models.BinaryField(null=True, blank=True)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="submissions")
    received_at = models.DateTimeField(_("eingegangen"), db_index=True)
    delete_after = models.DateField(null=True, blank=True, db_index=True)

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        verbose_name = _("Antrag")
        verbose_name_plural = _("Anträge")
        ordering = ("-received_at",)

    def __str__(self) -> str:
        return self.reference


class SubmissionDocument(models.Model):
    """The summary as PDF, rendered once, encrypted, never rendered again: what the citizen saw is what is kept."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="document")
    content = models.BinaryField()
    generator = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        verbose_name = _("Zusammenfassung")
        verbose_name_plural = _("Zusammenfassungen")

    def __str__(self) -> str:
        return f"PDF {self.submission_id}"
