"""A service of the administration (Leistung) in the shape of XZuFi.

Prose is rich text, data is typed. Which field holds which text module: `cms.domain.text_modules`.
Why some lists are StreamFields and others child rows: docs/decisions/0010-typed-service-data.md.
"""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from accounts.api import User
from cms.blocks import (
    PROSE,
    PROSE_WITH_HEADINGS,
    ChannelStreamBlock,
    DeadlineBlock,
    DocumentBlock,
    FeeStreamBlock,
    LegalBasisBlock,
    LineBlock,
    LinkBlock,
    StepBlock,
)
from cms.forms import ServicePageForm
from cms.models.base import german_slug
from cms.models.pages import FrontEndPage
from cms.models.places import ContactPoint
from cms.models.topics import LifeSituation
from cms.models.units import OrganisationalUnit
from cms.panels import FaqPanel, ProseAmountPanel, ReadabilityPanel, SimpleLanguagePanel
from cms.wording import GERMAN_ONLY, Availability, TimeUnit, split_phrases

SERVICE_KEY = RegexValidator(r"^99\d{12}\Z", _("Ein Leistungsschlüssel hat 14 Ziffern und beginnt mit 99."))


class ServicePage(FrontEndPage):
    """One service: what it is, who gets it, what it costs, how to apply, who is responsible."""

    # 02, 24, 05, 06: what it is
    official_name = models.CharField(
        _("Amtliche Bezeichnung"),
        max_length=250,
        blank=True,
        help_text=_("Name im Leistungskatalog. Bürgerinnen und Bürger sehen vor allem den Titel."),
    )
    teaser = models.CharField(
        _("Anreißer"), max_length=200, blank=True, help_text=_("Ein Satz für Listen und Suche, höchstens 150 Zeichen.")
    )
    summary = RichTextField(
        _("Kurztext"),
        blank=True,
        features=PROSE,
        help_text=_("Das Wichtigste in zwei bis vier Sätzen. Sprechen Sie die Menschen mit „Sie“ an."),
    )
    description = RichTextField(
        _("Ausführliche Beschreibung"),
        blank=True,
        features=PROSE_WITH_HEADINGS,
        help_text=_("Einzelheiten für alle, die mehr wissen wollen."),
    )
    audience = models.TextField(
        _("Für wen?"), blank=True, help_text=_("Zum Beispiel: „Für alle, die in Jena einen Hund halten.“")
    )
    notes = RichTextField(_("Hinweise"), blank=True, features=PROSE)

    # costs and time
    fees_text = RichTextField(
        _("Kosten in Worten"),
        blank=True,
        features=PROSE,
        help_text=_("Nur, was die Zeilen darunter nicht sagen. Beträge gehören in die Zeilen."),
    )
    fees = StreamField(FeeStreamBlock(), blank=True, verbose_name=_("Kosten"), help_text=_("Je Kostenart eine Zeile."))
    deadlines = StreamField([("deadline", DeadlineBlock())], blank=True, verbose_name=_("Fristen"))
    processing_min = models.PositiveSmallIntegerField(_("von"), null=True, blank=True)
    processing_max = models.PositiveSmallIntegerField(_("bis"), null=True, blank=True)
    processing_unit = models.CharField(_("Einheit"), max_length=10, choices=TimeUnit.choices, blank=True)
    processing_text = models.CharField(_("Erklärung"), max_length=500, blank=True)

    # 09, 08, 11, 14: what is needed and how it goes
    prerequisites = RichTextField(_("Voraussetzungen in Worten"), blank=True, features=PROSE)
    prerequisite_items = StreamField(
        [("item", LineBlock(label=_("Voraussetzung"), max_length=400))],
        blank=True,
        verbose_name=_("Voraussetzungen"),
        help_text=_("Je Voraussetzung ein Satz. Daraus wird eine Liste zum Abhaken."),
    )
    documents = StreamField([("document", DocumentBlock())], blank=True, verbose_name=_("Unterlagen"))
    procedure = StreamField(
        [("step", StepBlock())],
        blank=True,
        verbose_name=_("So läuft es ab"),
        help_text=_("Die Schritte aus Sicht der Menschen."),
    )
    paper_forms = StreamField(
        [("link", LinkBlock())],
        blank=True,
        verbose_name=_("Formulare auf Papier"),
        help_text=_("Zum Herunterladen und Ausdrucken."),
    )

    # ways to apply, status
    channels = StreamField(
        ChannelStreamBlock(),
        verbose_name=_("Wege zum Antrag"),
        help_text=_("Die Reihenfolge gilt auch auf der Website. Zum Veröffentlichen ist mindestens ein Weg nötig."),
    )
    availability = models.CharField(
        _("Status"), max_length=12, choices=Availability.choices, default=Availability.AVAILABLE
    )
    availability_reason = models.CharField(
        _("Grund"),
        max_length=300,
        blank=True,
        help_text=_("Nötig, wenn die Leistung eingeschränkt oder nicht verfügbar ist."),
    )
    availability_since = models.DateField(_("seit"), null=True, blank=True)
    availability_until = models.DateField(_("voraussichtlich bis"), null=True, blank=True)

    # classification
    responsible_unit = models.ForeignKey(
        OrganisationalUnit,
        null=True,
        on_delete=models.PROTECT,
        related_name="services",
        verbose_name=_("Zuständiges Amt"),
        help_text=_("Wer ist fachlich zuständig und beantwortet Rückfragen?"),
    )
    life_situations = ParentalManyToManyField(
        LifeSituation,
        blank=True,
        limit_choices_to=GERMAN_ONLY,
        related_name="services",
        verbose_name=_("Lebenslagen"),
    )
    keywords = models.TextField(
        _("Schlagworte"), blank=True, help_text=_("Mit Komma getrennt. Fachwörter und Namen, nach denen gesucht wird.")
    )
    synonyms = models.TextField(
        _("So suchen Menschen danach"),
        blank=True,
        help_text=_("Mit Komma getrennt, zum Beispiel: „Perso, Ausweis verloren“."),
    )
    legal_bases = StreamField([("legal_basis", LegalBasisBlock())], blank=True, verbose_name=_("Rechtsgrundlagen"))
    appeal = RichTextField(
        _("Rechtsbehelf"),
        blank=True,
        features=PROSE,
        help_text=_("Was Menschen tun können, wenn sie nicht einverstanden sind."),
    )
    further = StreamField([("link", LinkBlock())], blank=True, verbose_name=_("Weiterführende Informationen"))

    # care
    originator = models.CharField(
        _("Urheber des Textes"),
        max_length=250,
        blank=True,
        help_text=_("Wenn der Text von anderen stammt, zum Beispiel vom Land."),
    )
    content_owner = models.EmailField(
        _("Verantwortliche Redaktion"), blank=True, help_text=_("Funktionspostfach, das an die Prüfung erinnert wird.")
    )
    review_date = models.DateField(
        _("Zu prüfen bis"),
        null=True,
        blank=True,
        help_text=_("Spätestens dann liest jemand den Text Satz für Satz. Üblich: zwölf Monate, bei Kosten drei."),
    )

    base_form_class = ServicePageForm
    parent_page_types: ClassVar = ["cms.DepartmentPage"]
    subpage_types: ClassVar[list[str]] = []
    override_translatable_fields: ClassVar = [
        SynchronizedField(name, overridable=False)
        for name in ("slug", "responsible_unit", "life_situations", "originator")
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("teaser"),
        index.SearchField("keywords"),
        index.SearchField("synonyms"),
    ]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    SimpleLanguagePanel(),
                    TitleFieldPanel(
                        "title",
                        help_text=_("So, wie Menschen es nennen: „Hund anmelden“, nicht „Hundesteueranmeldung“."),
                    ),
                    FieldPanel("official_name"),
                    FieldPanel("teaser"),
                    FieldPanel("summary"),
                    FieldPanel("description"),
                    FieldPanel("audience"),
                    FieldPanel("notes"),
                    ReadabilityPanel(),
                    FaqPanel(),
                ],
                heading=_("Inhalt"),
            ),
            ObjectList(
                [
                    ProseAmountPanel(),
                    FieldPanel("fees"),
                    FieldPanel("fees_text"),
                    FieldPanel("deadlines"),
                    MultiFieldPanel(
                        [
                            FieldRowPanel(
                                [
                                    FieldPanel("processing_min"),
                                    FieldPanel("processing_max"),
                                    FieldPanel("processing_unit"),
                                ]
                            ),
                            FieldPanel("processing_text"),
                        ],
                        heading=_("Bearbeitungsdauer"),
                    ),
                ],
                heading=_("Kosten und Fristen"),
            ),
            ObjectList(
                [
                    FieldPanel("prerequisite_items"),
                    FieldPanel("prerequisites"),
                    FieldPanel("documents"),
                    FieldPanel("procedure"),
                    FieldPanel("paper_forms"),
                ],
                heading=_("Unterlagen"),
            ),
            ObjectList(
                [
                    FieldPanel("channels"),
                    MultiFieldPanel(
                        [
                            FieldPanel("availability"),
                            FieldPanel("availability_reason"),
                            FieldRowPanel([FieldPanel("availability_since"), FieldPanel("availability_until")]),
                        ],
                        heading=_("Ist die Leistung zurzeit zu haben?"),
                    ),
                    MultipleChooserPanel(
                        "service_contacts",
                        chooser_field_name="contact_point",
                        label=_("Kontaktpunkte"),
                        heading=_("Ansprechstellen"),
                    ),
                ],
                heading=_("Wege"),
            ),
            ObjectList(
                [
                    FieldPanel("responsible_unit"),
                    FieldPanel("life_situations", widget=CheckboxSelectMultiple),
                    FieldPanel("keywords"),
                    FieldPanel("synonyms"),
                    MultipleChooserPanel(
                        "related_services",
                        chooser_field_name="service",
                        label=_("Leistung"),
                        heading=_("Verwandte Leistungen"),
                    ),
                    InlinePanel("service_keys", label=_("Leistungsschlüssel"), heading=_("Leistungsschlüssel (LeiKa)")),
                    FieldPanel("legal_bases"),
                    FieldPanel("appeal"),
                    FieldPanel("further"),
                    FieldPanel("slug"),
                ],
                heading=_("Einordnung"),
            ),
            ObjectList(
                [
                    FieldPanel("content_owner"),
                    FieldPanel("review_date"),
                    FieldPanel("originator"),
                    PublishingPanel(),
                    CommentPanel(),
                ],
                heading=_("Pflege"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("Leistung")
        verbose_name_plural = _("Leistungen")

    def front_end_path(self) -> str:
        return f"/leistungen/{self.slug}"

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        return super()._get_autogenerated_slug(german_slug(self.title) or base_slug)

    @property
    def keyword_list(self) -> list[str]:
        """Editorial keywords, each once."""
        return split_phrases(self.keywords)

    @property
    def synonym_list(self) -> list[str]:
        """How people search for it, each once."""
        return split_phrases(self.synonyms)

    @property
    def is_simple(self) -> bool:
        """True for the version in Leichte Sprache."""
        return self.locale.language_code == "de-simple"

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Page | None, page: Page | None = None) -> bool:
        """Services have one flat address space a language (/leistungen/<slug>), whatever department they are in."""
        if not Page._slug_is_available(slug, parent_page, page):
            return False
        if parent_page is None:
            return True
        same = ServicePage.objects.filter(slug=slug, locale_id=parent_page.locale_id)
        return not same.exclude(pk=page.pk if page else None).exists()

    def clean(self) -> None:
        super().clean()
        low, high = self.processing_min, self.processing_max
        if low is not None and high is not None and low > high:
            raise ValidationError({"processing_max": _("„Bis“ muss mindestens so lang sein wie „von“.")})
        if (low is not None or high is not None) and not self.processing_unit:
            raise ValidationError({"processing_unit": _("Wählen Sie die Einheit, zum Beispiel Wochen.")})


class ServiceKey(Orderable):
    """A key of the service catalogue (LeiKa). A service may have several, a key may serve several services."""

    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="service_keys")
    key = models.CharField(_("Schlüssel"), max_length=14, validators=[SERVICE_KEY], db_index=True)

    panels: ClassVar = [FieldPanel("key")]

    class Meta(Orderable.Meta):
        verbose_name = _("Leistungsschlüssel")
        verbose_name_plural = _("Leistungsschlüssel")

    def __str__(self) -> str:
        return self.key


