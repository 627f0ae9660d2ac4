"""What the holder of a draft sees: its state, a step, the summary."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings

from accounts.api import Unit
from forms_engine.domain import Evaluation, Flow, waiting_values
from forms_engine.fields import say
from forms_engine.models import FlowVersion
from forms_engine.services.drafts import OpenDraft
from forms_engine.services.files import list_draft_files
from forms_engine.services.moving import find_offer, has_declined


def draft_state(draft: OpenDraft, locale: str | None = None) -> dict[str, Any]:
    """The DRAFT of the API: answers, steps with their state, and when it expires."""
    row, evaluation = draft.row, draft.evaluation
    locale = locale or row.locale
    return {
        "token": draft.token,
        "flow": flow_ref(draft.flow, row.flow, locale),
        "locale": row.locale,
        "unit": unit_ref(row.flow.form.unit),
        "answers": draft.answers,
        "files": [vars(info) for info in list_draft_files(draft).values()],
        "steps": step_states(draft.flow, draft.answers, evaluation, locale),
        "next_step": evaluation.next_step,
        "progress": evaluation.progress,
        "complete": evaluation.complete,
        "revision": row.revision,
        "edited_at": row.edited_at,
        "expires_at": row.edited_at + timedelta(days=settings.DRAFT_DAYS),
        "migration": migration_ref(draft) if row.has_migration else None,
        "moved": row.was_moved,
    }


def migration_ref(draft: OpenDraft) -> dict[str, Any] | None:
    """That a newer version is on offer, in short; costs nothing where none is."""
    route = find_offer(draft)
    if route is None:
        return None
    version, digest = route.target.number, route.target.hash
    return {"version": version, "hash": digest, "must": bool(route.forbidden), "declined": has_declined(draft, route)}


def flow_ref(flow: Flow, version: FlowVersion, locale: str) -> dict[str, Any]:
    """Which flow, in which version."""
    title = say(flow.title, locale, flow.default_locale)
    return {"key": flow.key, "version": version.number, "hash": flow.hash, "title": title}


def unit_ref(unit: Unit) -> dict[str, str]:
    return {"key": unit.key, "name": unit.name}


def step_states(flow: Flow, answers: dict[str, Any], evaluation: Evaluation, locale: str) -> list[dict[str, Any]]:
    """The visible steps in order. `error`: something typed is wrong; `open`: something is missing or the step was not
    reached; `done`: nothing is missing."""
    wrong = {flow.step_of(p.path) for p in evaluation.errors if p.code != "required"}
    missing = {flow.step_of(p.path) for p in evaluation.errors}
    touched = {flow.step_of(path) for path in answers}
    last_reached = evaluation.steps.index(evaluation.next_step) if evaluation.next_step else len(evaluation.steps)
    return [
        {
            "id": step_id,
            "title": _title(flow, step_id, locale),
            "index": index,
            "state": "error"
            if step_id in wrong
            else "done"
            if step_id not in missing and (step_id in touched or index < last_reached)
            else "open",
        }
        for index, step_id in enumerate(evaluation.steps)
    ]


def _title(flow: Flow, step_id: str, locale: str) -> str:
    step = flow.find_step(step_id)
    return say(step.title, locale, flow.default_locale) if step else step_id


def visible_in_step(draft: OpenDraft, step_id: str | None) -> list[str]:
    """Visible paths of one step (of all steps without one), also of values that are still to be worked out."""
    flow, evaluation = draft.flow, draft.evaluation
    paths = [*evaluation.visible, *waiting_values(flow, evaluation)]
    return [path for path in paths if step_id is None or flow.step_of(path) == step_id]
