"""How often somebody has called."""

from __future__ import annotations

from django.db import models


class RequestCount(models.Model):
    """Requests of one sender in the period that runs until `ends_at` (Unix time in seconds, so that one statement can
    compare it on every database). `key` is a keyed hash: no address of a person is kept."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}…: {self.count}"
