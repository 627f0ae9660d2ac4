"""The list of forms, and pages about a form as a whole."""

from __future__ import annotations

import copy
import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from accounts.api import edited_units_of
from forms_engine.desk.access import desk_page, desk_view, save_draft
from forms_engine.desk.findings import findings_just_at, findings_of, tally
from forms_engine.desk.forms import NewFormForm, SectionSettingsForm, SettingsForm
from forms_engine.desk.outline import find_raw, outline, walk_raw
from forms_engine.desk.sections import add_uses
from forms_engine.desk.sentences import add_conditions
from forms_engine.domain import FlowInvalid, editing
from forms_engine.models import Form, FormChange
from forms_engine.permissions import can_publish, editable_forms
from forms_engine.queries.sections import find_behind
from forms_engine.services.forms import FormExists, create_form, publish_form, save_draft_document

HISTORY_LENGTH = 100


def state_of(form: Form) -> str:
    """Where a form stands, in words."""
    online = "veröffentlicht" if form.is_section else "online"
    if form.live is None:
        return f"Entwurf, noch nicht {online}"
    return online if is_published(form) else f"{online}, mit unveröffentlichten Änderungen"


def is_published(form: Form) -> bool:
    """Is the draft what is online? Test cases are not part of that."""
    return form.live is not None and _untested(form.live.document) == _untested(form.draft)


def _untested(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "tests"}


@require_admin_access
def form_list(request: HttpRequest) -> HttpResponse:
    """All forms the person may change."""
    query = request.GET.get("q", "").strip()
    found = editable_forms(request.user).filter(is_section=False).select_related("unit", "live", "changed_by")
    if query:
        found = found.filter(Q(title__icontains=query) | Q(key__icontains=query))
    page = Paginator(found, 100).get_page(request.GET.get("p"))
    rows = [
        {"form": f, "questions": sum(1 for _ in walk_raw(f.draft)), "state": state_of(f), "tally": tally(f.draft)}
        for f in page
    ]
    return desk_page(
        request, "form_list.html", None, title="Formulare", forms=rows, query=query, behind=find_behind(page)
    )


@require_admin_access
def create(request: HttpRequest) -> HttpResponse:
    """A new, nearly empty form."""
    units = edited_units_of(request.user)
    page_form = NewFormForm(request.POST or None, units=units)
    if request.method == "POST" and page_form.is_valid():
        document = page_form.document()
        try:
            form = create_form(document, unit=page_form.cleaned_data["unit"], by=request.user)
        except FormExists:
            page_form.add_error("key", "Dieses Kürzel hat schon ein anderes Formular.")
        else:
            messages.success(request, f"„{form.title}“ ist angelegt. Jetzt fehlen die Fragen.")
            return redirect("desk:outline", key=form.key)
    return desk_page(request, "plain_form.html", None, title="Neues Formular", page_form=page_form)


@desk_view
def outline_page(request: HttpRequest, form: Form) -> HttpResponse:
    """Steps and questions in order, with findings beside them."""
    findings = findings_of(form.draft)
    errors = sum(finding.is_error for finding in findings)
    steps = outline(form.draft, findings)
    add_conditions(form.draft, steps)
    add_uses(form.draft, steps)
    return desk_page(
        request,
        "outline.html",
        form,
        title=form.title,
        subtitle="",
        steps=steps,
        findings=findings,
        tally=tally(form.draft),
        errors=errors,
        todo=_todo(form),
        state=state_of(form),
        is_published=is_published(form),
        can_undo=form.changes.count() > 1,
    )


def _todo(form: Form) -> list[dict[str, Any]]:
    items = []
    for item in form.draft.get("todo") or []:
        path = str(item.get("path", ""))
        view = "desk:node" if "." in path else "desk:step"
        link = reverse(view, args=[form.key, path]) if find_raw(form.draft, path) else ""
        items.append({"text": item.get("text", ""), "path": path, "source": item.get("source", ""), "link": link})
    return items


@require_POST
@desk_view
def action(request: HttpRequest, form: Form) -> HttpResponse:
    """Move, copy, delete a step or node; undo; tick off an imported rule."""
    name, path = request.POST.get("action", ""), request.POST.get("path", "")
    if name == "undo":
        return _undo(request, form)
    document, summary = _act(form.draft, name, path)
    save_draft(request, form, document, summary)
    messages.success(request, summary)
    anchor = path.rpartition(".")[0] or path
    return redirect(f"{reverse('desk:outline', args=[form.key])}#{anchor}")


