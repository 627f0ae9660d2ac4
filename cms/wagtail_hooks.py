"""Everything the admin learns from this app."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import ListingButton
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from cms.choosers import form_chooser_viewset
from cms.editing import offices, review_report, simple_language, translation
from cms.editing.listings import CityViewSetGroup, FaqViewSet, service_listing
from cms.editing.search_words import SearchSynonymViewSet
from cms.editing.start_page import WelcomePanel
from cms.models import ServicePage
from cms.services.publish_check import list_gaps
from cms.services.simple_language import find_simple_page

offices.register_policies()
register_snippet(FaqViewSet)
register_snippet(CityViewSetGroup)
register_snippet(SearchSynonymViewSet)

UNUSED_MENU_ITEMS = {"images", "page-types-usage", "forms", "redirects", "whats-new", "editor-guide"}


@hooks.register("register_admin_viewset")
def register_form_chooser() -> Any:
    return form_chooser_viewset


@hooks.register("register_admin_viewset")
def register_service_listing() -> Any:
    return service_listing


@hooks.register("register_admin_urls", order=-1)
def register_admin_urls() -> list[Any]:
    """Before those of wagtail-localize, two of whose views are replaced."""
    return [*translation.get_urls(), *simple_language.get_urls(), *review_report.get_urls()]


class ReviewMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("cms.change_faqentry")


@hooks.register("register_admin_menu_item")
def register_review_menu_item() -> MenuItem:
    return ReviewMenuItem(
        _("Zu prüfen"), reverse("cms_review_report"), name="review", icon_name="calendar-check", order=190
    )


@hooks.register("construct_main_menu")
@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_help_menu")
def hide_unused_menu_items(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Editors see what this city uses, nothing else."""
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_MENU_ITEMS and "whats-new" not in item.name]


@hooks.register("construct_homepage_panels")
def add_welcome(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WelcomePanel(request))


@hooks.register("construct_homepage_summary_items", order=1000)
def drop_summary(request: HttpRequest, items: list[Any]) -> None:
    """The welcome cards say it better than a row of counters."""
    items.clear()


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


@hooks.register("register_page_header_buttons")
def offer_simple_language(page: Any, user: Any, view_name: str | None = None, next_url: str | None = None) -> Any:
    """A German service that has no version in Leichte Sprache yet gets the button that creates it."""
    if not isinstance(page, ServicePage) or not page.locale.is_default or find_simple_page(page) is not None:
        return
    if page.permissions_for_user(user).can_edit():
        url = reverse("cms_simple_create", args=[page.pk])
        yield ListingButton(gettext("Leichte Sprache anlegen"), url, priority=55, icon_name="pick")


@hooks.register("before_bulk_action")
def refuse_to_publish_gaps(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Publishing many at once skips the form, so the rules of the form are checked here."""
    if action_type != "publish":
        return None
    incomplete = [
        page
        for page in objects
        if isinstance(getattr(page, "specific", page), ServicePage) and list_gaps(page.specific)
    ]
    for page in incomplete:
        messages.error(
            request,
            gettext("„%(title)s“ ist noch nicht vollständig. Öffnen Sie die Seite und veröffentlichen Sie sie dort.")
            % {"title": page.title},
        )
    return (
        redirect(request.get_full_path() if request.method == "GET" else action_class_instance.next_url)
        if incomplete
        else None
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("cms.simple_confirmed", _("Leichte Sprache abgeglichen"), _("Leichte Sprache abgeglichen"))
