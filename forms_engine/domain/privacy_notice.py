"""What a person is told before they give data away: what for, on what ground, how long (Article 13 GDPR)."""

from __future__ import annotations

from typing import Any

from forms_engine.domain.model import Flow
from forms_engine.fields import say


def privacy_notice(flow: Flow, locale: str, *, draft_days: int) -> dict[str, Any]:
    """`{purpose, legal_basis: [{title, url}], months, law, draft_days}`; what the form does not say is empty or None.

    `months` is how long the application is kept after the authority is done with it, `law` the ground for that,
    `draft_days` how long a draft is kept that nobody works on.
    """
    document = flow.document
    retention = document.get("retention") or {}
    return {
        "purpose": say(document.get("purpose"), locale, flow.default_locale),
        "legal_basis": [
            {"title": one.get("title", ""), "url": one.get("url", "")} for one in document.get("legal_basis") or []
        ],
        "months": retention.get("submission_months"),
        "law": retention.get("law", ""),
        "draft_days": draft_days,
    }
