"""The city-wide synonym table in the admin: "Perso" finds what says "Personalausweis"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import SearchSynonym


class SearchSynonymViewSet(SnippetViewSet):
    """Counts for the search from the moment it is saved."""

    model = SearchSynonym
    icon = "search"
    menu_label = _("Suchwörter")
    menu_name = "search-words"
    menu_order = 190
    add_to_admin_menu = True
    list_display = ("word", "meanings", "locale_code")
    search_fields = ("word", "meanings")
