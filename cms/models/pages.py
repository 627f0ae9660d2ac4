"""The page tree: home, departments, content pages. Pages are shown by the front end, never by Django templates."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail_headless_preview.models import HeadlessMixin
from wagtail_localize.fields import SynchronizedField

from cms.blocks import PROSE, BodyStreamBlock
from cms.models.base import public_path
from cms.models.units import OrganisationalUnit


class FrontEndPage(HeadlessMixin, Page):
    """A page whose address and preview are those of the front end."""

    class Meta:
        abstract = True

    def front_end_path(self) -> str:
        """Path without language prefix."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """The address citizens use: PUBLIC_ORIGIN and the path of the front end."""
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        return parts[0], settings.PUBLIC_ORIGIN, public_path(self.locale, self.front_end_path())


class HomePage(FrontEndPage):
    """The start page of a language; departments and content pages live below it."""

    claim = models.CharField(
        _("Leitsatz"), max_length=150, blank=True, help_text=_("Der große Satz oben auf der Startseite.")
    )
    intro = RichTextField(
        _("Einleitung"), blank=True, features=PROSE, help_text=_("Ein bis zwei Sätze unter dem Leitsatz.")
    )
    hint_title = models.CharField(_("Überschrift des Hinweises"), max_length=120, blank=True)
    hint = RichTextField(
        _("Hinweis"),
        blank=True,
        features=PROSE,
        help_text=_("Aktuelles, zum Beispiel eine Störung. Leer: kein Hinweis."),
    )

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["cms.DepartmentPage", "cms.ContentPage"]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("claim"),
        FieldPanel("intro"),
        MultipleChooserPanel(
            "featured_services",
            chooser_field_name="service",
            label=_("Häufig gesucht"),
            help_text=_("Sechs bis acht Leistungen, die auf der Startseite stehen."),
        ),
        MultiFieldPanel([FieldPanel("hint_title"), FieldPanel("hint")], heading=_("Aktueller Hinweis")),
    ]

    class Meta:
        verbose_name = _("Startseite")
        verbose_name_plural = _("Startseiten")

    def front_end_path(self) -> str:
        return "/"

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request)
        if parts is None or parts[2] == "/":
            return parts
        return parts[0], parts[1], parts[2].rstrip("/")


class FeaturedService(Orderable):
    """A service shown on the start page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="featured_services")
    service = models.ForeignKey(
        "cms.ServicePage", on_delete=models.CASCADE, related_name="+", verbose_name=_("Leistung")
    )

    panels: ClassVar = [FieldPanel("service")]

    class Meta(Orderable.Meta):
        verbose_name = _("häufig gesuchte Leistung")


class DepartmentPage(FrontEndPage):
    """The subtree of a department: holds its services and is what its editors may change."""

    unit = models.ForeignKey(
        OrganisationalUnit, null=True, on_delete=models.PROTECT, related_name="department_pages", verbose_name=_("Amt")
    )

    parent_page_types: ClassVar = ["cms.HomePage", "cms.DepartmentPage"]
    subpage_types: ClassVar = ["cms.ServicePage", "cms.DepartmentPage"]
    override_translatable_fields: ClassVar = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("unit", overridable=False),
    ]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("unit")]

    class Meta:
        verbose_name = _("Fachbereich")
        verbose_name_plural = _("Fachbereiche")

    def front_end_path(self) -> str:
        return f"/aemter/{self.unit.slug if self.unit else self.slug}"


class ContentPage(FrontEndPage):
    """A page of free content: imprint, privacy, accessibility statement, about us."""

    teaser = models.CharField(_("Anreißer"), max_length=200, blank=True)
    body = StreamField(BodyStreamBlock(), blank=True, verbose_name=_("Inhalt"))

    parent_page_types: ClassVar = ["cms.HomePage", "cms.ContentPage"]
    subpage_types: ClassVar = ["cms.ContentPage"]
    override_translatable_fields: ClassVar = [SynchronizedField("slug", overridable=False)]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("teaser"), FieldPanel("body")]

    class Meta:
        verbose_name = _("Inhaltsseite")
        verbose_name_plural = _("Inhaltsseiten")

    def front_end_path(self) -> str:
        """Slugs from below the start page: /seiten/impressum, /seiten/ueber-uns/presse."""
        slugs = [slug for slug in self.url_path.split("/") if slug]
        return "/seiten/" + "/".join(slugs[1:])
