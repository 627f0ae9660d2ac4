"""Remembered answers to requests that must happen once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class IdempotencyKey(models.Model):
    """Effect and stored answer are written in one transaction: no "locked" state can be left behind."""

    scope = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    fingerprint = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    body: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("scope", "key"), name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"{self.scope[:8]}…/{self.key[:8]}…"
