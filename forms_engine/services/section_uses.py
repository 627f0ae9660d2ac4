"""Keeps the index of where forms use sections."""

from __future__ import annotations

from typing import Any

from forms_engine.domain.sections.uses import list_uses
from forms_engine.models import Form, SectionUse


def note_uses(form: Form, document: dict[str, Any], *, is_live: bool) -> None:
    """The index says of this draft, or live flow, what the document says. Call it in the transaction that saves it."""
    found = [(use.key[:100], use.path[:1000], use.hash[:64]) for use in list_uses(document)]
    rows = SectionUse.objects.filter(form=form, is_live=is_live)
    if list(rows.values_list("section", "path", "hash")) == found:
        return
    rows.delete()
    SectionUse.objects.bulk_create(
        SectionUse(form=form, section=key, path=path, hash=made, is_live=is_live) for key, path, made in found
    )
