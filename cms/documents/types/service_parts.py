"""The typed parts of a service as JSON rows: fees, deadlines, documents, steps, links, channels."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cms.documents.cards import location_card
from cms.documents.rendering import Rendering
from cms.models import Location, ServicePage

Row = dict[str, Any]
CHANNEL_LABELS = {
    "online_form": {"de": "Online beantragen", "en": "Apply online", "de-simple": "Im Internet beantragen"},
    "external_link": {"de": "Online beantragen", "en": "Apply online", "de-simple": "Im Internet beantragen"},
    "on_site": {"de": "Vor Ort", "en": "In person", "de-simple": "Zu uns kommen"},
    "post": {"de": "Mit der Post", "en": "By post", "de-simple": "Mit der Post"},
    "phone": {"de": "Am Telefon", "en": "By phone", "de-simple": "Am Telefon"},
}


def fee_rows(page: ServicePage) -> list[Row]:
    """Each kind of fee with the same members, so that clients need no special cases."""
    return [_fee(block.block_type, block.value) for block in page.fees]


def _fee(kind: str, value: Any) -> Row:
    return {
        "kind": kind,
        "label": value.get("label") or "",
        "amount": _money(value.get("amount")),
        "amount_max": _money(value.get("amount_max")),
        "currency": value.get("currency") or "EUR",
        "rows": [{"label": row["label"], "amount": _money(row["amount"])} for row in value.get("rows") or ()],
        "text": value.get("text") or "",
        "legal_basis": value.get("legal_basis") or "",
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def deadline_rows(page: ServicePage) -> list[Row]:
    """A duration (amount and unit) or a date."""
    return [
        {
            "kind": block.value["kind"],
            "label": block.value["label"] or "",
            "amount": block.value["amount"],
            "unit": block.value["unit"] or None,
            "date": block.value["date"].isoformat() if block.value["date"] else None,
            "text": block.value["text"] or "",
        }
        for block in page.deadlines
    ]


def document_rows(page: ServicePage) -> list[Row]:
    """What to bring."""
    return [
        {
            "title": block.value["title"],
            "note": block.value["note"] or "",
            "original": bool(block.value["original"]),
            "required": bool(block.value["required"]),
        }
        for block in page.documents
    ]


def step_rows(page: ServicePage, rendering: Rendering) -> list[Row]:
    """How it goes, step by step."""
    return [
        {"title": block.value["title"], "text": rendering.html(rich_source(block.value["text"]))}
        for block in page.procedure
    ]


def link_rows(stream: Any) -> list[Row]:
    """Title and address; the address may be missing (a by-law that is not online)."""
    return [{"title": block.value["title"], "url": block.value["url"] or None} for block in stream]


def channel_rows(page: ServicePage) -> list[Row]:
    """Ways to apply with the words of this version; an online form counts only while it is online."""
    return [_channel(block.block_type, block.value) for block in page.channels]


def _channel(kind: str, value: Any) -> Row:
    form = value.get("form")
    return {
        "kind": kind,
        "label": value.get("label") or "",
        "text": value.get("text") or "",
        "url": value.get("url") or None,
        "form_key": form.key if form and form.live_id else None,
        "location": value["location"].pk if value.get("location") else None,
        "address": value.get("address") or None,
        "phone": value.get("phone") or None,
    }


def finish_channels(rows: list[Row], slug: str, rendering: Rendering) -> list[Row]:
    """Labels where the editor gave none, addresses, places; forms that are offline are left out."""
    return [
        _finish(row, slug, rendering) for row in rows if row["kind"] != "online_form" or row["form_key"] is not None
    ]


def _finish(row: Row, slug: str, rendering: Rendering) -> Row:
    finished = dict(row)
    finished["label"] = row["label"] or CHANNEL_LABELS[row["kind"]].get(rendering.locale, "")
    finished["location"] = location_card(rendering, rendering.library.key_of(Location, row["location"]))
    if row["kind"] == "online_form":
        finished["url"] = rendering.path(f"/leistungen/{slug}/check")
    return finished


def rich_source(value: Any) -> str:
    """The stored HTML of a rich text block."""
    return getattr(value, "source", value) or ""
