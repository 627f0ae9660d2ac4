"""Requirements of the pre-check, code lists, translations, and the sentence of a condition."""

from __future__ import annotations

import copy
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from forms_engine.desk.access import desk_page, desk_view, save_draft
from forms_engine.desk.conditions import ConditionIncomplete
from forms_engine.desk.findings import findings_just_at
from forms_engine.desk.forms import locales_of
from forms_engine.desk.inputs import clean_html, keep_unshown, language_name, read_condition, read_options, read_texts
from forms_engine.desk.node_form import builder_data
from forms_engine.desk.outline import find_raw, kinds, text_of, walk_raw
from forms_engine.desk.sentences import rule_sentence
from forms_engine.domain.sections.uses import find_use_around
from forms_engine.domain.texts import TextEntry, list_texts, put_text
from forms_engine.models import Form

Document = dict[str, Any]
PLACES = {"": "Formular", "requirements": "Voraussetzung", "bring": "Zum Bereithalten", "codelists": "Liste"}


@require_POST
@desk_view
def condition_sentence(request: HttpRequest, form: Form) -> HttpResponse:
    """The sentence of a condition as it is being built."""
    known = kinds(form.draft)
    try:
        rule = read_condition(request.POST, "tree", known)
    except ConditionIncomplete as incomplete:
        return JsonResponse({"error": str(incomplete)})
    return JsonResponse({"sentence": rule_sentence(form.draft, rule) if rule is not None else ""})


@desk_view
def requirements(request: HttpRequest, form: Form) -> HttpResponse:
    """Who may apply (rules of the pre-check) and what to have at hand."""
    if request.method == "POST":
        document = copy.deepcopy(form.draft)
        try:
            _write_requirements(document, request)
        except ConditionIncomplete as incomplete:
            messages.error(request, str(incomplete))
            return _requirements_page(request, form, status=422)
        save_draft(request, form, document, "Voraussetzungen geändert")
        messages.success(request, "Gespeichert.")
        return redirect("desk:requirements", key=form.key)
    return _requirements_page(request, form)


def _requirements_page(request: HttpRequest, form: Form, status: int = 200) -> HttpResponse:
    known = kinds(form.draft)
    rows = [
        {"number": n, "item": item, "builder": builder_data(form.draft, known, f"req-{n}-rule", item.get("rule"))}
        for n, item in enumerate([*(form.draft.get("requirements") or []), {}])
    ]
    bring = [
        {"number": n, "item": item, "builder": builder_data(form.draft, known, f"bring-{n}-when", item.get("when"))}
        for n, item in enumerate([*(form.draft.get("bring") or []), {}])
    ]
    locales = [(locale, language_name(locale)) for locale in locales_of(form.draft)]
    found = [one for one in findings_just_at(form.draft, "") if one.is_about_precheck]
    context = {"title": "Voraussetzungen", "rows": rows, "bring": bring, "locales": locales, "findings": found}
    return desk_page(request, "requirements.html", form, status=status, **context)


def _write_requirements(document: Document, request: HttpRequest) -> None:
    locales, known = locales_of(document), kinds(document)
    posted = request.POST
    stored = document.get("requirements") or []
    rules = []
    for number in range(len(stored) + 1):
        title = read_texts(posted, f"req-{number}-title", locales)
        rule = read_condition(posted, f"req-{number}-rule", known)
        failed = read_texts(posted, f"req-{number}-failed", locales)
        if title and rule is not None:
            key = stored[number]["id"] if number < len(stored) else _free_id(stored, "r")
            rules.append({"id": key, "title": title, "rule": rule, "failed": failed})
        elif title or rule is not None:
            raise ConditionIncomplete("Eine Voraussetzung braucht einen Satz und eine Bedingung.")
    items, listed = [], document.get("bring") or []
    for number in range(len(listed) + 1):
        text = read_texts(posted, f"bring-{number}-text", locales)
        if text:
            key = listed[number]["id"] if number < len(listed) else _free_id(listed, "b")
            when = read_condition(posted, f"bring-{number}-when", known)
            items.append({"id": key, "text": text} | ({"when": when} if when is not None else {}))
    document["requirements"], document["bring"] = rules, items


def _free_id(items: list[dict[str, Any]], letter: str) -> str:
    taken = {item.get("id") for item in items}
    return next(key for n in range(1, len(items) + 2) if (key := f"{letter}{n}") not in taken)


@desk_view
def codelists(request: HttpRequest, form: Form) -> HttpResponse:
    """Lists of answers that several questions share."""
    name = request.GET.get("liste", "")
    lists = form.draft.get("codelists") or {}
    if request.method == "POST":
        name = request.POST.get("name", "").strip() or name
        document = copy.deepcopy(form.draft)
        read = read_options(request.POST, locales_of(document))
        options = keep_unshown(read, lists.get(name), shown={"value", "label"})
        document.setdefault("codelists", {})[name] = options
        if not options:
            del document["codelists"][name]
        if name:
            save_draft(request, form, document, f"Liste „{name}“ geändert")
            messages.success(request, "Gespeichert.")
        return redirect("desk:codelists", key=form.key)
    if name and name not in lists:
        raise Http404
    used = {node.get("codelist") for _, node in walk_raw(form.draft)}
    overview = [{"name": key, "count": len(items), "is_used": key in used} for key, items in lists.items()]
    locales = [(locale, language_name(locale)) for locale in locales_of(form.draft)]
    context = {"title": "Auswahllisten", "lists": overview, "name": name, "locales": locales}
    return desk_page(request, "codelists.html", form, options=lists.get(name) or [{}, {}], **context)


@desk_view
def translations(request: HttpRequest, form: Form) -> HttpResponse:
    """All texts of the form side by side: original and one other language."""
    _, *others = locales_of(form.draft)
    locale = request.GET.get("sprache") or (others[0] if others else "")
    if locale and locale not in others:
        raise Http404
    if request.method == "POST" and locale:
        document = copy.deepcopy(form.draft)
        _write_translations(document, request, locale)
        save_draft(request, form, document, f"Übersetzung geändert ({language_name(locale)})")
        messages.success(request, "Gespeichert.")
        return redirect(f"{request.path}?sprache={locale}")
    rows = [
        {"name": f"{entry.path}|{entry.name}", "place": _place(form.draft, entry.path), "entry": entry}
        for entry in list_own_texts(form.draft, locale)
        if entry.source
    ]
    missing = sum(not row["entry"].text for row in rows)
    context: dict[str, Any] = {"target": locale, "language": language_name(locale), "rows": rows, "missing": missing}
    languages = [(other, language_name(other)) for other in others]
    return desk_page(request, "translations.html", form, title="Übersetzungen", languages=languages, **context)


def list_own_texts(document: Document, locale: str) -> list[TextEntry]:
    """Without those that come from a section: they are translated there."""
    return [entry for entry in list_texts(document, locale) if find_use_around(document, entry.path) is None]


def _write_translations(document: Document, request: HttpRequest, locale: str) -> None:
    for entry in list_own_texts(document, locale):
        posted = request.POST.get(f"text:{entry.path}|{entry.name}")
        if posted is not None:
            text = posted.replace("\r\n", "\n").strip()
            put_text(document, entry.path, entry.name, locale, clean_html(text) if entry.name == "text" else text)


def _place(document: Document, path: str) -> str:
    """Where a text stands, in the editor's words."""
    part, _, name = path.partition(".")
    if part in PLACES:
        return f"{PLACES[part]} {name}".strip()
    item = find_raw(document, path) or {}
    return text_of(item.get("label") or item.get("title"), "de", path)