class ServiceContact(Orderable):
    """A contact point of a service, in the order editors gave."""

    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="service_contacts")
    contact_point = models.ForeignKey(
        ContactPoint, on_delete=models.CASCADE, related_name="service_contacts", verbose_name=_("Kontaktpunkt")
    )

    panels: ClassVar = [FieldPanel("contact_point")]

    class Meta(Orderable.Meta):
        verbose_name = _("Ansprechstelle")


class RelatedService(Orderable):
    """Another service that people with this concern often need."""

    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="related_services")
    service = models.ForeignKey(ServicePage, on_delete=models.CASCADE, related_name="+", verbose_name=_("Leistung"))

    panels: ClassVar = [FieldPanel("service")]

    class Meta(Orderable.Meta):
        verbose_name = _("verwandte Leistung")


class SimpleVersion(models.Model):
    """What the text in Leichte Sprache was compared with. Not part of any revision: none brings back an old state."""

    page = models.OneToOneField(ServicePage, on_delete=models.CASCADE, related_name="simple_version")
    source_hash = models.CharField(max_length=64)
    stale_since = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("Stand der Leichten Sprache")
        verbose_name_plural = _("Stände der Leichten Sprache")

    def __str__(self) -> str:
        return f"{self.page}: {'veraltet' if self.stale_since else 'aktuell'}"
