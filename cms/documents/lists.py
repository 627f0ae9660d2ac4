"""Lists put together from cards: services with filters and pages, questions, places, life situations, offices."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from cms.documents.parameters import read_flag, read_number
from cms.documents.rendered import Packed, canonical, pack
from cms.documents.shelf import Entry, Shelf
from cms.documents.voice import EVERYTHING
from common.api import problems

PAGE_SIZE = 20
LIST_QUALITY = 5  # compressed while somebody waits, then kept
MOST_PAGES = 100_000
Query = Mapping[str, str]
Body = dict[str, Any]


def find_list(shelf: Shelf, locale: str, name: str, query: Query) -> Packed | None:
    """The list as bytes; None when there is no such list. Raises Problem 400 for a wrong parameter."""
    known = LISTS.get(name)
    if known is None:
        return None
    wanted = _read_parameters(query) if name == "services" else ()
    address = f"{locale}/{name}?{wanted}"
    answer = shelf.answers.get(address)
    if answer is not None:
        return answer
    return shelf.put(address, pack(canonical(known(shelf, locale, *wanted)), quality=LIST_QUALITY))


def _read_parameters(query: Query) -> tuple[str, str, bool | None, int]:
    """(life situation, unit, online, page); unknown parameters are ignored."""
    online = read_flag(query, "online")
    page = read_number(query, "page", default=1, most=MOST_PAGES)
    return query.get("life_situation", ""), query.get("unit", ""), online, page


def _services(shelf: Shelf, locale: str, situation: str, unit: str, online: bool | None, page: int) -> Body:
    entries = [
        entry
        for entry in shelf.list_entries(locale, "service")
        if (not situation or situation in entry.card["life_situations"])
        and (not unit or unit == (entry.card["unit"] or {}).get("slug"))
        and (online is None or entry.card["online"] is online)
    ]
    pages = max(1, math.ceil(len(entries) / PAGE_SIZE))
    if page > pages:
        raise problems.Problem(404, detail=f"Diese Liste hat {pages} Seiten.")
    shown = entries[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return {**_items(locale, shown), "count": len(entries), "page": page, "pages": pages}


def _life_situations(shelf: Shelf, locale: str) -> Body:
    """With the number of services in each."""
    entries = shelf.list_entries(locale, "life_situation", "service")
    counts = Counter(slug for entry in entries if entry.type == "service" for slug in entry.card["life_situations"])
    found = [entry for entry in entries if entry.type == "life_situation"]
    body = _items(locale, found)
    body["items"] = [item | {"count": counts[item["slug"]]} for item in body["items"]]
    return body


def _faq(shelf: Shelf, locale: str) -> Body:
    """Each question with its topic: the life situation most of its services share, of several the one with the fewest
    services ("Ausweise" rather than "Neu in Jena"); None where its services have none."""
    entries = shelf.list_entries(locale, "faq", "service", "life_situation")
    titles = {entry.card["slug"]: entry.card["title"] for entry in entries if entry.type == "life_situation"}
    situations = {entry.card["slug"]: entry.card["life_situations"] for entry in entries if entry.type == "service"}
    services = Counter(slug for slugs in situations.values() for slug in slugs)
    ranks = {slug: (services[slug], rank) for rank, slug in enumerate(titles)}

    def topic(question: Body) -> dict[str, str] | None:
        slugs = (slug for service in question["services"] for slug in situations.get(service["slug"], ()))
        shared = Counter(slug for slug in slugs if slug in titles)
        slug = min(shared, key=lambda found: (-shared[found], *ranks[found]), default=None)
        return None if slug is None else {"slug": slug, "title": titles[slug]}

    body = _items(locale, [entry for entry in entries if entry.type == "faq"])
    body["items"] = [item | {"life_situation": topic(item)} for item in body["items"]]
    return body


def _simple(kind: str) -> Callable[..., Body]:
    return lambda shelf, locale: _items(locale, shelf.list_entries(locale, kind))


def _items(locale: str, entries: list[Entry]) -> Body:
    """Each item says its language; the list says whether all (`*`) or some (`items`) are not in the one asked for."""
    foreign = [entry for entry in entries if entry.card.get("lang", entry.lang) != locale]
    is_all = bool(entries) and len(foreign) == len(entries)
    untranslated = [EVERYTHING] if is_all else ["items"] if foreign else []
    items = [entry.card for entry in entries]
    return {"locale": locale, "lang": "de" if is_all else locale, "untranslated": untranslated, "items": items}


LISTS: dict[str, Callable[..., Body]] = {
    "services": _services,
    "faq": _faq,
    "locations": _simple("location"),
    "life-situations": _life_situations,
    "units": _simple("unit"),
}
