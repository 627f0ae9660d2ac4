"""A form and its published, immutable flows; a section is a form too, one that other forms use."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.api import Unit, User

FORM_KEY = RegexValidator(r"^[a-z][a-z0-9-]{1,79}$", _("Kleinbuchstaben, Ziffern und Bindestriche."))


def default_destinations() -> list[str]:
    """Where applications go unless a form says otherwise: keys of the registry `forms_engine.destinations`."""
    return ["case_inbox"]


class Form(models.Model):
    """What an editor models: a flow document in the making (`draft`), owned by a unit.

    `draft` has the shape of docs/reference/flow.schema.json; `draft_version` grows with every change and
    guards against two editors overwriting each other.

    With `is_section` it is a section: modelled and published in the same way, but used by other forms instead of being
    filled in. Nobody can start an application of it.
    """

    key = models.CharField(_("Kürzel"), max_length=80, unique=True, validators=[FORM_KEY])
    title = models.CharField(_("Titel"), max_length=250)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="forms", verbose_name=_("zuständiges Amt"))
    is_section = models.BooleanField(_("Baustein"), default=False)
    is_offered = models.BooleanField(_("für alle Ämter"), default=False)  # a section that every office may use
    draft: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("Entwurf"), default=dict)
    draft_version = models.PositiveIntegerField(default=1)
    live = models.ForeignKey(
        "FlowVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("online")
    )
    destinations: models.JSONField[list[str], list[str]] = models.JSONField(_("Ziele"), default=default_destinations)
    changed_at = models.DateTimeField(_("geändert"), auto_now=True)
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        verbose_name = _("Formular")
        verbose_name_plural = _("Formulare")
        ordering = ("title",)
        permissions: ClassVar = [("publish_form", "Formulare veröffentlichen")]

    def __str__(self) -> str:
        return self.title


class FlowVersion(models.Model):
    """One published flow. Never changed, never deleted while a draft or a submission points to it."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    document: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("form", "number"), name="one_flow_per_number"),
            models.UniqueConstraint(fields=("form", "hash"), name="one_flow_per_hash"),
        ]
        ordering = ("form_id", "-number")

    def __str__(self) -> str:
        return f"{self.form.key} v{self.number}"


class SectionUse(models.Model):
    """Where the draft or the live flow of a form uses a section: an index of the documents, so that a section knows its
    forms. `services.sections.note_uses` keeps it."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="section_uses")
    section = models.CharField(max_length=100, db_index=True)  # its key: it may not be here (yet)
    path = models.CharField(max_length=1000)
    hash = models.CharField(max_length=64)
    is_live = models.BooleanField()

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        ordering = ("form_id", "is_live", "pk")

    def __str__(self) -> str:
        return f"{self.form.key} {self.path}: {self.section}"


class FlowMigration(models.Model):
    """How open drafts of one version may go on in a newer one (domain/migration). Published, and maybe withdrawn, never
    changed: what a citizen consented to can be read again. `forbidden`: why the old version may no longer be handed in,
    by language; empty where it may."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="migrations")
    source = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="migrations_away")
    target = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="migrations_here")
    document: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    forbidden: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_migration_away",
                fields=["source"],
                condition=models.Q(withdrawn_at__isnull=True),
            )
        ]
        ordering = ("-published_at", "-id")

    def __str__(self) -> str:
        return f"{self.form.key} v{self.source.number} → v{self.target.number}"


class FormChange(models.Model):
    """One saved change of a draft: what the history shows and what undo goes back to."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    summary = models.CharField(max_length=250)
    document: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()

    wagtail_reference_index_ignore = True  # Wagtail must not copy who refers to whom

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("form", "version"), name="one_change_per_version")]
        ordering = ("-version",)

    def __str__(self) -> str:
        return f"{self.form.key} #{self.version}: {self.summary}"
