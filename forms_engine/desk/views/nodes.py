"""Pages about one step, one question, one text, one group."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forms_engine.desk.access import desk_page, desk_view, save_draft
from forms_engine.desk.findings import findings_at, findings_just_at
from forms_engine.desk.inputs import language_name
from forms_engine.desk.node_form import NodeForm, StepForm
from forms_engine.desk.outline import find_raw, text_of, type_name
from forms_engine.domain import editing
from forms_engine.domain.sections.uses import find_use, find_use_around
from forms_engine.fields import field_types
from forms_engine.models import Form
from forms_engine.permissions import usable_sections

HINTS = {
    "text": "Name, Ort, Kennzeichen",
    "long_text": "Begründung, Beschreibung",
    "integer": "Anzahl, Größe in ganzen Zahlen",
    "decimal": "Zahl mit Komma, mit Einheit",
    "money": "Betrag in Euro",
    "date": "Tag, Monat, Jahr",
    "date_range": "erster und letzter Tag, mit längster Dauer",
    "yes_no": "Ja oder Nein",
    "choice": "eine Antwort aus einer Liste",
    "multi_choice": "mehrere Antworten aus einer Liste",
    "matrix": "mehrere Fragen mit denselben Antworten, als Liste auch am Telefon",
    "scale": "Zustimmung, Zufriedenheit, Güte, Weiterempfehlung",
    "ranking": "Antworten in eine Reihenfolge bringen",
    "country": "aus der Liste aller Länder",
    "nationality": "Land, staatenlos oder ungeklärt",
    "tax_id": "11 Ziffern, mit Prüfziffer",
    "vehicle_plate": "deutsches Kennzeichen, mit Prüfung der Schreibweise",
    "signature": "Name geschrieben oder gezeichnet, beides gilt",
    "email": "mit Prüfung der Schreibweise",
    "phone": "mit Prüfung der Nummer",
    "iban": "mit Prüfziffer",
    "address": "Straße, Hausnummer, Postleitzahl, Ort",
    "file": "Bild oder PDF hochladen",
    "content": "Erklärung ohne Frage",
    "calculated": "aus anderen Antworten errechnet",
    "group": "Fragen, die zusammengehören, auch mehrfach",
}


def outline_at(form: Form, path: str) -> str:
    """Address of the outline, scrolled to a path."""
    return f"{reverse('desk:outline', args=[form.key])}#{path}"


@desk_view
def choose_type(request: HttpRequest, form: Form) -> HttpResponse:
    """First page of a new question: of what kind?"""
    parent = request.GET.get("in", "")
    if find_raw(form.draft, parent) is None:
        raise Http404
    types = [{"key": t.key, "name": type_name(t.key), "hint": HINTS.get(t.key, "")} for t in field_types]
    editing.refuse_inside_section(form.draft, f"{parent}.")
    sections = [] if form.is_section else usable_sections(request.user).select_related("unit").order_by("title")
    context = {"types": types, "parent": parent, "sections": sections}
    return desk_page(request, "choose_type.html", form, title="Was soll dazukommen?", **context)


@desk_view
def add_node(request: HttpRequest, form: Form) -> HttpResponse:
    """Second page of a new question."""
    parent, type_key = request.GET.get("in", ""), request.GET.get("type", "")
    if find_raw(form.draft, parent) is None or type_key not in field_types:
        raise Http404
    page_form = NodeForm(request.POST or None, document=form.draft, node={}, type_key=type_key)
    if request.method == "POST" and page_form.is_valid():
        node = page_form.result | {"id": page_form.cleaned_data["id"]}
        if type_key == "group":
            node.setdefault("nodes", [])
        document = editing.add_node(form.draft, parent, node)
        return _saved(request, form, document, f"{parent}.{node['id']}", "hinzugefügt")
    return _node_page(request, form, page_form, f"Neu: {type_name(type_key)}", parent)


@desk_view
def edit_node(request: HttpRequest, form: Form, path: str) -> HttpResponse:
    """Change one question; a new key is followed by all rules."""
    node = find_raw(form.draft, path)
    if node is None or "." not in path or node.get("type") not in field_types:
        raise Http404
    around = find_use_around(form.draft, path)
    if around is not None:
        return redirect("desk:use", key=form.key, path=around.path)
    page_form = NodeForm(request.POST or None, document=form.draft, node=node, type_key=node["type"])
    if request.method == "POST" and page_form.is_valid():
        document = editing.replace_node(form.draft, path, page_form.result)
        new_id = page_form.cleaned_data["id"]
        if new_id != node["id"]:
            document = editing.rename_node(document, path, new_id)
            path = f"{path.rpartition('.')[0]}.{new_id}"
        return _saved(request, form, document, path, "geändert")
    title = text_of(node.get("label"), "de", node.get("id", path))
    return _node_page(request, form, page_form, title, path, findings=findings_at(form.draft, path))


def _node_page(
    request: HttpRequest, form: Form, page_form: NodeForm, title: str, path: str, findings: list[Any] | None = None
) -> HttpResponse:
    status = 422 if page_form.is_bound else 200
    settings = [page_form[name] for name in page_form.fields if name.startswith("set-")]
    context = {
        "title": title,
        "page_form": page_form,
        "path": path,
        "findings": findings or [],
        "type_name": type_name(page_form.type.key),
        "settings_fields": settings,
        "locales": [(locale, language_name(locale)) for locale in page_form.locales],
        "visible": page_form.condition("visible"),
        "use": find_use(form.draft, path),
        "required_rule": page_form.builder("required_rule", _rule(page_form.node.get("required"))),
    }
    return desk_page(request, "node.html", form, status=status, **context)


def _rule(value: Any) -> Any:
    return value if isinstance(value, dict) else None


def _saved(request: HttpRequest, form: Form, document: dict[str, Any], path: str, verb: str) -> HttpResponse:
    """Save, say what is wrong with what was just saved, go back to the outline."""
    form = save_draft(request, form, document, f"„{path}“ {verb}", path=path)
    here = findings_at(form.draft, path)
    wrong = [f for f in here if f.is_error]
    if wrong:
        more = f" (und {len(wrong) - 1} weitere)" if len(wrong) > 1 else ""
        messages.warning(request, f"Gespeichert. Zu beheben: {wrong[0].message_de}{more}")
        return redirect("desk:node", key=form.key, path=path) if "." in path else redirect(outline_at(form, path))
    messages.success(request, "Gespeichert." + (f" Hinweis: {here[0].message_de}" if here else ""))
    return redirect(outline_at(form, path))


@desk_view
def add_step(request: HttpRequest, form: Form) -> HttpResponse:
    """A new step at the end."""
    page_form = StepForm(request.POST or None, document=form.draft, step={})
    if request.method == "POST" and page_form.is_valid():
        step = page_form.result | {"id": page_form.cleaned_data["id"], "nodes": []}
        return _saved(request, form, editing.add_step(form.draft, step), step["id"], "hinzugefügt")
    return _step_page(request, form, page_form, "Neuer Schritt")


@desk_view
def edit_step(request: HttpRequest, form: Form, path: str) -> HttpResponse:
    """Title, introduction, key and condition of a step."""
    step = find_raw(form.draft, path)
    if step is None or "." in path:
        raise Http404
    page_form = StepForm(request.POST or None, document=form.draft, step=step)
    if request.method == "POST" and page_form.is_valid():
        document = editing.replace_node(form.draft, path, page_form.result)
        new_id = page_form.cleaned_data["id"]
        if new_id != path:
            document = editing.rename_node(document, path, new_id)
        return _saved(request, form, document, new_id, "geändert")
    return _step_page(request, form, page_form, text_of(step.get("title"), "de", path), path)


def _step_page(request: HttpRequest, form: Form, page_form: StepForm, title: str, path: str = "") -> HttpResponse:
    status = 422 if page_form.is_bound else 200
    context = {
        "title": title,
        "page_form": page_form,
        "condition": page_form.condition(),
        "findings": findings_just_at(form.draft, path) if path else [],
        "is_new": not path,
        "use": find_use(form.draft, path) if path else None,
    }
    return desk_page(request, "step.html", form, status=status, **context)
