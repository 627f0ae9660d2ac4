"""Copy a form, export it as a package, take a package in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.auth import require_admin_access

from accounts.api import Unit, edited_units_of
from forms_engine.desk.access import desk_page, desk_view
from forms_engine.desk.forms import CopyForm, PackageForm
from forms_engine.models import Form
from forms_engine.packages import PackageInvalid, read_package, write_package
from forms_engine.packages.reading import MOST_PACKED
from forms_engine.permissions import editable_forms
from forms_engine.queries.sections import list_sections_used
from forms_engine.services.forms import DraftConflict, FormExists, FormKindFixed
from forms_engine.services.packages import Taken, TakenSection, copy_form, take_document, take_sections


@desk_view
def share(request: HttpRequest, form: Form) -> HttpResponse:
    """What can be done with the form as a whole: copy it here, or carry it to another system."""
    page_form = CopyForm(request.POST or None, initial={"title": f"{form.title} (Kopie)"})
    if request.method == "POST" and page_form.is_valid():
        try:
            made = copy_form(form, **page_form.cleaned_data, by=request.user)
        except FormExists:
            page_form.add_error("key", "Dieses Kürzel hat schon ein anderes Formular.")
        else:
            messages.success(request, f"„{made.title}“ ist angelegt, mit allen Fragen, Regeln und Testfällen.")
            return redirect("desk:outline", key=made.key)
    status = 422 if page_form.is_bound else 200
    return desk_page(request, "share.html", form, status=status, title="Kopieren und weitergeben", page_form=page_form)


@desk_view
def package(request: HttpRequest, form: Form) -> HttpResponse:
    """The draft as a zip."""
    headers = {"Content-Disposition": f'attachment; filename="{form.key}.zip"'}
    packed = write_package(form.draft, list_sections_used(form.draft))
    return HttpResponse(packed, content_type="application/zip", headers=headers)


@require_admin_access
def take(request: HttpRequest) -> HttpResponse:
    """Take in a package: as a new form, or as the next draft of one there is. Nothing goes online by it."""
    page_form = PackageForm(request.POST or None, request.FILES or None, units=edited_units_of(request.user))
    if request.method == "POST" and page_form.is_valid():
        try:
            with transaction.atomic():
                taken, sections = _take(request, page_form.cleaned_data)
        except (PackageInvalid, DraftConflict) as refused:
            busy = "Jemand hat das Formular gerade geändert. Bitte lesen Sie das Paket noch einmal ein."
            page_form.add_error("package", busy if isinstance(refused, DraftConflict) else str(refused))
        else:
            for one in sections:
                _say_section(request, one)
            return _say(request, taken)
    context: dict[str, Any] = {"title": "Formular-Paket einlesen", "page_form": page_form}
    return desk_page(request, "take.html", None, status=422 if page_form.is_bound else 200, **context)


def _take(request: HttpRequest, data: dict[str, Any]) -> tuple[Taken, list[TakenSection]]:
    upload = data["package"]
    package = read_package(upload.read(MOST_PACKED + 1))
    document = package.document
    known = Form.objects.filter(key=document["key"]).first()
    if known is not None and not editable_forms(request.user).filter(pk=known.pk).exists():
        raise PackageInvalid(f"Das Kürzel „{known.key}“ gehört schon einem Formular eines anderen Amts.")
    unit = data["unit"] or _unit(request, document)
    try:
        sections = take_sections(package.sections, unit=unit, by=request.user)
        return take_document(document, unit=unit, by=request.user), sections
    except FormKindFixed as fixed:
        raise PackageInvalid(f"„{fixed}“ ist hier etwas anderes: Aus einem Formular wird kein Baustein.") from fixed


def _unit(request: HttpRequest, document: dict[str, Any]) -> Unit:
    found = edited_units_of(request.user).filter(key=document.get("unit") or "").first()
    if found is None:
        name = document.get("unit") or "–"
        raise PackageInvalid(f"Das Amt „{name}“ aus dem Paket gibt es hier nicht für Sie. Bitte wählen Sie ein Amt.")
    return found


def _say_section(request: HttpRequest, taken: TakenSection) -> None:
    title = taken.form.title
    if taken.is_locked:
        said = f"Den Baustein „{title}“ pflegt hier ein anderes Amt; er bleibt dort, wie er ist."
        messages.warning(request, said)
    elif taken.is_new:
        messages.success(request, f"Der Baustein „{title}“ kam mit dem Paket und ist als Entwurf angelegt.")
    elif taken.is_changed:
        messages.success(request, f"Der Baustein „{title}“ hat mit dem Paket einen neuen Entwurf.")


def _say(request: HttpRequest, taken: Taken) -> HttpResponse:
    form = taken.form
    if taken.is_unchanged:
        messages.success(request, f"„{form.title}“ ist schon auf diesem Stand. Es hat sich nichts geändert.")
    elif taken.is_new:
        messages.success(request, f"„{form.title}“ ist als Entwurf angelegt.")
    else:
        count = len(taken.differences)
        messages.success(request, f"„{form.title}“ ist eingelesen: {count} Änderungen am Entwurf. Hier stehen sie.")
        query = f"?von={form.draft_version - 1}&bis={form.draft_version}"
        return redirect(reverse("desk:changes", args=[form.key]) + query)
    return redirect("desk:outline", key=form.key)
