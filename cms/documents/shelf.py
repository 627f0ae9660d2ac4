"""The memory of a process: answers and cards of one state of the content. Another state means an empty shelf.

Every request reads the stamp of the state (one indexed read), so every process sees a change with its next request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cms.documents.rendered import Packed
from cms.documents.state import current_stamp
from cms.models import PublishedDocument

MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """What lists know of a document."""

    type: str
    ref: str
    lang: str
    card: dict[str, Any]
    groups: tuple[str, ...]


@dataclass
class Shelf:
    """Belongs to one state; filling it twice in parallel does no harm."""

    stamp: int
    answers: dict[str, Packed] = field(default_factory=dict)
    entries: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    size: int = 0

    def put(self, address: str, answer: Packed) -> Packed:
        """Keep an answer, within bounds: what strangers ask for must not fill the memory."""
        self.size += len(answer.body) + len(answer.gz) + len(answer.br) + 500
        if self.size > MOST_BYTES:
            self.answers, self.size = {}, 0
        self.answers[address] = answer
        return answer

    def document(self, key: str) -> Packed | None:
        """The prepared document with this key; one query when it is not in memory."""
        known = self.answers.get(key)
        return known if known is not None else self._read(key)

    def list_entries(self, locale: str, *types: str) -> list[Entry]:
        """Cards of all documents of these types in their order; one query when they are not in memory."""
        missing = [name for name in types if (locale, name) not in self.entries]
        if missing:
            found = _read_entries(locale, missing)
            for name in missing:
                self.entries[locale, name] = [entry for entry in found if entry.type == name]
        return [entry for name in types for entry in self.entries[locale, name]]

    def _read(self, key: str) -> Packed | None:
        rows = PublishedDocument.objects.filter(key=key, gone_at=None).order_by("pk")
        row = rows.values_list("etag", "body", "body_gz", "body_br").first()
        if row is None:
            return None
        etag, body, gz, br = row
        return self.put(key, Packed(etag, bytes(body), bytes(gz), bytes(br)))


_shelf = Shelf(-1)


def open_shelf() -> Shelf:
    """The shelf of the present state. One query."""
    global _shelf
    stamp = current_stamp()
    shelf = _shelf
    if shelf.stamp != stamp:
        shelf = _shelf = Shelf(stamp)
    return shelf


def _read_entries(locale: str, types: list[str]) -> list[Entry]:
    rows = PublishedDocument.objects.filter(locale=locale, type__in=types, gone_at=None).order_by("position", "pk")
    return [
        Entry(kind, ref, lang, card, tuple(groups))
        for kind, ref, lang, card, groups in rows.values_list("type", "ref", "lang", "card", "groups")
    ]
