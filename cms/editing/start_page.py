"""The first page after signing in to the admin: what one can do here, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from accounts.api import edited_units_of
from cms.editing.review_report import list_services_to_review
from cms.models import FaqEntry, ServicePage


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to do: where it is, what it is called, what one does there."""

    url: str
    icon: str
    title: str
    text: str
    count: int | None = None


class WelcomePanel(Component):
    """Greets the person and shows the cards for what they may do."""

    name = "welcome"
    template_name = "cms/admin/welcome.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"name": self.request.user.first_name, "cards": list_cards(self.request.user)}


def list_cards(user: Any) -> list[Card]:
    """Cards for this person, without those that lead nowhere for them."""
    cards = []
    if user.has_perm("cms.change_faqentry"):
        visible = policy_registry.get_by_type(Page).explorable_instances(user)
        services = ServicePage.objects.filter(locale__language_code="de", pk__in=visible.values("pk")).count()
        questions = FaqEntry.objects.filter(locale__language_code="de").count()
        cards += [
            Card(
                reverse("services:index"),
                "doc-full-inverse",
                _("Leistungen"),
                _("Texte, Kosten, Fristen und Wege zum Antrag pflegen"),
                services,
            ),
            *_form_card(user),
            Card(
                reverse("wagtailsnippets_cms_faqentry:list"),
                "help",
                _("Häufige Fragen"),
                _("Fragen beantworten, die oft gestellt werden"),
                questions,
            ),
            Card(
                reverse("cms_review_report"),
                "calendar-check",
                _("Zu prüfen"),
                _("Texte, die bald geprüft werden müssen"),
                list_services_to_review(user).count(),
            ),
        ]
    return cards


def _form_card(user: Any) -> list[Card]:
    """The form desk belongs to the form engine; who edits for an office may use it."""
    if not edited_units_of(user).exists():
        return []
    return [Card(reverse("desk:index"), "form", _("Formulare"), _("Online-Anträge bauen und veröffentlichen"))]
