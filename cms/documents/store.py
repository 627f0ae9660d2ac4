"""Writes prepared documents and says what others have to notice. Needs the publishing lock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cms.documents.addresses import locale_codes
from cms.documents.library import Library
from cms.documents.registry import document_types
from cms.documents.rendered import SCHEMA_VERSION, Rendered, canonical, etag_of, pack
from cms.documents.rendering import Rendering
from cms.documents.state import next_seq
from cms.documents.tokens import Subject, card_token, group_token
from cms.models import ContentState, DocumentDependency, PublishedDocument
from common.api import clock


@dataclass(frozen=True, slots=True)
class Result:
    """All documents of a subject, and what they show."""

    documents: dict[str, Rendered]
    tokens: frozenset[str]
    is_dated: bool


def render_subject(subject: Subject, library: Library, today: date) -> Result:
    """The documents of a subject in all locales. Reads only."""
    kind = document_types.get(subject.type)
    documents: dict[str, Rendered] = {}
    tokens: set[str] = set()
    is_dated = False
    for locale in locale_codes():
        rendering = Rendering(library, locale, today)
        document = kind.render(subject.ref, rendering)
        if document is not None:
            documents[locale] = document
        tokens |= rendering.tokens
        is_dated = is_dated or rendering.is_dated
    return Result(documents, frozenset(tokens), is_dated)


def store_subject(subject: Subject, result: Result, state: ContentState, today: date) -> set[str]:
    """Write what has changed and give back the tokens of what others show of it."""
    stored = {row.locale: row for row in PublishedDocument.objects.filter(type=subject.type, ref=subject.ref)}
    emitted: set[str] = set()
    for locale in {*stored, *result.documents}:
        row, document = stored.get(locale), result.documents.get(locale)
        if document is None:
            emitted |= _remove(row, state)
        else:
            emitted |= _write(row, document, state, today if result.is_dated else None)
    _store_dependencies(subject, result.tokens if result.documents else frozenset())
    return emitted


def _write(row: PublishedDocument | None, document: Rendered, state: ContentState, day: date | None) -> set[str]:
    body = canonical(document.body)
    etag = etag_of(body)
    fresh = row or PublishedDocument(type=document.subject.type, ref=document.subject.ref, locale=document.locale)
    fields = _fields(document, etag, day)
    if row is not None and row.gone_at is None and all(getattr(row, name) == value for name, value in fields.items()):
        return set()
    emitted = _emitted(row, fields, document.subject)
    if row is None or row.etag != etag or row.gone_at is not None:
        packed = pack(body)
        fields |= {"body": packed.body, "body_gz": packed.gz, "body_br": packed.br}
    if row is None or row.gone_at is not None or any(getattr(row, name) != fields[name] for name in VISIBLE):
        fields["seq"] = next_seq(state)
    for name, value in (fields | {"gone_at": None}).items():
        setattr(fresh, name, value)
    fresh.save()
    return emitted


VISIBLE = ("etag", "key", "card", "groups", "position", "search", "schema_version")  # a change of these gets a number


def _fields(document: Rendered, etag: str, day: date | None) -> dict[str, Any]:
    return {
        "key": document.key,
        "lang": document.lang,
        "etag": etag,
        "position": document.position,
        "card": document.card,
        "groups": list(document.groups),
        "search": document.search,
        "rendered_for": day,
        "schema_version": SCHEMA_VERSION,
    }


def _emitted(row: PublishedDocument | None, fields: dict[str, Any], subject: Subject) -> set[str]:
    """A card others show, and groups that gained or lost a member or show another card of it."""
    before = row if row is not None and row.gone_at is None else None
    left = set(before.groups) if before else set()
    emitted = {group_token(group) for group in left ^ set(fields["groups"])}
    if before is None or before.card != fields["card"] or before.position != fields["position"]:
        emitted.add(card_token(subject.type, subject.ref))
        emitted.add(group_token(f"all:{subject.type}"))
    return emitted


def _remove(row: PublishedDocument | None, state: ContentState) -> set[str]:
    """Leave a tombstone: the row without bytes, with a number of its own."""
    if row is None or row.gone_at is not None:
        return set()
    subject = Subject(row.type, row.ref)
    emitted = {group_token(group) for group in row.groups}
    emitted |= {card_token(subject.type, subject.ref), group_token(f"all:{subject.type}")}
    empty: dict[str, Any] = {"body": b"", "body_gz": b"", "body_br": b"", "card": {}, "groups": [], "search": {}}
    for name, value in (
        empty | {"etag": "", "seq": next_seq(state), "gone_at": clock.now(), "rendered_for": None}
    ).items():
        setattr(row, name, value)
    row.save()
    return emitted


def _store_dependencies(subject: Subject, tokens: Iterable[str]) -> None:
    rows = DocumentDependency.objects.filter(subject=str(subject))
    known, wanted = set(rows.values_list("token", flat=True)), set(tokens)
    if known - wanted:
        rows.filter(token__in=known - wanted).delete()
    DocumentDependency.objects.bulk_create(
        DocumentDependency(subject=str(subject), token=token) for token in sorted(wanted - known)
    )
