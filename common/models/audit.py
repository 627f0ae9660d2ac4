"""Who did what to what, append-only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One read or change. `hash` chains each entry to the one before it once the worker has
    sealed it; `seal_no` is the order of sealing (ids may commit out of order on PostgreSQL).

    Carries names of fields, never their values: the log must not become a second copy of the case.
    """

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    obj = models.CharField(max_length=80, db_index=True)
    fields: models.JSONField[list[str], list[Any]] = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    seal_no = models.BigIntegerField(null=True, unique=True)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [models.Index(fields=("id",), condition=models.Q(seal_no=None), name="audit_unsealed")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.action} {self.obj}"
