"""Is a service complete enough to be online? The rules of the editor's form, for imports and bulk actions."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from cms.forms import REASON_NEEDED
from cms.models import ServicePage

STREAMS = (
    "fees",
    "deadlines",
    "prerequisite_items",
    "documents",
    "procedure",
    "paper_forms",
    "channels",
    "legal_bases",
    "further",
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What keeps a service from going online: the field and the message an editor reads there."""

    field: str
    message: str


def list_gaps(page: ServicePage) -> list[Gap]:
    """All gaps of the latest draft; empty when the service may be published."""
    page = page.get_latest_revision_as_object()
    return [*_list_field_gaps(page), *_list_stream_gaps(page)]


def _list_field_gaps(page: ServicePage) -> list[Gap]:
    gaps = []
    try:
        page.full_clean()
    except ValidationError as error:
        gaps += [Gap(field, " ".join(messages)) for field, messages in error.message_dict.items()]
    if page.availability in {"limited", "unavailable"} and not page.availability_reason:
        gaps.append(Gap("availability_reason", str(REASON_NEEDED)))
    return gaps


def _list_stream_gaps(page: ServicePage) -> list[Gap]:
    gaps = []
    for name in STREAMS:
        value = getattr(page, name)
        try:
            value.stream_block.clean(value)
        except ValidationError as error:
            gaps.append(Gap(name, str(error)))
    return gaps
