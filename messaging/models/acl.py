"""The clock of rights: every change of a relation moves it, in the same transaction. docs/mechanisms/access.md."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class AclClock(models.Model):
    """One row. A send holds it shared, a change of rights moves it: so each message is before or after each change."""

    version = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_acl_clock")]

    def __str__(self) -> str:
        return f"{self.version}"


class AclChange(models.Model):
    """Whose rights changed at which tick; without a person: everybody's."""

    version = models.BigIntegerField(db_index=True)
    person_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version}: {self.person_id or 'alle'}"
