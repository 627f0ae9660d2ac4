"""GET /{locale}/sync: all documents once, then only what changed. For apps, kiosks and the assistant."""

from __future__ import annotations

from collections.abc import Mapping

from cms.documents.parameters import read_number
from cms.documents.rendered import Packed, canonical, pack
from cms.models import PublishedDocument
from cms.queries import Cursor, CursorInvalid, CursorTooOld, Delta, read_changes
from common.api import problems

QUALITY = 4


def answer_sync(locale: str, query: Mapping[str, str]) -> Packed:
    """Puts and deletions in the order they happened. Go on while `complete` is false."""
    limit = read_number(query, "limit", default=100, most=500)
    try:
        text = query.get("cursor")
        delta = read_changes(locale, Cursor.parse(text, locale) if text else None, limit=limit)
    except CursorInvalid:
        error = {"path": "cursor", "code": "invalid", "message": "Das ist kein gültiger Stand dieser Sprache."}
        raise problems.Problem(400, errors=[error]) from None
    except CursorTooOld:
        detail = "Dieser Stand ist zu alt. Beginnen Sie ohne cursor."
        raise problems.Problem(410, detail=detail, extra={"snapshot": f"/api/v1/{locale}/sync"}) from None
    return pack(_body(delta), quality=QUALITY)


def _body(delta: Delta) -> bytes:
    """Put together from prepared bytes: a document is never parsed to be sent."""
    items = b",".join(map(_item, delta.rows))
    complete = b"true" if delta.is_complete else b"false"
    return b'{"complete":%b,"items":[%b],"next_cursor":%b}' % (complete, items, canonical(str(delta.next_cursor)))


def _item(row: PublishedDocument) -> bytes:
    name = b'"id":%b' % canonical(row.ref), b'"type":%b' % canonical(row.type)
    if row.gone_at is not None:
        return b'{%b,"op":"del",%b}' % name
    return b'{"doc":%b,"etag":"%b",%b,"op":"put",%b}' % (bytes(row.body), row.etag.encode(), *name)
