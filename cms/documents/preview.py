"""The document of a draft, by the token wagtail-headless-preview hands out. The same renderers, nothing is stored."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from cms.documents.library import Library
from cms.documents.registry import document_types
from cms.documents.rendering import Rendering
from cms.documents.subjects import SUBJECT_TYPES, subject_of
from common.api import clock

TOKEN_SECONDS = 24 * 3600


def find_preview(content_type: str, token: str) -> dict[str, Any] | None:
    """The document of the draft behind the token, or None. Raises BadSignature for a forged or expired token."""
    try:
        model: Any = apps.get_model(content_type)
    except (LookupError, ValueError):
        return None
    if model not in SUBJECT_TYPES:
        return None
    model.get_preview_signer().unsign(token, max_age=TOKEN_SECONDS)
    draft = model.get_page_from_preview_token(token)
    return render_draft(draft) if draft else None


def render_draft(draft: Any) -> dict[str, Any] | None:
    """Render a page or snippet as if it were live in its language."""
    subject = subject_of(draft)
    if subject is None:
        return None
    library = Library()
    library.put_draft(draft)
    rendering = Rendering(library, draft.locale.language_code, clock.today())
    document = document_types.get(subject.type).render(subject.ref, rendering)
    return document.body | {"preview": True} if document else None
