"""Offices and who works in them, for the administrator."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from accounts.models import Membership, Unit


class UnitViewSet(SnippetViewSet):
    model = Unit
    icon = "home"
    menu_label = "Ämter"
    list_display = ("name", "key", "email", "is_active")
    search_fields = ("name", "key")
    panels = (FieldPanel("name"), FieldPanel("key"), FieldPanel("email"), FieldPanel("parent"), FieldPanel("is_active"))


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "group"
    menu_label = "Zugehörigkeiten"
    list_display = ("user", "unit", "role")
    list_filter = ("unit", "role")
    panels = (FieldPanel("user"), FieldPanel("unit"), FieldPanel("role"))


class PeopleGroup(SnippetViewSetGroup):
    """Shown only to whoever has the permissions: administrators."""

    items = (UnitViewSet, MembershipViewSet)
    menu_label = "Ämter und Personen"
    menu_icon = "group"
    menu_order = 800


register_snippet(PeopleGroup)
