"""A mailbox belongs to a function, not to a person: who opens it today follows from dated roles."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.api import User
from messaging.models.places import Controller, Council, Facility, Group

PLACES = {
    "personal": "person",
    "group": "group",
    "facility": "facility",
    "carrier": "controller",
    "city": "controller",
    "council": "council",
}


def exactly_its_place() -> models.CheckConstraint:
    """Each kind has the one foreign key it belongs to, and no other."""
    columns = sorted(set(PLACES.values()))
    condition = Q()
    for kind, own in PLACES.items():
        condition |= Q(kind=kind, **{f"{column}__isnull": column != own for column in columns})
    return models.CheckConstraint(condition=condition, name="mailbox_has_exactly_its_place")


class Mailbox(models.Model):
    """Where a function sends from and is written to."""

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("Persönlich")
        GROUP = "group", _("Gruppe")
        FACILITY = "facility", _("Einrichtung")
        CARRIER = "carrier", _("Träger")
        CITY = "city", _("Stadt")
        COUNCIL = "council", _("Elternbeirat")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("Art"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("Name"), max_length=200)
    hours = models.CharField(_("Antwortet"), max_length=120, blank=True)
    away_until = models.DateField(_("Abwesend bis"), null=True, blank=True)
    away_text = models.CharField(_("Abwesenheitsnotiz"), max_length=500, blank=True)
    person = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="mailbox")
    group = models.OneToOneField(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="mailbox")
    facility = models.OneToOneField(Facility, null=True, blank=True, on_delete=models.PROTECT, related_name="mailbox")
    controller = models.OneToOneField(
        Controller, null=True, blank=True, on_delete=models.PROTECT, related_name="mailbox"
    )
    council = models.OneToOneField(Council, null=True, blank=True, on_delete=models.PROTECT, related_name="mailbox")

    class Meta:
        verbose_name = _("Postfach")
        verbose_name_plural = _("Postfächer")
        ordering = ("name",)
        constraints: ClassVar = [
            exactly_its_place(),
            models.UniqueConstraint(fields=("kind",), condition=Q(kind="city"), name="one_mailbox_of_the_city"),
        ]

    def __str__(self) -> str:
        return self.name
