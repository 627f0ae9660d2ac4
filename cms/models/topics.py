"""How people find services: life situations and frequent questions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import PROSE
from cms.models.base import EditorialSnippet, one_slug_per_language
from cms.models.units import OrganisationalUnit
from cms.wording import GERMAN_ONLY, split_lines


class LifeSituation(EditorialSnippet):
    """A moment in life that leads to several services: "Neu in Jena", "Familie"."""

    title = models.CharField(_("Titel"), max_length=100)
    teaser = models.CharField(
        _("Anreißer"), max_length=200, blank=True, help_text=_("Ein Satz: Was finden Menschen hier?")
    )
    icon = models.CharField(
        _("Bild"), max_length=40, blank=True, help_text=_("Name der Zeichnung, zum Beispiel „family“ oder „home“.")
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)

    slug_source = "title"
    public_base = "/lebenslagen"
    override_translatable_fields: ClassVar = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("icon", overridable=False),
    ]
    panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("teaser"),
        FieldRowPanel([FieldPanel("icon"), FieldPanel("position"), FieldPanel("slug")]),
        PublishingPanel(),
    ]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("Lebenslage")
        verbose_name_plural = _("Lebenslagen")
        ordering = ("position", "title")
        constraints: ClassVar = [one_slug_per_language("one_situation_slug_per_language")]


class FaqEntry(index.Indexed, EditorialSnippet):
    """A question people ask, its answer, other wordings of it, and the services it belongs to."""

    question = models.CharField(
        _("Frage"), max_length=250, help_text=_("So, wie Menschen fragen. Zum Beispiel: „Was kostet die Hundesteuer?“")
    )
    answer = RichTextField(
        _("Antwort"), features=PROSE, help_text=_("Das Wichtigste im ersten Satz. Höchstens drei kurze Absätze.")
    )
    alternatives = models.TextField(
        _("Andere Formulierungen"),
        blank=True,
        help_text=_("Eine je Zeile. Sie helfen der Suche und dem Assistenten und werden nicht angezeigt."),
    )
    services = ParentalManyToManyField(
        "cms.ServicePage",
        blank=True,
        limit_choices_to=GERMAN_ONLY,
        related_name="faq_entries",
        verbose_name=_("Leistungen"),
    )
    unit = models.ForeignKey(
        OrganisationalUnit,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="faq_entries",
        verbose_name=_("verantwortliches Amt"),
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)
    review_date = models.DateField(_("Zu prüfen bis"), null=True, blank=True)

    slug_source = "question"
    override_translatable_fields: ClassVar = [
        SynchronizedField(name, overridable=False) for name in ("slug", "unit", "services")
    ]
    panels: ClassVar = [
        FieldPanel("question"),
        FieldPanel("answer"),
        FieldPanel("alternatives"),
        FieldPanel("services", widget=CheckboxSelectMultiple, classname="cms-long-list"),
        MultiFieldPanel(
            [
                FieldPanel("unit"),
                FieldRowPanel([FieldPanel("position"), FieldPanel("review_date"), FieldPanel("slug")]),
            ],
            heading=_("Einordnung und Pflege"),
        ),
        PublishingPanel(),
    ]
    search_fields: ClassVar = [
        index.AutocompleteField("question"),
        index.SearchField("answer"),
        index.FilterField("locale_id"),
    ]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("Frage und Antwort")
        verbose_name_plural = _("Fragen und Antworten")
        ordering = ("position", "question")
        constraints: ClassVar = [one_slug_per_language("one_faq_slug_per_language")]

    @property
    def alternative_list(self) -> list[str]:
        """Other wordings, one a line in the editor."""
        return split_lines(self.alternatives)
