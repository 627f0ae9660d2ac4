"""The plain text of a service, for readability, comparison and warnings."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

from wagtail.rich_text import get_text_for_indexing

from cms.domain.amounts import find_amounts, find_untyped_amounts
from cms.models import ServicePage

PROSE_FIELDS = ("summary", "description", "fees_text", "prerequisites", "notes", "appeal")
TEXT_FIELDS = ("title", "teaser", "audience", "processing_text", "availability", "availability_reason")
LIST_FIELDS = ("prerequisite_items", "documents", "procedure", "fees", "deadlines", "channels")
BLOCK_ENDS = ("</p>", "</li>", "</h2>", "</h3>")


def html_to_text(html: str) -> str:
    """Text of rich text, a line for each paragraph or list item."""
    for end in BLOCK_ENDS:
        html = html.replace(end, f".{end}\n")
    lines = (line.strip() for line in get_text_for_indexing(html).splitlines())
    return "\n".join(
        line.replace("..", ".").replace("?.", "?").replace("!.", "!") for line in lines if line.strip(". ")
    )


def plain_text(page: ServicePage) -> str:
    """What a person reads in sentences: teaser, prose, steps."""
    parts = [page.teaser, *(html_to_text(getattr(page, name)) for name in PROSE_FIELDS), page.audience]
    parts += [html_to_text(step.value["text"].source) for step in page.procedure if step.value.get("text")]
    return "\n".join(part for part in parts if part)


def text_hash(page: ServicePage) -> str:
    """Fingerprint of everything a version in Leichte Sprache retells. Block ids do not count."""
    values: list = [getattr(page, name) for name in (*TEXT_FIELDS, *PROSE_FIELDS)]
    values += [page.processing_min, page.processing_max, page.processing_unit]
    values += [
        [(child.block_type, child.block.get_prep_value(child.value)) for child in getattr(page, name)]
        for name in LIST_FIELDS
    ]
    return hashlib.sha256(json.dumps(_without_ids(values), sort_keys=True, default=str).encode()).hexdigest()


def _without_ids(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_ids(item) for key, item in value.items() if key != "id"}
    if isinstance(value, list | tuple):
        return [_without_ids(item) for item in value]
    return value


def list_typed_amounts(page: ServicePage) -> list[Decimal]:
    """Every amount the typed fees know."""
    amounts: list[Decimal] = []
    for fee in page.fees:
        amounts += [fee.value.get("amount"), fee.value.get("amount_max")]
        amounts += [row.get("amount") for row in fee.value.get("rows") or []]
    return [amount for amount in amounts if amount is not None]


def list_untyped_amounts(page: ServicePage) -> list[Decimal]:
    """Amounts in the prose that no typed fee line has: the editor is warned."""
    prose = "\n".join(html_to_text(getattr(page, name)) for name in PROSE_FIELDS)
    typed = [*list_typed_amounts(page), *(Decimal(0) for fee in page.fees if fee.block_type == "free")]
    formulas = "\n".join(str(fee.value.get("text") or "") for fee in page.fees)
    return find_untyped_amounts(prose, [*typed, *find_amounts(formulas)])
