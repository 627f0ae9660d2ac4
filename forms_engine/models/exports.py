"""Many applications in one file: asked for by one person, allowed by another."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.api import Unit, User
from forms_engine.models.forms import Form


class CaseExport(models.Model):
    """A request for a file with all applications of one form and period. It holds no application itself: the file is
    made when it is fetched, by who asked for it, on the day after the decision at the latest."""

    class State(models.TextChoices):
        ASKED = "asked", _("wartet auf Freigabe")
        APPROVED = "approved", _("freigegeben")
        REFUSED = "refused", _("abgelehnt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="case_exports", verbose_name=_("Amt"))
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="+", verbose_name=_("Formular"))
    received_from = models.DateField()
    received_until = models.DateField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(db_index=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        verbose_name = _("Ausgabe vieler Anträge")
        verbose_name_plural = _("Ausgaben vieler Anträge")
        ordering = ("-asked_at",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="export_has_four_eyes",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
            )
        ]

    def __str__(self) -> str:
        return f"export:{self.id}"
