"""Which group of editors belongs to which office."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.api import Unit


class DepartmentGroup(models.Model):
    """A group made for an office: rights follow the office, also when the group is renamed."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("Redaktion")
        CHIEF = "chief", _("Chefredaktion")

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="department")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="editor_groups")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        verbose_name = _("Redaktionsgruppe")
        verbose_name_plural = _("Redaktionsgruppen")
        constraints: ClassVar = [models.UniqueConstraint(fields=("unit", "role"), name="one_group_per_unit_and_role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.unit}"
