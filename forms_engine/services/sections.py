"""Changes around sections: offer one to all offices, take its newest state over into the drafts of forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.api import User
from forms_engine.domain.sections.changing import TakeOverRefused, list_obstacles, take_over
from forms_engine.domain.sections.uses import list_uses
from forms_engine.models import Form
from forms_engine.permissions import can_edit, can_publish
from forms_engine.queries.sections import States, get_states, look_at
from forms_engine.services.forms import DraftConflict, save_draft_document

Document = dict[str, Any]


@dataclass(frozen=True)
class TakenOver:
    """What came of taking a section over into one form: `problem` says why not, "" when it went well or there was
    nothing to do (`is_changed` tells)."""

    form: Form
    is_changed: bool
    problem: str = ""


def offer_section(section: Form, *, to_all: bool, by: User | None) -> Form:
    """Every office may use the section, or its own only. Forms that use it keep it. Raises PermissionDenied;
    `by` is None where the system itself does it."""
    if not section.is_section or (by is not None and not can_publish(by, section)):
        raise PermissionDenied
    section.is_offered = to_all
    section.save(update_fields=["is_offered"])
    return section


def take_over_section(section: Form, forms: Iterable[Form], *, by: User) -> list[TakenOver]:
    """The newest published state of the section in the drafts of these forms, each a change of its own that the history
    can undo. Nothing is published. A form whose rules still need what the new state has not stays as it is.
    Raises PermissionDenied before anything is changed when one of the forms is not the person's."""
    chosen = list(forms)
    if not all(can_edit(by, form) for form in chosen):
        raise PermissionDenied
    states = get_states(section)
    return [_take_over(form, states, by) for form in chosen]


def renewed_draft(form: Form, states: States) -> Document:
    """The form's draft with the newest state wherever it uses the section. Raises TakeOverRefused with everything that
    is in the way."""
    document, obstacles = form.draft, []
    for use in list_uses(form.draft):
        if states.live is None or states.section is None or use.key != states.section.key:
            continue
        if look_at(document, use, states).is_current:
            continue
        found = list_obstacles(document, use.path, states.live.document)
        obstacles += found
        if not found:
            document = take_over(document, use.path, states.live.document)
    if obstacles:
        raise TakeOverRefused(obstacles)
    return document


def _take_over(form: Form, states: States, by: User) -> TakenOver:
    try:
        document = renewed_draft(form, states)
        if document == form.draft:
            return TakenOver(form, is_changed=False)
        title = states.section.title if states.section else ""
        summary = f"Neuen Stand des Bausteins „{title}“ übernommen"
        with transaction.atomic():
            saved = save_draft_document(form, document, by=by, summary=summary, expected_version=form.draft_version)
    except TakeOverRefused as refused:
        return TakenOver(form, is_changed=False, problem=str(refused))
    except DraftConflict:
        return TakenOver(form, is_changed=False, problem="Jemand ändert dieses Formular gerade. Bitte noch einmal.")
    return TakenOver(saved, is_changed=True)
