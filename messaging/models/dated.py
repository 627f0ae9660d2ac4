"""Relations that hold from a day to a day, as the law and the contract say it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(QuerySet[Any]):
    """Rows with `valid_from` and `valid_until`: local dates (Europe/Berlin), half open `[from, until)`."""

    def on(self, day: date, *, early_days: int = 0) -> DatedQuerySet:
        """Those in force on this day; with `early_days` also those that begin within so many days from it."""
        return self.filter(in_force(day, early_days=early_days))


def in_force(day: date, *, prefix: str = "", early_days: int = 0) -> Q:
    """The condition "in force on this day" for a dated relation reached through `prefix` (with its underscores)."""
    begins = day + timedelta(days=early_days)
    return Q(**{f"{prefix}valid_from__lte": begins}) & (
        Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": day})
    )


class Dated(models.Model):
    """From a day on, until a day that no longer counts; without end while nobody has said one."""

    valid_from = models.DateField(_("gilt ab"))
    valid_until = models.DateField(_("gilt bis (ausschließlich)"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Half open and never negative. An empty span (until = from) is a relation taken back before it began to count."""
    return models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name=name)
