"""One step of a draft as the website shows it."""

from __future__ import annotations

from typing import Any

from common.api import problems
from forms_engine.domain import step_view
from forms_engine.domain.page_logic import write_page_logic
from forms_engine.queries.drafts import draft_state
from forms_engine.services.drafts import OpenDraft


def step_state(draft: OpenDraft, step_id: str, locale: str, *, errors: bool) -> dict[str, Any]:
    """The draft, the step, its questions with the answers so far, and where back and on lead. Raises a 404 problem
    for a step that does not exist or is not on the way."""
    if step_id not in draft.evaluation.steps:
        raise problems.Problem(404)
    wrong = draft.evaluation.errors_of_step(step_id) if errors else None
    view = step_view(draft.flow, draft.evaluation, step_id, locale, draft.answers, wrong)
    logic = write_page_logic(draft.flow, draft.evaluation, step_id)
    return draft_state(draft, locale) | view | {"logic": logic}
