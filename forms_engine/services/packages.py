"""Take a form in from another system, or make a copy of one here."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.api import Unit, User
from forms_engine.domain.differences import Difference, list_differences
from forms_engine.models import Form
from forms_engine.services.forms import create_form, save_draft_document


@dataclass(frozen=True)
class Taken:
    """What came of an import: the form, whether it is new, and what is different from before."""

    form: Form
    is_new: bool
    differences: list[Difference]

    @property
    def is_unchanged(self) -> bool:
        return not self.is_new and not self.differences


def take_document(document: dict[str, Any], *, unit: Unit, by: User | None, summary: str = "Paket eingelesen") -> Taken:
    """A form of this document, or its next draft: one change that the history can undo. The same document again
    changes nothing. What is online stays online. Raises DraftConflict."""
    document = document | {"unit": unit.key}
    with transaction.atomic():
        form = Form.objects.filter(key=document["key"]).first()
        if form is None:
            return Taken(create_form(document, unit=unit, by=by, summary=summary), is_new=True, differences=[])
        if form.draft == document:
            return Taken(form, is_new=False, differences=[])
        differences = list_differences(form.draft, document)
        save_draft_document(form, document, by=by, summary=summary, expected_version=form.draft_version)
    return Taken(form, is_new=False, differences=differences)


def copy_form(form: Form, *, key: str, title: str, by: User | None) -> Form:
    """A new form with the draft of another: questions, texts, rules and test cases. Raises FormExists."""
    document = copy.deepcopy(form.draft)
    locale = document.get("default_locale", "de")
    document |= {"key": key, "title": {**(document.get("title") or {}), locale: title}}
    return create_form(document, unit=form.unit, by=by, summary=f"Kopie von „{form.title}“")
