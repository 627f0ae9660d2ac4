"""Who is responsible, and where: controllers (the city, a carrier), facilities, groups, councils."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.keys import KEY


class Controller(models.Model):
    """Who answers for the data (Art. 4 No. 7 DSGVO): the city, or a carrier with the law of its church.

    The regime is data; no rule in the code asks which one it is."""

    class Kind(models.TextChoices):
        CITY = "city", _("Stadt")
        CARRIER = "carrier", _("Träger")

    class Regime(models.TextChoices):
        DSGVO = "dsgvo", "DSGVO"
        KDG = "kdg", "KDG"
        DSG_EKD = "dsg-ekd", "DSG-EKD"

    key = models.CharField(_("Kürzel"), max_length=60, unique=True, validators=[KEY])
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Art"), max_length=8, choices=Kind.choices, default=Kind.CARRIER)
    regime = models.CharField(_("Datenschutzrecht"), max_length=8, choices=Regime.choices, default=Regime.DSGVO)
    privacy_contact = models.EmailField(_("Datenschutz-Kontakt"), blank=True)

    class Meta:
        verbose_name = _("Verantwortlicher")
        verbose_name_plural = _("Verantwortliche")
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("kind",), condition=Q(kind="city"), name="one_city"),
        ]

    def __str__(self) -> str:
        return self.name


class Facility(models.Model):
    """A Kita, or a place of youth work."""

    class Kind(models.TextChoices):
        KITA = "kita", _("Kita")
        YOUTH = "youth", _("Jugendarbeit")

    key = models.CharField(_("Kürzel"), max_length=60, unique=True, validators=[KEY])
    name = models.CharField(_("Name"), max_length=200)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="facilities")
    kind = models.CharField(_("Art"), max_length=8, choices=Kind.choices, default=Kind.KITA)
    district = models.CharField(_("Stadtteil"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("Einrichtung")
        verbose_name_plural = _("Einrichtungen")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A group of children in a facility."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(_("Name"), max_length=80)

    class Meta:
        verbose_name = _("Gruppe")
        verbose_name_plural = _("Gruppen")
        ordering = ("facility__name", "name")
        constraints: ClassVar = [models.UniqueConstraint(fields=("facility", "name"), name="one_group_of_a_name")]

    def __str__(self) -> str:
        return f"{self.facility.name} – {self.name}"


class Council(models.Model):
    """A parents' council: of one facility (Elternbeirat), or of the city (Stadtelternbeirat, `facility` is empty)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=200)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="councils")
    facility = models.OneToOneField(Facility, null=True, blank=True, on_delete=models.PROTECT, related_name="council")

    class Meta:
        verbose_name = _("Elternbeirat")
        verbose_name_plural = _("Elternbeiräte")
        ordering = ("name",)
        constraints: ClassVar = [
            # The facility is the same (none) for all rows the condition lets through, so one row is all there can be.
            models.UniqueConstraint(
                models.functions.Coalesce("facility", 0), condition=Q(facility=None), name="one_council_of_the_city"
            ),
        ]

    def __str__(self) -> str:
        return self.name
