"""Who may do what at the desk, and the one way a changed draft is saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.admin.auth import require_admin_access

from forms_engine.desk.findings import list_news, say_elsewhere
from forms_engine.desk.sections import keep_true
from forms_engine.domain.editing import EditRefused
from forms_engine.models import Form
from forms_engine.permissions import can_publish, editable_forms
from forms_engine.services.forms import DraftConflict, FormKindFixed, save_draft_document

View = Callable[..., HttpResponse]


def desk_view(view: View) -> View:
    """A page of the desk about one form: signed in to the admin, form of one's own unit (else 404), refusals said."""

    @require_admin_access
    @wraps(view)
    def wrapped(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
        form = editable_forms(request.user).filter(key=key).select_related("unit", "live").first()
        if form is None:
            raise Http404
        try:
            return view(request, form, **kwargs)
        except EditRefused as refused:
            messages.error(request, str(refused))
        except DraftConflict:
            text = "Jemand hat das Formular inzwischen geändert. Bitte sehen Sie nach und ändern Sie dann noch einmal."
            messages.error(request, text)
        except FormKindFixed:
            messages.error(request, "Aus einem Formular wird kein Baustein und umgekehrt. Es wurde nichts geändert.")
        return redirect("desk:outline", key=key)

    return wrapped


def save_draft(
    request: HttpRequest, form: Form, document: dict[str, Any], summary: str, *, path: str | None = None
) -> Form:
    """Save the changed document on top of the version the page was opened with, and say what the change broke
    elsewhere than at `path`. Raises DraftConflict."""
    posted = request.POST.get("version", "")
    expected = int(posted) if posted.isdigit() else form.draft_version
    if document == form.draft:
        return form
    before, document = form.draft, keep_true(form.draft, document)
    saved = save_draft_document(form, document, by=request.user, summary=summary, expected_version=expected)
    for sentence in say_elsewhere(list_news(before, saved.draft), path):
        messages.warning(request, sentence)
    return saved


def desk_page(
    request: HttpRequest, template: str, form: Form | None, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page of the desk."""
    if form is not None:
        context = {"subtitle": form.title} | context
        context |= {
            "form_record": form,
            "can_edit": True,
            "can_publish": can_publish(request.user, form),
        }
    return render(request, f"forms_engine/desk/{template}", context, status=status)
