"""Reads for other apps and for the API: search, sync, single documents. All content here is public."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cms.documents.addresses import DEFAULT_LOCALE
from cms.documents.rendered import SCHEMA_VERSION
from cms.documents.shelf import Entry, open_shelf
from cms.documents.state import ROW, current_stamp
from cms.models import ContentState, PublishedDocument, SearchSynonym
from cms.search.index import SearchDocument, SearchIndex
from cms.search.synonyms import Synonym, SynonymTable

SERVICES_COUNT = 130  # percent: who asks for "Sperrmüll" wants the service before a question about it
SEARCHED = ("service", "faq", "location", "page")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document that was found. `url` is its address in the front end, `score` is comparable within one answer."""

    kind: str
    id: str
    slug: str
    title: str
    teaser: str
    url: str
    score: int
    lang: str


class SearchHits(list[SearchHit]):
    """Hits, best first. `confident` is False when even the best one explains too little of the query."""

    confident: bool = False


@dataclass(frozen=True)
class _Searchable:
    """The index of a locale and what it was made of."""

    stamp: int
    fingerprint: tuple[Any, ...]
    index: SearchIndex
    documents: list[dict[str, Any]]


_indexes: dict[str, _Searchable] = {}
_building = Lock()


def search(query: str, *, locale: str, limit: int = 10, as_you_type: bool = False) -> SearchHits:
    """Services, questions, places and pages for what a person types, best first. Unknown locale: no hits."""
    searchable = _current(locale)
    matches = searchable.index.find(query, limit=limit, as_you_type=as_you_type)
    hits = SearchHits(_hit(searchable.documents[match.document], match.score) for match in matches.items)
    hits.confident = matches.confident
    return hits


def list_search_documents(locale: str) -> list[dict[str, Any]]:
    """What is searched, in index order: kind, id, slug, title, teaser, url, lang, names, text, synonyms."""
    return _current(locale).documents


def find_document(kind: str, ref: str, *, locale: str) -> dict[str, Any] | None:
    """A published document as data, or None. `ref` is its id (translation key or form key)."""
    from cms.documents.reading import read_json

    row = PublishedDocument.objects.filter(type=kind, ref=ref, locale=locale, gone_at=None).only("body").first()
    return read_json(bytes(row.body)) if row else None


def list_cards(*kinds: str, locale: str) -> list[Entry]:
    """Cards of all published documents of these kinds, in the order of the lists."""
    return open_shelf().list_entries(locale, *kinds)


def _hit(document: dict[str, Any], score: int) -> SearchHit:
    names = ("kind", "id", "slug", "title", "teaser", "url", "lang")
    return SearchHit(score=score, **{name: document[name] for name in names})


def _current(locale: str) -> _Searchable:
    """The index of the present content: one cheap query, and a new index only when something searchable changed."""
    stamp = current_stamp()
    known = _indexes.get(locale)
    if known is not None and known.stamp == stamp:
        return known
    with _building:
        known = _indexes.get(locale)
        if known is None or known.stamp != stamp:
            known = _indexes[locale] = _build(locale, stamp, known)
    return known


def _build(locale: str, stamp: int, known: _Searchable | None) -> _Searchable:
    rows = PublishedDocument.objects.filter(locale=locale, type__in=SEARCHED, gone_at=None)
    rows = rows.order_by("type", "position", "ref")
    table = SearchSynonym.objects.filter(locale_code__in={locale, DEFAULT_LOCALE}).order_by("pk")
    synonyms = tuple(Synonym(entry.word, tuple(entry.meaning_list)) for entry in table)
    fingerprint = (*rows.values_list("ref", "seq"), synonyms)
    if known is not None and known.fingerprint == fingerprint:
        return _Searchable(stamp, fingerprint, known.index, known.documents)
    documents = [found | {"id": ref} for ref, found in rows.values_list("ref", "search") if found]
    indexed = [
        SearchDocument(
            f"{entry['title']} {entry['names']}",
            entry["text"],
            tuple(entry["synonyms"]),
            SERVICES_COUNT if entry["kind"] == "service" else 100,
        )
        for entry in documents
    ]
    return _Searchable(stamp, fingerprint, SearchIndex(indexed, SynonymTable(synonyms)), documents)


class CursorTooOld(Exception):
    """Deletions since this cursor are forgotten; the client starts from a snapshot."""


class CursorInvalid(ValueError):
    """Not a cursor of this locale."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a client has read. `start` is where it began: deletions before that never concerned it."""

    locale: str
    start: int
    seq: int

    def __str__(self) -> str:
        text = f"{SCHEMA_VERSION}.{self.locale}.{self.start}.{self.seq}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str, locale: str) -> Cursor:
        """Raises CursorInvalid, or CursorTooOld for another schema."""
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
            schema, code, start, seq = raw.split(".")
            cursor = cls(code, int(start), int(seq))
        except (binascii.Error, ValueError) as error:
            raise CursorInvalid from error
        if code != locale or not 0 <= cursor.start < 2**62 or not 0 <= cursor.seq < 2**62:
            raise CursorInvalid
        if schema != str(SCHEMA_VERSION):
            raise CursorTooOld
        return cursor


@dataclass(frozen=True, slots=True)
class Delta:
    """Documents and tombstones after a cursor, oldest change first."""

    rows: list[PublishedDocument]
    next_cursor: Cursor
    is_complete: bool


def read_changes(locale: str, cursor: Cursor | None, *, limit: int) -> Delta:
    """What changed since the cursor; without one everything. Raises CursorTooOld. Two queries.

    Numbers are given in the order of commits, so everything up to the state that is read first is visible.
    """
    state = ContentState.objects.filter(pk=ROW).first() or ContentState(seq=0)
    at = cursor or Cursor(locale, state.seq, 0)
    if at.start < state.pruned_seq or at.seq > state.seq:
        raise CursorTooOld
    rows = PublishedDocument.objects.filter(locale=locale, seq__gt=at.seq, seq__lte=state.seq)
    if cursor is None:
        rows = rows.filter(gone_at=None)
    found = list(rows.defer("body_gz", "body_br", "card", "groups", "search").order_by("seq")[: limit + 1])
    if len(found) > limit:
        page = found[:limit]
        return Delta(page, Cursor(locale, at.start, page[-1].seq), is_complete=False)
    return Delta(found, Cursor(locale, state.seq, state.seq), is_complete=True)
