"""Moving open drafts to the version that is online: how many there are, the proposal, checked and published."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from forms_engine.desk import moving
from forms_engine.desk.access import desk_page, desk_view
from forms_engine.domain.migration import check_migration, describe_migration, propose_migration, read_migration
from forms_engine.domain.migration.checking import MigrationProblem
from forms_engine.domain.migration.document import Migration, write_migration
from forms_engine.models import FlowVersion, Form
from forms_engine.permissions import can_publish
from forms_engine.queries.migrations import list_open_versions
from forms_engine.services.flows import cached_flow
from forms_engine.services.migrations import MigrationRefused, publish_migration, withdraw_migration

SAY_WHY = "Bitte sagen Sie auf Deutsch, warum die alte Fassung nicht mehr gilt."


@desk_view
def versions_page(request: HttpRequest, form: Form) -> HttpResponse:
    """How many drafts are open in which version, and what is on offer to them."""
    context: dict[str, Any] = {"title": "Offene Entwürfe umziehen", "versions": list_open_versions(form)}
    return desk_page(request, "moving.html", form, **context)


@desk_view
def migration_page(request: HttpRequest, form: Form, number: int) -> HttpResponse:
    """One migration to the version online: proposed, looked over, checked, published."""
    source = _version(form, number)
    target = form.live
    if target is None or target.pk == source.pk:
        raise Http404
    if request.method == "POST":
        return _take(request, form, source, target)
    offered = form.migrations.filter(source=source, target=target, withdrawn_at=None).first()
    old, new = cached_flow(source), cached_flow(target)
    migration = read_migration(offered.document) if offered else propose_migration(old, new)
    return _show(request, form, source, target, migration, offered.forbidden if offered else {})


def _take(request: HttpRequest, form: Form, source: FlowVersion, target: FlowVersion) -> HttpResponse:
    migration = moving.read_posted(cached_flow(source), cached_flow(target), request.POST.dict())
    forbidden = moving.read_forbidden(request.POST.dict())
    problems = _problems(request, source, target, migration, forbidden)
    if problems or request.POST.get("do") != "publish":
        return _show(request, form, source, target, migration, forbidden, problems)
    try:
        document = write_migration(migration, versions=(source.number, target.number))
        publish_migration(form, document, by=request.user, forbidden=forbidden)
    except MigrationRefused as refused:
        return _show(request, form, source, target, migration, forbidden, refused.problems)
    text = f"Der Umzug von Version {source.number} zu Version {target.number} ist veröffentlicht."
    messages.success(request, f"{text} Wer einen Entwurf öffnet, wird gefragt.")
    return redirect("desk:moving", key=form.key)


def _problems(
    request: HttpRequest, source: FlowVersion, target: FlowVersion, migration: Migration, forbidden: dict[str, str]
) -> list[MigrationProblem]:
    problems = check_migration(cached_flow(source), cached_flow(target), migration)
    if request.POST.get("forbidden") and not forbidden.get("de"):
        problems.append(MigrationProblem("forbidden_reason_missing", "", SAY_WHY))
    return problems


def _show(
    request: HttpRequest,
    form: Form,
    source: FlowVersion,
    target: FlowVersion,
    migration: Migration,
    forbidden: dict[str, str],
    problems: list[MigrationProblem] | None = None,
) -> HttpResponse:
    old, new = cached_flow(source), cached_flow(target)
    lines = moving.list_lines(old, new, migration)
    found = problems if problems is not None else check_migration(old, new, migration)
    context: dict[str, Any] = {
        "title": f"Umzug von Version {source.number} zu Version {target.number}",
        "source": source,
        "target": target,
        "drafts": next((one.drafts for one in list_open_versions(form) if one.version.pk == source.pk), 0),
        "sentences": describe_migration(old, new, migration, "de"),
        "problems": found,
        "checked": problems == [],
        "lines": [line for line in lines if not line.is_plain],
        "plain": [line for line in lines if line.is_plain],
        "defaults": moving.list_defaults(old, new, migration),
        "is_forbidden": bool(forbidden or request.POST.get("forbidden")),
        "forbidden": moving.forbidden_fields(forbidden),
    }
    return desk_page(request, "migration.html", form, status=422 if problems else 200, **context)


@require_POST
@desk_view
def withdraw(request: HttpRequest, form: Form, number: int) -> HttpResponse:
    """Offer a migration no longer."""
    if not can_publish(request.user, form):
        raise PermissionDenied
    offered = form.migrations.filter(source=_version(form, number), withdrawn_at=None).first()
    if offered is not None:
        withdraw_migration(offered, by=request.user)
        messages.success(request, "Der Umzug ist zurückgezogen. Wer schon umgezogen ist, bleibt bei der neuen Version.")
    return redirect("desk:moving", key=form.key)


def _version(form: Form, number: int) -> FlowVersion:
    found = form.versions.filter(number=number).defer("document").first()
    if found is None:
        raise Http404
    return found
