"""Render everything anew, or check that it would come out the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction

from cms.documents import types  # noqa: F401 - registers the document types
from cms.documents.library import Library
from cms.documents.publishing import work_off
from cms.documents.registry import document_types
from cms.documents.rendered import canonical, etag_of
from cms.documents.state import lock_state
from cms.documents.store import Result, render_subject, store_subject
from cms.documents.tokens import Subject
from cms.models import ContentState, PublishedDocument
from common.api import clock

CHUNK = 10


@dataclass
class Report:
    """What a rebuild did, or what a check found: `type:ref (locale): why`."""

    subjects: int = 0
    changed: int = 0
    differences: list[str] = field(default_factory=list)


def all_subjects() -> list[Subject]:
    """Everything that is live, and everything that has a document and may no longer be."""
    library = Library()
    live = [kind.subject(ref) for _, kind in document_types.items() for ref in kind.refs(library)]
    stored = PublishedDocument.objects.filter(gone_at=None).order_by("type", "ref").values_list("type", "ref")
    return list(dict.fromkeys([*live, *(Subject(*pair) for pair in stored.distinct())]))


def rebuild(report: Report | None = None) -> Iterator[Report]:
    """Render all subjects, a few a transaction; unchanged documents stay untouched. Yields after each chunk."""
    report = report or Report()
    subjects = iter(all_subjects())
    while chunk := list(islice(subjects, CHUNK)):
        with transaction.atomic():
            state = lock_state()
            before = state.seq
            _rebuild_chunk(chunk, state)
            report.changed += state.seq - before
        report.subjects += len(chunk)
        yield report
    work_off()


def _rebuild_chunk(subjects: list[Subject], state: ContentState) -> None:
    """What others show of these is rendered in this run too, so no marks are needed."""
    library, today = Library(), clock.today()
    for subject in subjects:
        store_subject(subject, render_subject(subject, library, today), state, today)


def check() -> Report:
    """Render all subjects without writing and report every document that would come out differently."""
    report = Report()
    library = Library()
    for subject in all_subjects():
        report.subjects += 1
        report.differences += _differences(subject, library)
    return report


def _differences(subject: Subject, library: Library) -> list[str]:
    rows = PublishedDocument.objects.filter(type=subject.type, ref=subject.ref, gone_at=None).defer(
        "body_gz", "body_br"
    )
    stored = {row.locale: row for row in rows}
    day = next((row.rendered_for for row in stored.values() if row.rendered_for), clock.today())
    result = render_subject(subject, library, day)
    found = ((locale, _compare(stored.get(locale), result, locale)) for locale in sorted({*stored, *result.documents}))
    return [f"{subject} ({locale}): {problem}" for locale, problem in found if problem]


def _compare(row: PublishedDocument | None, result: Result, locale: str) -> str:
    document = result.documents.get(locale)
    if row is None:
        return "fehlt"
    if document is None:
        return "ist veröffentlicht, dürfte es aber nicht sein"
    if etag_of(bytes(row.body)) != row.etag:
        return "die gespeicherten Bytes passen nicht zum ETag"
    if etag_of(canonical(document.body)) != row.etag:
        return "der Inhalt ist veraltet"
    shown = (document.key, document.card, list(document.groups), document.search)
    return "" if shown == (row.key, row.card, row.groups, row.search) else "Karte, Adresse oder Suchtext sind veraltet"
