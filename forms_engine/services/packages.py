"""Take a form in from another system, or make a copy of one here."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.api import Unit, User, edited_units_of, find_unit
from forms_engine.domain.differences import Difference, list_differences
from forms_engine.domain.sections.copying import section_hash
from forms_engine.models import Form
from forms_engine.permissions import can_edit
from forms_engine.queries.sections import get_states
from forms_engine.services.forms import FormKindFixed, create_form, publish_form, save_draft_document


@dataclass(frozen=True)
class Taken:
    """What came of an import: the form, whether it is new, and what is different from before."""

    form: Form
    is_new: bool
    differences: list[Difference]

    @property
    def is_unchanged(self) -> bool:
        return not self.is_new and not self.differences


@dataclass(frozen=True)
class TakenSection:
    """What came of a section that travelled with a form. `is_locked`: another office looks after it here, so it stayed
    as it is; the form has its questions all the same."""

    form: Form
    is_new: bool = False
    is_changed: bool = False
    is_locked: bool = False


def take_sections(
    sections: dict[str, list[dict[str, Any]]], *, unit: Unit, by: User | None, publish: bool = False
) -> list[TakenSection]:
    """The sections a form needs: new ones are made, states that are not known here become the next draft. What is known
    already changes nothing. Nothing is published unless `publish`, which only commands ask for.

    A new section belongs to the office it names, or to `unit` where that is not here (or not the person's).
    Raises FormKindFixed where a form has the key, DraftConflict.
    """
    with transaction.atomic():
        return [_take_section(key, states, unit, by, publish=publish) for key, states in sections.items() if states]


def _take_section(
    key: str, states: list[dict[str, Any]], unit: Unit, by: User | None, *, publish: bool
) -> TakenSection:
    form = Form.objects.filter(key=key).select_related("unit", "live").first()
    if form is not None and not form.is_section:
        raise FormKindFixed(key)
    known = set(get_states(form).by_hash) | ({section_hash(form.draft)} if form and not publish else set())
    missing = [one for one in states if section_hash(one) not in known]
    if form is None:
        home = _home_of(missing[0], unit, by)
        form, is_new = (
            create_form(missing[0] | {"unit": home.key}, unit=home, by=by, summary="Mit Paket eingelesen"),
            True,
        )
    elif not missing or (by is not None and not can_edit(by, form)):
        return TakenSection(form, is_locked=bool(missing))
    else:
        is_new = False
    for one in missing if publish else missing[-1:]:
        document = one | {"unit": form.unit.key}
        if form.draft != document:
            version = form.draft_version
            form = save_draft_document(form, document, by=by, summary="Mit Paket eingelesen", expected_version=version)
        if publish:
            publish_form(form, by=by)
    return TakenSection(form, is_new=is_new, is_changed=not is_new)


def _home_of(document: dict[str, Any], unit: Unit, by: User | None) -> Unit:
    found = find_unit(document.get("unit") or "")
    is_own = found is not None and (by is None or edited_units_of(by).filter(pk=found.pk).exists())
    return found if found is not None and is_own else unit


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
