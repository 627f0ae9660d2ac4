"""The case an office works on, and what happened to it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.api import Unit, User
from forms_engine.models.submissions import Submission


class CaseStatus(models.TextChoices):
    """Where a case stands. The labels are what the applicant reads."""

    RECEIVED = "received", _("Eingegangen")
    IN_PROGRESS = "in_progress", _("In Bearbeitung")
    QUESTION = "question", _("Rückfrage an Sie")
    DECIDED = "decided", _("Entschieden")
    CLOSED = "closed", _("Abgeschlossen")


class Case(models.Model):
    """One application in the inbox of the responsible unit. Made by the destination `case_inbox`, once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="case")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases", verbose_name=_("Amt"))
    status = models.CharField(max_length=12, choices=CaseStatus.choices, default=CaseStatus.RECEIVED)
    assigned_to = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases")
    changed_at = models.DateTimeField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        verbose_name = _("Fall")
        verbose_name_plural = _("Fälle")
        indexes: ClassVar = [models.Index(fields=("unit", "status"), name="case_inbox_by_status")]

    def __str__(self) -> str:
        return f"case:{self.id}"


class CaseEvent(models.Model):
    """A step in the life of a case. `note` is what the applicant is told, encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=CaseStatus.choices)
    note = models.BinaryField(null=True, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        verbose_name = _("Ereignis")
        verbose_name_plural = _("Ereignisse")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.status}"
