"""How people belong to places. Every relation has dates; who may read what follows from them, never from a copy."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.api import User
from messaging.models.dated import Dated, ends_after_it_begins
from messaging.models.places import Controller, Council, Facility, Group


class Child(models.Model):
    """As little as possible: the name shown, and when school starts (that decides who hears about it)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="children")
    name_shown = models.CharField(_("Name, wie er gezeigt wird"), max_length=80)
    external_key = models.CharField(_("Nummer beim Träger"), max_length=80)
    school_year = models.PositiveSmallIntegerField(_("Einschulung im Jahr"), null=True, blank=True)

    class Meta:
        verbose_name = _("Kind")
        verbose_name_plural = _("Kinder")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("controller", "external_key"), name="one_child_per_number_of_a_carrier")
        ]

    def __str__(self) -> str:
        return self.name_shown


class Placement(Dated):
    """A child belongs to a group from a day to a day. From 14 days before, its guardians are "starters"."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="placements")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="placements")

    class Meta:
        constraints: ClassVar = [ends_after_it_begins("placement_ends_after_it_begins")]
        indexes: ClassVar = [models.Index(fields=("child", "valid_from"), name="placement_of_child")]

    def __str__(self) -> str:
        return f"{self.child_id} in {self.group_id} ab {self.valid_from}"


class Guardianship(Dated):
    """What one person is to one child. Never inferred from a household: each row has its own basis and dates."""

    class Basis(models.TextChoices):
        PARENT = "parent", _("Elternteil")
        FOSTER = "foster", _("Pflegeperson")
        LEGAL = "legal", _("Vormund")
        AUTHORISED = "authorised", _("Bevollmächtigt")

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="guardianships")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="guardianships")
    basis = models.CharField(_("Grundlage"), max_length=12, choices=Basis.choices, default=Basis.PARENT)
    has_information_right = models.BooleanField(_("wird informiert"), default=True)
    may_pick_up = models.BooleanField(_("darf abholen"), default=True)
    is_court_ordered = models.BooleanField(_("durch Gericht geregelt"), default=False)

    class Meta:
        constraints: ClassVar = [ends_after_it_begins("guardianship_ends_after_it_begins")]
        indexes: ClassVar = [models.Index(fields=("person", "child"), name="guardianship_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} für {self.child_id} ab {self.valid_from}"


class StaffRole(Dated):
    """What a person does for a group, a facility, a carrier or the city, and in which of them."""

    class Role(models.TextChoices):
        EDUCATOR = "educator", _("Pädagogische Fachkraft")
        HEAD = "head", _("Leitung")
        YOUTH_WORKER = "youth_worker", _("Jugendarbeit")
        CARRIER_OFFICE = "carrier_office", _("Trägerbüro")
        CITY_OFFICE = "city_office", _("Fachdienst der Stadt")

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="staff_roles")
    role = models.CharField(_("Aufgabe"), max_length=16, choices=Role.choices)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="staff")
    facility = models.ForeignKey(Facility, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")

    class Meta:
        constraints: ClassVar = [
            ends_after_it_begins("staff_role_ends_after_it_begins"),
            models.CheckConstraint(
                condition=(
                    Q(role="educator", facility__isnull=False)
                    | Q(role__in=("head", "youth_worker"), facility__isnull=False, group=None)
                    | Q(role__in=("carrier_office", "city_office"), facility=None, group=None)
                ),
                name="staff_role_has_its_place",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("person", "valid_from"), name="staff_role_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.get_role_display()} ab {self.valid_from}"


class CouncilTerm(Dated):
    """A seat in a council from the day of hand-over to the day of hand-over; `elected_on` and `record` prove it."""

    class Seat(models.TextChoices):
        CHAIR = "chair", _("Vorsitz")
        DEPUTY = "deputy", _("Stellvertretung")
        MEMBER = "member", _("Mitglied")

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="council_terms")
    seat = models.CharField(_("Amt"), max_length=8, choices=Seat.choices, default=Seat.MEMBER)
    elected_on = models.DateField(_("gewählt am"))
    record = models.CharField(_("Wahlprotokoll"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [ends_after_it_begins("council_term_ends_after_it_begins")]
        indexes: ClassVar = [models.Index(fields=("person", "valid_from"), name="council_term_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.get_seat_display()} ab {self.valid_from}"


class Invitation(models.Model):
    """A code on paper or by mail with which one person joins one child. Only its hash is kept; it works once."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="invitations")
    code_hash = models.BinaryField(max_length=32, unique=True)
    basis = models.CharField(max_length=12, choices=Guardianship.Basis.choices, default=Guardianship.Basis.PARENT)
    has_information_right = models.BooleanField(default=True)
    may_pick_up = models.BooleanField(default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.child_id} bis {self.expires_at:%d.%m.%Y}"