def _act(document: dict[str, Any], name: str, path: str) -> tuple[dict[str, Any], str]:
    match name:
        case "up" | "down":
            return editing.shift(document, path, -1 if name == "up" else 1), f"„{path}“ verschoben"
        case "copy":
            return editing.copy_node(document, path), f"„{path}“ kopiert"
        case "delete":
            return editing.delete_node(document, path), f"„{path}“ gelöscht"
        case "todo_done" if path.isdigit() and int(path) < len(document.get("todo") or []):
            changed = copy.deepcopy(document)
            done = changed["todo"].pop(int(path))
            return changed, f"Regel {done.get('source', '')} abgehakt"
    raise editing.EditRefused("Diese Aktion gibt es nicht.")


def _undo(request: HttpRequest, form: Form) -> HttpResponse:
    before = form.changes.filter(version__lt=form.draft_version).order_by("-version").first()
    if before is not None:
        save_draft(request, form, before.document, f"Stand {before.version} wiederhergestellt")
        messages.success(request, "Die letzte Änderung ist zurückgenommen.")
    return redirect("desk:outline", key=form.key)


@require_POST
@desk_view
def publish(request: HttpRequest, form: Form) -> HttpResponse:
    """Freeze the draft as a flow. Refused without the right, and while there are errors."""
    if not can_publish(request.user, form):
        raise PermissionDenied
    try:
        version = publish_form(form, by=request.user)
    except FlowInvalid as invalid:
        number = sum(finding.is_error for finding in invalid.findings)
        red = [finding for finding in invalid.findings if finding.test_id]
        why = f" {red[0].place} ist rot. {red[0].message_de}" if red else ""
        messages.error(request, f"Noch nicht: {number} Fehler sind zu beheben.{why}")
    else:
        hints = tally(form.draft).hints
        still = f" Offene Hinweise: {hints}." if hints else ""
        done = "ist veröffentlicht" if form.is_section else "ist online"
        messages.success(request, f"Version {version.number} {done}.{still}")
        if form.is_section:
            return redirect("desk:usage", key=form.key)
    return redirect("desk:outline", key=form.key)


@desk_view
def history(request: HttpRequest, form: Form) -> HttpResponse:
    """Who changed what when; any state can be brought back."""
    if request.method == "POST":
        wanted = form.changes.filter(version=request.POST.get("restore", "0")).first()
        if wanted is not None:
            save_draft_document(
                form,
                wanted.document,
                by=request.user,
                summary=f"Stand {wanted.version} wiederhergestellt",
                expected_version=form.draft_version,
            )
            messages.success(request, f"Stand {wanted.version} ist wiederhergestellt.")
            return redirect("desk:outline", key=form.key)
    changes = FormChange.objects.filter(form=form).select_related("by").defer("document")[:HISTORY_LENGTH]
    versions = form.versions.select_related("published_by").defer("document")
    return desk_page(request, "history.html", form, title="Verlauf", changes=changes, versions=versions)


@desk_view
def export(request: HttpRequest, form: Form) -> HttpResponse:
    """The draft as a file, as `manage.py export_flow --draft` gives it."""
    content = json.dumps(form.draft, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": f'attachment; filename="{form.key}.json"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


@desk_view
def settings_page(request: HttpRequest, form: Form) -> HttpResponse:
    """Title, office, purpose, legal basis, retention, languages."""
    units = edited_units_of(request.user)
    form_type = SectionSettingsForm if form.is_section else SettingsForm
    page_form = form_type(request.POST or None, document=form.draft, units=units)
    title = "Angaben zum Baustein" if form.is_section else "Angaben zum Formular"
    if request.method == "POST" and page_form.is_valid():
        save_draft(request, form, page_form.changed_document(), f"{title} geändert")
        messages.success(request, "Gespeichert.")
        return redirect("desk:settings", key=form.key)
    context: dict[str, Any] = {
        "title": title,
        "page_form": page_form,
        "laws": page_form.laws(),
        "findings": [one for one in findings_just_at(form.draft, "") if not one.is_about_precheck],
    }
    return desk_page(request, "settings.html", form, **context)
