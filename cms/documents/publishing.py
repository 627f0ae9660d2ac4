"""What happens when content changes: the document itself at once, everything that shows it right after.

1. `publish_subject` renders the subject in the caller's transaction (so an unpublished page is gone with the commit)
   and writes *marks* for whatever others show of it: rows in the same transaction, which no crash can lose.
2. After the commit `work_off` turns marks into subjects and renders those, a few at a time, each chunk in a short
   transaction. Few are done at once; for more a django task goes on; what is left behind by a crash the sweep finds.

A render is a pure function of the live content, so it may be repeated and needs no order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import local

from django.db import transaction
from django.db.models import Q

from cms.documents import types  # noqa: F401 - registers the document types
from cms.documents.addresses import DEFAULT_LOCALE
from cms.documents.library import Library
from cms.documents.registry import document_types
from cms.documents.state import lock_state
from cms.documents.store import render_subject, store_subject
from cms.documents.tokens import RENDER, Subject, render_token
from cms.models import DirtyMark, DocumentDependency, PublishedDocument
from common.api import clock
from forms_engine.api import list_published_flows

logger = logging.getLogger(__name__)
AT_ONCE = 20  # subjects rendered in the process that published; more go to a task
CHUNK = 5  # subjects a transaction: the lock is held for a fraction of a second
TOMBSTONE_DAYS = 90


class _Bulk(local):
    depth = 0
    subjects: set[Subject]


_bulk = _Bulk()


def publish_subject(subject: Subject, *tokens: str) -> None:
    """Render the subject now, in the caller's transaction; mark what shows it, plus the given tokens."""
    if _bulk.depth:
        _bulk.subjects.add(subject)
        mark(*tokens)
        return
    with transaction.atomic():
        emitted = _render_and_store([subject])
        DirtyMark.objects.filter(token=render_token(subject)).delete()
        mark(*emitted, *tokens)


def mark(*tokens: str) -> None:
    """Note in this transaction that whatever shows this must be rendered anew, and do it after the commit."""
    if not tokens:
        return
    moment = clock.now()
    DirtyMark.objects.bulk_create(DirtyMark(token=token, marked_at=moment) for token in sorted(set(tokens)))
    if not _bulk.depth:
        transaction.on_commit(_after_commit, robust=True)


@contextmanager
def publish_in_bulk() -> Iterator[None]:
    """Collect what is published inside and render it once at the end. For imports."""
    if _bulk.depth == 0:
        _bulk.subjects = set()
    _bulk.depth += 1
    try:
        yield
    finally:
        _bulk.depth -= 1
        if _bulk.depth == 0 and not transaction.get_connection().needs_rollback:
            mark(*map(render_token, _bulk.subjects))
            if not transaction.get_connection().in_atomic_block:
                work_off()


def _after_commit() -> None:
    if work_off(limit=AT_ONCE):
        from cms.tasks import refresh_documents

        refresh_documents.enqueue()


def work_off(*, limit: int | None = None) -> int:
    """Render marked subjects, at most `limit`. Returns how many are still to do. Safe to run twice, and in parallel."""
    done = 0
    while True:
        waiting = _expand_marks()
        if not waiting:
            return 0
        if limit is not None and done >= limit:
            return waiting
        done += _render_chunk()


def _expand_marks() -> int:
    """Turn "this card changed" into "render these subjects"; returns how many marks wait for rendering."""
    if DirtyMark.objects.exclude(token__startswith=RENDER).exists():
        with transaction.atomic():
            lock_state()
            marks = dict(DirtyMark.objects.exclude(token__startswith=RENDER).values_list("pk", "token"))
            subjects = _dependants(set(marks.values()))
            moment = clock.now()
            DirtyMark.objects.bulk_create(
                DirtyMark(token=RENDER + subject, marked_at=moment) for subject in sorted(subjects)
            )
            DirtyMark.objects.filter(pk__in=list(marks)).delete()
    return DirtyMark.objects.filter(token__startswith=RENDER).values("token").distinct().count()


def _dependants(tokens: set[str]) -> set[str]:
    found: set[str] = set()
    ordered = sorted(tokens)
    for start in range(0, len(ordered), 500):
        rows = DocumentDependency.objects.filter(token__in=ordered[start : start + 500])
        found.update(rows.values_list("subject", flat=True))
    return found


def _render_chunk() -> int:
    """Render the subjects of the oldest marks in one transaction."""
    with transaction.atomic():
        lock_state()
        waiting = DirtyMark.objects.filter(token__startswith=RENDER).order_by("pk").values_list("token", flat=True)
        tokens = list(dict.fromkeys(waiting[: CHUNK * 4]))[:CHUNK]
        marks = list(DirtyMark.objects.filter(token__in=tokens).values_list("pk", flat=True))
        subjects = [Subject.parse(token.removeprefix(RENDER)) for token in tokens]
        mark_again = _render_and_store(subjects)
        moment = clock.now()
        DirtyMark.objects.bulk_create(DirtyMark(token=token, marked_at=moment) for token in sorted(mark_again))
        DirtyMark.objects.filter(pk__in=marks).delete()
    return len(tokens)


def _render_and_store(subjects: Iterable[Subject]) -> set[str]:
    """Take the lock first, then read: what others committed before is seen."""
    state = lock_state()
    library, today = Library(), clock.today()
    emitted: set[str] = set()
    for subject in subjects:
        if document_types.find(subject.type) is not None:
            emitted |= store_subject(subject, render_subject(subject, library, today), state, today)
    return emitted


def sweep() -> int:
    """What the worker does every minute: finish what a crash left, renew dated documents, forget old tombstones."""
    mark(*map(render_token, _outdated()))
    left = work_off()
    _prune()
    return left


def _outdated() -> set[Subject]:
    """Places need the day; whatever else shows opening hours needs the year (public holidays)."""
    today = clock.today()
    stale = Q(type="location", rendered_for__lt=today) | Q(rendered_for__year__lt=today.year)
    rows = PublishedDocument.objects.filter(stale, gone_at=None)
    return {Subject(kind, ref) for kind, ref in rows.values_list("type", "ref")} | _outdated_flows()


def _outdated_flows() -> set[Subject]:
    """The news that a form went online comes after its commit; a crash in between is noticed here."""
    live = {flow.key: flow.version for flow in list_published_flows()}
    rows = PublishedDocument.objects.filter(type="flow", locale=DEFAULT_LOCALE, gone_at=None)
    shown = {ref: card["version"] for ref, card in rows.values_list("ref", "card")}
    return {Subject("flow", key) for key in live.keys() | shown.keys() if live.get(key) != shown.get(key)}


def _prune() -> None:
    """Deletions are remembered for 90 days; whoever was away longer starts from a snapshot (410)."""
    old = PublishedDocument.objects.filter(gone_at__lt=clock.now() - timedelta(days=TOMBSTONE_DAYS))
    newest = old.order_by("-seq").values_list("seq", flat=True).first()
    if newest is None:
        return
    with transaction.atomic():
        state = lock_state()
        state.pruned_seq = max(state.pruned_seq, newest)
        state.save(update_fields=["pruned_seq"])
        old.delete()
