"""Before the application starts: may I, and what do I need? Made of the form's own rules; nothing is stored."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from common.api import clock
from forms_engine.domain import check_requirements, parse_input, privacy_notice, question_views
from forms_engine.queries.drafts import flow_ref, unit_ref
from forms_engine.queries.forms import access_published_version
from forms_engine.services.answers import refuse_endless
from forms_engine.services.flows import cached_flow


def check_before_start(key: str, answers: dict[str, Any], locale: str) -> dict[str, Any]:
    """Questions the requirements depend on, and what follows from the answers so far. Raises FormNotFound,
    AnswersWrong."""
    version = access_published_version(key)
    flow = cached_flow(version)
    refuse_endless(answers)
    parsed = {path: value for path, value in parse_input(flow, answers).items() if value is not None}
    result = check_requirements(
        flow, parsed, today=clock.today(), municipality=settings.MUNICIPALITY_KEY, locale=locale
    )
    return {
        "questions": question_views(flow, result.evaluation, result.questions, locale, parsed),
        "results": result.results,
        "eligible": result.eligible,
        "needed": result.needed,
        "privacy": privacy_notice(flow, locale, draft_days=settings.DRAFT_DAYS),
        "minutes": flow.document.get("minutes"),
        "unit": unit_ref(version.form.unit),
        "flow": flow_ref(flow, version, locale),
    }
