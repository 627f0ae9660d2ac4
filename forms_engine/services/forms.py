"""Changes to forms: drafts with an optimistic lock, publishing into immutable versions."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.api import Unit, User, find_unit
from common.api import clock
from forms_engine import destinations
from forms_engine.domain import FlowInvalid, check_document, load_flow
from forms_engine.domain.sections.uses import is_section
from forms_engine.models import FlowVersion, Form, FormChange
from forms_engine.services.flows import keep_flow
from forms_engine.services.section_uses import note_uses
from forms_engine.signals import flow_published, flow_unpublished


class DraftConflict(Exception):
    """Somebody saved another version in the meantime; `current` is its number."""

    def __init__(self, current: int) -> None:
        super().__init__(f"the draft is at version {current}")
        self.current = current


class FormExists(ValueError):
    """The key is taken."""


class FormKindFixed(ValueError):
    """A form never becomes a section, nor a section a form: others rely on what it is."""


def create_form(document: dict[str, Any], *, unit: Unit, by: User | None = None, summary: str = "Angelegt") -> Form:
    """A new form with this draft; the document's key names it. Raises FormExists. The draft may have findings."""
    form = Form(key=document["key"], title=title_of(document), unit=unit, changed_by=by)
    form.draft = document | {"unit": unit.key}
    form.is_section = is_section(document)
    try:
        with transaction.atomic():
            form.save(force_insert=True)
            _note_change(form, by, summary)
            note_uses(form, form.draft, is_live=False)
    except IntegrityError as error:
        if Form.objects.filter(key=form.key).exists():
            raise FormExists(form.key) from error
        raise
    return form


def save_draft_document(
    form: Form, document: dict[str, Any], *, by: User | None, summary: str, expected_version: int
) -> Form:
    """Replace the draft; raises DraftConflict when it is no longer at `expected_version`. Key never changes;
    title and unit of the form follow the document (an unknown unit is left for `check_document` to report).
    Raises FormKindFixed for a document of a section in place of a form, or the other way round."""
    if is_section(document) != form.is_section:
        raise FormKindFixed(form.key)
    document = document | {"key": form.key}
    unit = find_unit(document.get("unit") or "") or form.unit
    with transaction.atomic():
        changed = Form.objects.filter(pk=form.pk, draft_version=expected_version).update(
            draft=document,
            draft_version=expected_version + 1,
            title=title_of(document),
            unit=unit,
            changed_by=by,
            changed_at=clock.now(),
        )
        if not changed:
            raise DraftConflict(Form.objects.values_list("draft_version", flat=True).get(pk=form.pk))
        form.refresh_from_db()
        _note_change(form, by, summary)
        note_uses(form, document, is_live=False)
    return form


def set_destinations(form: Form, keys: list[str]) -> Form:
    """Where applications of this form go; raises LookupError for a destination nobody registered, ValueError when
    none of them keeps the application (an e-mail only says that there is one)."""
    chosen = [destinations.registry.get(key) for key in keys]
    if not any(destination.keeps_application for destination in chosen):
        raise ValueError("one destination must keep the application")
    form.destinations = keys
    form.save(update_fields=["destinations"])
    return form


def publish_form(form: Form, *, by: User | None) -> FlowVersion:
    """Freeze the draft as the live flow. Raises FlowInvalid with all errors. Publishing the same content again
    goes back to the version there is; `flow_published` is sent after the commit, unless it is a section: no citizen
    sees it, and the forms that use it stay as they are."""
    findings = [finding for finding in check_document(form.draft) if finding.severity == "error"]
    if findings:
        raise FlowInvalid(findings)
    flow = load_flow(form.draft)
    with transaction.atomic():
        locked = Form.objects.select_for_update().get(pk=form.pk)
        version = locked.versions.filter(hash=flow.hash).first() or _freeze(locked, flow.hash, form.draft, by)
        form.live = version
        Form.objects.filter(pk=form.pk).update(live=version)
        note_uses(form, form.draft, is_live=True)
        if not form.is_section:
            transaction.on_commit(lambda: flow_published.send(Form, version=version, by=by))
    keep_flow(flow)  # the first citizen need not wait for the compiler
    return version


def unpublish_form(form: Form, *, by: User | None) -> None:
    """Take the form offline. Drafts that are open can still be finished: they are pinned to their version."""
    Form.objects.filter(pk=form.pk).update(live=None)
    form.live = None
    note_uses(form, {}, is_live=True)
    transaction.on_commit(lambda: flow_unpublished.send(Form, key=form.key, by=by))


def title_of(document: dict[str, Any]) -> str:
    """The title in the default locale, else in any, else the key: what lists in the admin show."""
    title = document.get("title") or {}
    text = title.get(document.get("default_locale", "de")) or next(iter(title.values()), "") or document["key"]
    return str(text)[:250]


def _freeze(form: Form, digest: str, document: dict[str, Any], by: User | None) -> FlowVersion:
    number = (form.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return FlowVersion.objects.create(
        form=form, number=number, hash=digest, document=document, published_at=clock.now(), published_by=by
    )


def _note_change(form: Form, by: User | None, summary: str) -> None:
    FormChange.objects.create(
        form=form,
        version=form.draft_version,
        at=clock.now(),
        by=by,
        summary=summary[:250],
        document=form.draft,
    )
