"""What citizens read about an office. Its identity (cases, rights) is `accounts.Unit`."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from accounts.api import Unit, ensure_unit, find_unit
from cms.blocks import PROSE, LineBlock
from cms.models.base import EditorialSnippet, one_slug_per_language


class OrganisationalUnit(index.Indexed, EditorialSnippet):
    """Texts about an office, one row a language; all rows share the `identity`."""

    identity = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="texts", editable=False, verbose_name=_("Identität")
    )
    name = models.CharField(_("Name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("gehört zu"),
        help_text=_("Nur ausfüllen, wenn das Amt Teil eines größeren Amtes ist."),
    )
    description = RichTextField(
        _("Beschreibung"),
        blank=True,
        features=PROSE,
        help_text=_("Was macht dieses Amt für die Menschen? Zwei bis vier Sätze."),
    )
    tasks = StreamField(
        [("task", LineBlock(label=_("Aufgabe"), max_length=150))],
        blank=True,
        verbose_name=_("Aufgaben"),
        help_text=_("Kurze Stichworte, zum Beispiel „Hundesteuer“."),
    )
    email = models.EmailField(
        _("Funktionspostfach"),
        blank=True,
        help_text=_("Kein Postfach einer einzelnen Person. Hier kommen auch Anträge an."),
    )
    phone = models.CharField(_("Telefon"), max_length=60, blank=True)
    main_location = models.ForeignKey(
        "cms.Location",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="main_units",
        verbose_name=_("Hauptstandort"),
    )

    public_base = "/aemter"
    override_translatable_fields: ClassVar = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("phone", overridable=False),
        SynchronizedField("parent", overridable=False),
        SynchronizedField("main_location", overridable=False),
    ]
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("tasks"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]), FieldPanel("main_location")],
            heading=_("Kontakt"),
        ),
        MultiFieldPanel([FieldPanel("parent"), FieldPanel("slug")], heading=_("Einordnung")),
        PublishingPanel(),
    ]
    search_fields: ClassVar = [index.AutocompleteField("name"), index.FilterField("locale_id")]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("Amt")
        verbose_name_plural = _("Ämter")
        ordering = ("name",)
        constraints: ClassVar = [
            one_slug_per_language("one_unit_slug_per_language"),
            models.UniqueConstraint(fields=("identity", "locale"), name="one_unit_text_per_language"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.parent and self.parent.identity_id == self.identity_id and self.identity_id:
            raise ValidationError({"parent": _("Ein Amt kann nicht zu sich selbst gehören.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new office gets its identity; the published German text keeps its name, mailbox and parent current."""
        self._fill_slug()
        if not self.identity_id:
            self.identity = find_unit(self.slug) or ensure_unit(self.slug, name=self.name, email=self.email)
        elif self.live and self.locale.is_default:
            parent = self.parent.identity if self.parent else None
            ensure_unit(self.identity.key, name=self.name, email=self.email, parent=parent)
        super().save(*args, **kwargs)
