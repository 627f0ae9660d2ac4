"""People, organisational units, and who works where.

`Unit` is the identity of an office: cases, forms and rights hang on it. What citizens read about an
office (texts, opening hours, contact points) is content and lives in `cms`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.keys import KEY


class UserAccounts(UserManager["User"]):
    """Creates people by e-mail address; there are no user names."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractUser):
    """A person who signs in: citizen, editor, clerk or administrator. Rights follow from groups and memberships."""

    username = None
    email = models.EmailField(_("E-Mail-Adresse"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserAccounts()

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        """One spelling of an address, so that nobody gets two accounts by capital letters."""
        super().clean()
        self.email = self.email.lower()


class Unit(models.Model):
    """An organisational unit that is responsible for services and receives their cases."""

    key = models.CharField(_("Kürzel"), max_length=60, unique=True, validators=[KEY])
    name = models.CharField(_("Name"), max_length=200)
    email = models.EmailField(_("Funktionspostfach"), blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("gehört zu")
    )
    is_active = models.BooleanField(_("aktiv"), default=True)

    class Meta:
        verbose_name = _("Amt")
        verbose_name_plural = _("Ämter")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a person does for a unit. Case work and editing are separate duties: neither gives the other's rights."""

    class Role(models.TextChoices):
        CLERK = "clerk", _("Sachbearbeitung")
        LEAD = "lead", _("Leitung")
        EDITOR = "editor", _("Redaktion")
        CHIEF_EDITOR = "chief_editor", _("Chefredaktion")

    CASE_WORK: ClassVar[tuple[str, ...]] = ("clerk", "lead")
    EDITING: ClassVar[tuple[str, ...]] = ("editor", "chief_editor")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("Person"))
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("Amt"))
    role = models.CharField(_("Aufgabe"), max_length=12, choices=Role.choices, default=Role.CLERK)

    class Meta:
        verbose_name = _("Zugehörigkeit")
        verbose_name_plural = _("Zugehörigkeiten")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("user", "unit", "role"), name="one_membership_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.unit} ({self.get_role_display()})"
