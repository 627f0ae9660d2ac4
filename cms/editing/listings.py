"""Lists of services and shared content in the admin menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.editing.offices import OfficeViewSet
from cms.models import ContactPoint, FaqEntry, LifeSituation, Location, OrganisationalUnit, ServicePage


class ServiceListing(PageListingViewSet):
    """All services of all departments the person may see, in one flat list."""

    model = ServicePage
    icon = "doc-full-inverse"
    menu_label = _("Leistungen")
    menu_name = "services"
    menu_order = 150
    add_to_admin_menu = True
    name = "services"
    list_filter = ("responsible_unit", "availability", "life_situations", "locale")


class FaqViewSet(OfficeViewSet):
    model = FaqEntry
    icon = "help"
    menu_label = _("Häufige Fragen")
    menu_name = "faq"
    menu_order = 170
    add_to_admin_menu = True
    list_display = (
        "question",
        "unit",
        Column("status_string", label=_("Status")),
        DateColumn("latest_revision.created_at", label=_("Geändert")),
    )
    list_filter = ("unit",)
    list_per_page = 50


class UnitViewSet(OfficeViewSet):
    model = OrganisationalUnit
    icon = "group"
    list_display = ("name", "parent", "phone", Column("status_string", label=_("Status")))


class LocationViewSet(OfficeViewSet):
    model = Location
    icon = "home"
    list_display = ("name", "street", "place", Column("status_string", label=_("Status")))


class ContactPointViewSet(OfficeViewSet):
    model = ContactPoint
    icon = "mail"
    list_display = ("name", "purpose", "unit", Column("status_string", label=_("Status")))
    list_filter = ("unit",)


class LifeSituationViewSet(OfficeViewSet):
    model = LifeSituation
    icon = "pick"
    list_display = ("title", "position", Column("status_string", label=_("Status")))


class CityViewSetGroup(SnippetViewSetGroup):
    """What many services share."""

    items = (UnitViewSet, LocationViewSet, ContactPointViewSet, LifeSituationViewSet)
    menu_label = _("Ämter und Orte")
    menu_name = "city"
    menu_icon = "site"
    menu_order = 180
    add_to_admin_menu = True


service_listing = ServiceListing()
