"""Sections at the desk: their list, which forms use one, putting one into a form, taking its newer state over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.auth import require_admin_access

from accounts.api import edited_units_of
from forms_engine.desk.access import desk_page, desk_view, save_draft
from forms_engine.desk.findings import findings_of, tally
from forms_engine.desk.forms import NewFormForm
from forms_engine.desk.node_form import KEY_HELP, KEY_PATTERN
from forms_engine.desk.outline import find_raw
from forms_engine.desk.sections import Outlook, list_questions, look_at_usage, outlook_of, say_use
from forms_engine.desk.views.whole import is_published, state_of
from forms_engine.domain.differences import list_differences
from forms_engine.domain.editing import EditRefused, free_id, name_of
from forms_engine.domain.sections.changing import (
    TakeOverRefused,
    detach,
    insert_section,
    locales_of,
    set_about,
    take_over,
)
from forms_engine.domain.sections.uses import find_use
from forms_engine.domain.tree import children_of
from forms_engine.models import Form, SectionUse
from forms_engine.permissions import editable_forms, usable_sections
from forms_engine.queries.sections import UseState, find_states, list_forms_using, look_at
from forms_engine.services.forms import FormExists, create_form
from forms_engine.services.sections import offer_section, take_over_section

OTHER = (("applicant", "um die Person, die den Antrag stellt"), ("other", "um jemand anderen oder etwas anderes"))


@require_admin_access
def section_list(request: HttpRequest) -> HttpResponse:
    """The sections of one's own offices, and those other offices offer."""
    own = editable_forms(request.user).filter(is_section=True).select_related("unit", "live")
    counts = dict(
        SectionUse.objects.values_list("section")
        .annotate(forms=Count("form", distinct=True))
        .values_list("section", "forms")
    )
    rows = [
        {
            "form": one,
            "state": state_of(one),
            "tally": tally(one.draft),
            "uses": counts.get(one.key, 0),
            "questions": list_questions(one.draft),
        }
        for one in own
    ]
    offered = usable_sections(request.user).exclude(pk__in=own.values("pk")).select_related("unit", "live")
    others = [{"form": one, "questions": list_questions(one.live.document)} for one in offered if one.live]
    return desk_page(request, "section_list.html", None, title="Bausteine", sections=rows, others=others)


@require_admin_access
def create(request: HttpRequest) -> HttpResponse:
    """A new, empty section."""
    page_form = NewSectionForm(request.POST or None, units=edited_units_of(request.user))
    if request.method == "POST" and page_form.is_valid():
        try:
            section = create_form(page_form.document(), unit=page_form.cleaned_data["unit"], by=request.user)
        except FormExists:
            page_form.add_error("key", "Dieses Kürzel hat schon ein anderes Formular oder ein anderer Baustein.")
        else:
            messages.success(request, f"Der Baustein „{section.title}“ ist angelegt. Jetzt fehlen die Fragen.")
            return redirect("desk:outline", key=section.key)
    status = 422 if page_form.is_bound else 200
    return desk_page(request, "plain_form.html", None, status=status, title="Neuer Baustein", page_form=page_form)


