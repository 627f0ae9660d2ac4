"""What changed between two states of a form, in sentences: before publishing and in the history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from forms_engine.desk.access import desk_page, desk_view
from forms_engine.domain.differences import list_differences
from forms_engine.models import FlowVersion, Form

DRAFT, LIVE = "entwurf", "online"


@desk_view
def changes(request: HttpRequest, form: Form) -> HttpResponse:
    """Two states side by side: `?von=` and `?bis=` name a version (v3), a saved state (12), `online` or `entwurf`.
    Without them: what publishing would change."""
    before_name = request.GET.get("von") or (LIVE if form.live else "")
    after_name = request.GET.get("bis") or DRAFT
    if not before_name:
        return desk_page(request, "changes.html", form, title="Was sich ändert", differences=None)
    before, after = find_state(form, before_name), find_state(form, after_name)
    context: dict[str, Any] = {
        "title": "Was sich ändert",
        "differences": list_differences(before, after),
        "before": name_state(before_name),
        "after": name_state(after_name),
    }
    return desk_page(request, "changes.html", form, **context)


def find_state(form: Form, name: str) -> dict[str, Any]:
    """The document of a state. Raises Http404."""
    if name == DRAFT:
        return form.draft
    if name == LIVE and form.live is not None:
        return form.live.document
    if name[:1] == "v" and name[1:].isdigit() and len(name) < 10:
        document = FlowVersion.objects.filter(form=form, number=name[1:]).values_list("document", flat=True).first()
    elif name.isdigit() and len(name) < 10:
        document = form.changes.filter(version=name).values_list("document", flat=True).first()
    else:
        document = None
    if document is None:
        raise Http404
    return document


def name_state(name: str) -> str:
    if name == DRAFT:
        return "dem Entwurf von jetzt"
    if name == LIVE:
        return "der Version, die online ist"
    return f"Version {name[1:]}" if name[:1] == "v" else f"Stand {name}"
