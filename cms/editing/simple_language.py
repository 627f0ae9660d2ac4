"""Buttons for Leichte Sprache: create the version, confirm that it was compared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.models import ServicePage
from cms.services.simple_language import (
    SimpleVersionExists,
    confirm_simple_version,
    create_simple_version,
    find_simple_page,
)


def _access_service(request: HttpRequest, page_id: int) -> ServicePage:
    page = get_object_or_404(ServicePage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


@require_http_methods(["GET", "POST"])
def create_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """GET explains, POST creates the version and opens it."""
    page = _access_service(request, page_id)
    if request.method == "GET" and find_simple_page(page) is None:
        return TemplateResponse(request, "cms/admin/simple_language_create.html", {"page": page})
    try:
        simple = create_simple_version(page, user=request.user)
        messages.success(request, _("Die Seite in Leichter Sprache ist angelegt. Schreiben Sie den Text jetzt um."))
    except SimpleVersionExists as exists:
        simple = exists.page
        messages.info(request, _("Diese Leistung hat schon eine Seite in Leichter Sprache."))
    return redirect("wagtailadmin_pages:edit", simple.pk)


@require_http_methods(["GET", "POST"])
def confirm_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """POST: the person has compared the text with the standard text."""
    page = _access_service(request, page_id)
    if not page.is_simple:
        raise PermissionDenied
    if request.method == "GET":
        return TemplateResponse(request, "cms/admin/simple_language_confirm.html", {"page": page})
    confirm_simple_version(page, user=request.user)
    messages.success(request, _("Danke. Der Text gilt als abgeglichen."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def get_urls() -> list[Any]:
    """Admin addresses of the buttons."""
    return [
        path("leichte-sprache/<int:page_id>/anlegen/", create_view, name="cms_simple_create"),
        path("leichte-sprache/<int:page_id>/abgleichen/", confirm_view, name="cms_simple_confirm"),
    ]
