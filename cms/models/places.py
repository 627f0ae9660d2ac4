"""Places people can visit, and whom they can ask."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import AccessibilityBlock, HoursExceptionBlock, RegularHoursBlock
from cms.models.base import EditorialSnippet, one_slug_per_language
from cms.models.units import OrganisationalUnit
from cms.wording import GERMAN_ONLY

POSTCODE = RegexValidator(r"^\d{5}\Z", _("Fünf Ziffern."))


class Location(index.Indexed, EditorialSnippet):
    """A public building or counter with opening hours and facts about accessibility."""

    name = models.CharField(_("Name"), max_length=200)
    street = models.CharField(_("Straße"), max_length=200)
    house_number = models.CharField(_("Hausnummer"), max_length=20, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=5, validators=[POSTCODE])
    place = models.CharField(_("Ort"), max_length=100, default="Jena")
    latitude = models.DecimalField(
        _("Breitengrad"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("Längengrad"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    phone = models.CharField(_("Telefon"), max_length=60, blank=True)
    email = models.EmailField(_("Funktionspostfach"), blank=True)
    transit = models.TextField(
        _("Anfahrt"), blank=True, help_text=_("Linie, Haltestelle und wie lange man zu Fuß geht.")
    )
    regular_hours = StreamField(
        [("span", RegularHoursBlock())],
        blank=True,
        verbose_name=_("Öffnungszeiten"),
        help_text=_("Eine Zeile je Zeitraum. Zwei Zeilen für denselben Tag sind möglich (Mittagspause)."),
    )
    hours_exceptions = StreamField(
        [("exception", HoursExceptionBlock())],
        blank=True,
        verbose_name=_("Ausnahmen"),
        help_text=_("Gelten vor den Öffnungszeiten und vor Feiertagen."),
    )
    closed_on_holidays = models.BooleanField(_("an gesetzlichen Feiertagen in Thüringen geschlossen"), default=True)
    accessibility = StreamField([("feature", AccessibilityBlock())], blank=True, verbose_name=_("Barrierefreiheit"))
    units = ParentalManyToManyField(
        OrganisationalUnit,
        blank=True,
        limit_choices_to=GERMAN_ONLY,
        related_name="locations",
        verbose_name=_("Ämter an diesem Standort"),
    )

    public_base = "/standorte"
    override_translatable_fields: ClassVar = [
        SynchronizedField(name, overridable=False)
        for name in ("slug", "street", "house_number", "postcode", "place", "phone", "units")
    ]
    panels: ClassVar = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("street"), FieldPanel("house_number")]),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("place")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("transit"),
            ],
            heading=_("Adresse und Anfahrt"),
        ),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")], heading=_("Kontakt")),
        MultiFieldPanel(
            [
                HelpPanel(
                    content=_("Ohne Angaben steht auf der Website „Öffnungszeiten unbekannt“, nicht „geschlossen“.")
                ),
                FieldPanel("regular_hours"),
                FieldPanel("hours_exceptions"),
                FieldPanel("closed_on_holidays"),
            ],
            heading=_("Öffnungszeiten"),
        ),
        FieldPanel("accessibility"),
        MultiFieldPanel(
            [FieldPanel("units", widget=CheckboxSelectMultiple), FieldPanel("slug")], heading=_("Einordnung")
        ),
        PublishingPanel(),
    ]
    search_fields: ClassVar = [
        index.AutocompleteField("name"),
        index.AutocompleteField("street"),
        index.FilterField("locale_id"),
    ]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("Standort")
        verbose_name_plural = _("Standorte")
        ordering = ("name",)
        constraints: ClassVar = [one_slug_per_language("one_location_slug_per_language")]

    @property
    def address_line(self) -> str:
        """Street and town in one line."""
        return f"{self.street} {self.house_number}".strip() + f", {self.postcode} {self.place}"


class ContactPoint(index.Indexed, EditorialSnippet):
    """Whom to ask about what: a function and a shared mailbox, never a person."""

    name = models.CharField(
        _("Name"), max_length=200, help_text=_("Eine Funktion, zum Beispiel „Team Hundesteuer“, keine einzelne Person.")
    )
    purpose = models.CharField(_("Wofür"), max_length=300, blank=True)
    phone = models.CharField(_("Telefon"), max_length=60, blank=True)
    email = models.EmailField(_("Funktionspostfach"), blank=True)
    hours_text = models.CharField(_("Wann erreichbar"), max_length=300, blank=True)
    unit = models.ForeignKey(
        OrganisationalUnit,
        null=True,
        on_delete=models.PROTECT,
        related_name="contact_points",
        verbose_name=_("Amt"),
    )
    location = models.ForeignKey(
        Location,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contact_points",
        verbose_name=_("Standort"),
    )

    override_translatable_fields: ClassVar = [
        SynchronizedField(name, overridable=False) for name in ("slug", "phone", "unit", "location")
    ]
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("purpose"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]), FieldPanel("hours_text")],
            heading=_("Erreichbarkeit"),
        ),
        MultiFieldPanel([FieldPanel("unit"), FieldPanel("location"), FieldPanel("slug")], heading=_("Einordnung")),
        PublishingPanel(),
    ]
    search_fields: ClassVar = [
        index.AutocompleteField("name"),
        index.AutocompleteField("purpose"),
        index.FilterField("locale_id"),
    ]

    class Meta(EditorialSnippet.Meta):
        verbose_name = _("Kontaktpunkt")
        verbose_name_plural = _("Kontaktpunkte")
        ordering = ("name",)
        constraints: ClassVar = [one_slug_per_language("one_contact_slug_per_language")]