class NewSectionForm(NewFormForm):
    """What a new section needs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = "So heißt der Baustein in der Redaktion, zum Beispiel „Bankverbindung“."
        self.fields["key"].help_text = "Zum Beispiel bankverbindung. Lässt sich später nicht ändern."
        self.fields["unit"].help_text = "Dieses Amt pflegt den Baustein."

    def document(self) -> dict[str, Any]:
        """With the one step a section has, in all languages forms are offered in."""
        made = super().document()
        step = {"id": "angaben", "title": dict(made["title"]), "nodes": []}
        return made | {"kind": "section", "locales": ["de", "en", "de-simple"], "steps": [step]}


@desk_view
def usage(request: HttpRequest, form: Form) -> HttpResponse:
    """Which forms use this section: before publishing it, and to take over what was published."""
    if not form.is_section:
        raise Http404
    if request.method == "POST":
        return USAGE_ACTIONS.get(request.POST.get("action", ""), _unknown)(request, form)
    editable = set(editable_forms(request.user).values_list("pk", flat=True))
    found = look_at_usage(form, editable)
    before = form.live.document if form.live else None
    context: dict[str, Any] = {
        "title": "Nutzung und Veröffentlichen",
        "usage": found,
        "touched": sum(bool(row.draft) for row in found.rows),
        "is_published": is_published(form),
        "differences": None if before is None else list_differences(before, form.draft),
        "errors": [one for one in findings_of(form.draft) if one.is_error],
    }
    return desk_page(request, "section_usage.html", form, **context)


def _take_over(request: HttpRequest, section: Form) -> HttpResponse:
    """Into the forms that were ticked; of what the person may not change none is."""
    ticked = set(request.POST.getlist("form"))
    users = {row.form.pk for row in list_forms_using(section) if row.form.key in ticked}
    chosen = editable_forms(request.user).filter(pk__in=users).select_related("unit")
    results = take_over_section(section, chosen, by=request.user)
    done = [one.form.title for one in results if one.is_changed]
    if done:
        names = ", ".join(f"„{title}“" for title in done)
        messages.success(request, f"Übernommen in den Entwurf von {names}. Online ist dadurch noch nichts.")
    for one in results:
        if one.problem:
            messages.error(request, f"„{one.form.title}“: {one.problem}")
    if not results:
        messages.warning(request, "Bitte wählen Sie mindestens ein Formular aus.")
    return redirect("desk:usage", key=section.key)


def _offer(request: HttpRequest, section: Form) -> HttpResponse:
    to_all = request.POST.get("to") == "all"
    offer_section(section, to_all=to_all, by=request.user)
    said = "Alle Ämter können den Baustein jetzt nutzen." if to_all else "Neu einfügen kann ihn nur noch Ihr Amt."
    messages.success(request, said)
    return redirect("desk:usage", key=section.key)


def _unknown(request: HttpRequest, section: Form) -> HttpResponse:
    raise EditRefused("Diese Aktion gibt es nicht.")


USAGE_ACTIONS = {"take_over": _take_over, "offer": _offer}


@desk_view
def insert(request: HttpRequest, form: Form) -> HttpResponse:
    """Use a section in this form: as a step (`?in=` empty) or as a group."""
    parent = request.GET.get("in", "")
    if form.is_section or (parent and find_raw(form.draft, parent) is None):
        raise Http404
    sections = list(usable_sections(request.user).select_related("live", "unit").order_by("title"))
    initial = {"section": request.GET.get("baustein", ""), "about": "applicant"}
    page_form = InsertForm(request.POST or None, sections=sections, initial=initial)
    if request.method == "POST" and page_form.is_valid():
        return _insert(request, form, parent, page_form)
    offered = [{"form": one, "questions": list_questions(one.live.document)} for one in sections if one.live]
    context = {"page_form": page_form, "sections": offered, "parent": parent, "title": "Baustein einfügen"}
    context["place"] = name_of(find_raw(form.draft, parent) or {}, parent) if parent else ""
    return desk_page(request, "section_insert.html", form, status=422 if page_form.is_bound else 200, **context)


def _insert(request: HttpRequest, form: Form, parent: str, page_form: InsertForm) -> HttpResponse:
    data = page_form.cleaned_data
    section = data["section"]
    source = section.live.document
    locales = locales_of(form.draft)
    siblings = children_of(form.draft, parent) or []
    wanted = data["id"] or section.key.replace("-", "_")[:50]
    taken = any(isinstance(one, dict) and one.get("id") == wanted for one in siblings)
    new_id = free_id(wanted, siblings) if taken and not data["id"] else wanted
    title = {locale: text for locale, text in source["title"].items() if locale in locales}
    if data["title"]:
        title = {locales[0]: data["title"]}
    document = insert_section(form.draft, source, parent, new_id=new_id, title=title, is_other=data["about"] == "other")
    path = f"{parent}.{new_id}" if parent else new_id
    save_draft(request, form, document, f"Baustein „{section.title}“ eingefügt", path=path)
    messages.success(request, f"Der Baustein „{section.title}“ ist eingefügt.")
    return redirect(f"{reverse('desk:outline', args=[form.key])}#{path}")


class InsertForm(forms.Form):
    """Which section, and what the form calls it."""

    section = forms.ChoiceField(label="Baustein", widget=forms.RadioSelect)
    about = forms.ChoiceField(
        label="Um wen geht es?",
        choices=OTHER,
        widget=forms.RadioSelect,
        help_text="Der Browser schlägt eigene Angaben nur vor, wenn nach der Person selbst gefragt wird.",
    )
    title = forms.CharField(
        label="Überschrift", max_length=200, required=False, help_text="Leer lassen: wie der Baustein heißt."
    )
    id = forms.RegexField(
        KEY_PATTERN, label="Kürzel", required=False, help_text=f"{KEY_HELP} Leer lassen: wie das des Bausteins."
    )

    def __init__(self, *args: Any, sections: Iterable[Form], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = {one.key: one for one in sections}
        self.fields["section"].choices = [(key, one.title) for key, one in self.sections.items()]

    def clean_section(self) -> Form:
        return self.sections[self.cleaned_data["section"]]


@desk_view
def use_page(request: HttpRequest, form: Form, path: str) -> HttpResponse:
    """One place of the form that follows a section: how it stands, take over what is new, or let go."""
    state = _use_state(form, path)
    if request.method == "POST":
        return _change_use(request, form, state)
    outlook = _outlook(form, state) if state.can_take_over else None
    section = state.states.section
    context: dict[str, Any] = {
        "title": f"Baustein „{state.name}“",
        "state": state,
        "said": say_use(state),
        "outlook": outlook,
        "questions": list_questions({"steps": [find_raw(form.draft, path)]}),
        "may_edit_section": section is not None and editable_forms(request.user).filter(pk=section.pk).exists(),
    }
    return desk_page(request, "section_use.html", form, **context)


def _use_state(form: Form, path: str) -> UseState:
    use = find_use(form.draft, path)
    if use is None:
        raise Http404
    return look_at(form.draft, use, find_states([use.key])[use.key])


def _outlook(form: Form, state: UseState) -> Outlook:
    live = state.states.live
    if live is None:
        return Outlook()
    try:
        return outlook_of(form.draft, take_over(form.draft, state.use.path, live.document))
    except TakeOverRefused as refused:
        return Outlook(obstacles=list(refused.obstacles))


def _change_use(request: HttpRequest, form: Form, state: UseState) -> HttpResponse:
    change = USE_CHANGES.get(request.POST.get("action", ""))
    if change is None:
        raise EditRefused("Diese Aktion gibt es nicht.")
    document, summary, said = change(form.draft, state)
    path = state.use.path
    save_draft(request, form, document, summary, path=path)
    messages.success(request, said)
    return redirect(f"{reverse('desk:outline', args=[form.key])}#{path}")


Changed = tuple[dict[str, Any], str, str]  # the document, what the history says, what the editor is told


def _detach(document: dict[str, Any], state: UseState) -> Changed:
    said = "Die Verbindung ist gelöst. Die Fragen gehören jetzt diesem Formular."
    return detach(document, state.use.path), f"Verbindung zum Baustein „{state.name}“ gelöst", said


def _take_newest(document: dict[str, Any], state: UseState) -> Changed:
    if state.states.live is None:
        raise EditRefused("Diesen Baustein gibt es hier nicht (mehr).")
    said = "Der neue Stand ist im Entwurf. Online ist er erst, wenn Sie das Formular veröffentlichen."
    changed = take_over(document, state.use.path, state.states.live.document)
    return changed, f"Neuen Stand des Bausteins „{state.name}“ übernommen", said


def _turn_around(document: dict[str, Any], state: UseState) -> Changed:
    if state.version is None:
        raise EditRefused("Dieser Stand des Bausteins ist hier nicht bekannt.")
    is_other = not state.use.is_other
    changed = set_about(document, state.use.path, state.version.document, is_other=is_other)
    whom = "jemand anderen" if is_other else "die Person, die den Antrag stellt"
    return changed, f"„{state.use.title}“ ist jetzt über {whom}", f"Gespeichert. Es geht jetzt um {whom}."


USE_CHANGES = {"detach": _detach, "take_over": _take_newest, "about": _turn_around}
