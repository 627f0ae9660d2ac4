"""From an address below /api/v1/ to prepared bytes: one way for the middleware and for the views.

Raises Problem for wrong parameters. The middleware then lets the request go on to the view, which says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cms.documents.addresses import locale_codes
from cms.documents.lists import LISTS, find_list
from cms.documents.rendered import Packed
from cms.documents.shelf import open_shelf
from cms.rest_api.search import answer_search
from cms.rest_api.sync import answer_sync

Query = Mapping[str, str]
LIVE: dict[str, Callable[[str, Query], Packed]] = {"search": answer_search, "sync": answer_sync}
LOCALES = frozenset(locale_codes())


def find_answer(path: str, query: Query) -> Packed | None:
    """The bytes for `de/services`, `de/services/hund-anmelden`, `de/search` ...; None when there is nothing."""
    locale, _, rest = path.partition("/")
    if locale not in LOCALES or not rest or "\0" in path:
        return None
    if rest in LIVE:
        return LIVE[rest](locale, query)
    if rest in LISTS:
        return find_list(open_shelf(), locale, rest, query)
    return open_shelf().document(path)
