"""GET /{locale}/search: what a person types, answered from the index in this process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from cms.documents.parameters import read_flag, read_number
from cms.documents.rendered import Packed, canonical, pack
from cms.queries import SearchHits, list_cards, search
from cms.search.index import LONGEST_QUERY
from common.api import problems

SUGGESTED = 8
QUALITY = 4  # of the compression: made for one person


def answer_search(locale: str, query: Mapping[str, str]) -> Packed:
    """Ranked hits; when the answer is unsure also offices and life situations to go on from."""
    text = query.get("q")
    if text is None:
        error = {"path": "q", "code": "required", "message": "Wonach soll gesucht werden?"}
        raise problems.Problem(400, errors=[error])
    limit = read_number(query, "limit", default=10, most=50)
    hits = search(text, locale=locale, limit=limit, as_you_type=read_flag(query, "typing") or False)
    return pack(canonical(_body(text[:LONGEST_QUERY], locale, hits)), quality=QUALITY)


def _body(text: str, locale: str, hits: SearchHits) -> dict[str, Any]:
    foreign = [hit for hit in hits if hit.lang != locale]
    return {
        "q": text,
        "locale": locale,
        "lang": "de" if hits and len(foreign) == len(hits) else locale,
        "untranslated": ["items"] if foreign else [],
        "items": [asdict(hit) for hit in hits],
        "confident": hits.confident,
        "suggestions": {"units": [], "life_situations": []} if hits.confident else _suggestions(locale),
    }


def _suggestions(locale: str) -> dict[str, list[dict[str, Any]]]:
    cards = list_cards("unit", "life_situation", locale=locale)
    units = [entry.card for entry in cards if entry.type == "unit"]
    situations = [entry.card for entry in cards if entry.type == "life_situation"]
    return {"units": units[:SUGGESTED], "life_situations": situations[:SUGGESTED]}
