"""The line in front of a rush."""

from __future__ import annotations

from django.db import models


class WaitingLine(models.Model):
    """One line: the last number given out, and the number up to which people are let in as of a moment. In thousandths
    and milliseconds, so that one statement can count on every database."""

    key = models.CharField(max_length=40, primary_key=True)
    issued = models.BigIntegerField()
    admitted_thousandths = models.BigIntegerField()
    at_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.issued}"
