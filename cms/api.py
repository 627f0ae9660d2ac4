"""The door to the city's content for other apps."""

from cms.documents.publishing import publish_in_bulk, sweep
from cms.queries import (
    SearchHit,
    SearchHits,
    find_document,
    list_cards,
    list_search_documents,
    search,
)

__all__ = [
    "SearchHit",
    "SearchHits",
    "find_document",
    "list_cards",
    "list_search_documents",
    "publish_in_bulk",
    "search",
    "sweep",
]
