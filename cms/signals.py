"""Which change of content makes which documents new. Connected in `CmsConfig.ready()`.

Pages and snippets render their own documents in the transaction of the change. Rows that belong to them (contacts,
related services) only leave a mark: in a transaction it is worked off at the commit, otherwise with the page itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from accounts.api import Unit
from cms.documents.publishing import mark, publish_subject
from cms.documents.state import touch
from cms.documents.subjects import SUBJECT_TYPES, subject_of
from cms.documents.tokens import Subject, card_token, group_token, render_token
from cms.models import (
    ContactPoint,
    DirtyMark,
    FaqEntry,
    FeaturedService,
    Location,
    OrganisationalUnit,
    RelatedService,
    SearchSynonym,
    ServiceContact,
    ServiceKey,
    ServicePage,
)
from common.api import clock
from forms_engine.api import flow_published, flow_unpublished

CHILDREN = (ServiceKey, ServiceContact, RelatedService, FeaturedService)
BOOKKEEPING = {  # saved with every draft; says nothing about what is live
    "latest_revision",
    "latest_revision_created_at",
    "has_unpublished_changes",
    "draft_title",
    "locked",
    "locked_at",
    "locked_by",
    "owner",
    "go_live_at",
    "expire_at",
}


def connect() -> None:
    """Connect all receivers once."""
    for model in SUBJECT_TYPES:
        post_save.connect(_saved, sender=model, dispatch_uid=f"documents.saved.{model.__name__}")
        post_delete.connect(_gone, sender=model, dispatch_uid=f"documents.gone.{model.__name__}")
    for signal in (page_published, page_unpublished):
        signal.connect(_changed, dispatch_uid=f"documents.page.{id(signal)}")
    for signal in (published, unpublished):
        signal.connect(_snippet_changed, dispatch_uid=f"documents.snippet.{id(signal)}")
    post_page_move.connect(_moved, dispatch_uid="documents.moved")
    for model in CHILDREN:
        for number, signal in enumerate((post_save, post_delete)):
            signal.connect(_child_changed, sender=model, dispatch_uid=f"documents.child.{model.__name__}.{number}")
    for field in (ServicePage.life_situations, FaqEntry.services, Location.units):
        m2m_changed.connect(_members_changed, sender=field.through, dispatch_uid=f"documents.{field.through.__name__}")
    _connect_others()


def _connect_others() -> None:
    pairs = (
        (ContactPoint, _contact_changed),
        (SearchSynonym, _synonym_changed),
        (PageViewRestriction, _restriction_changed),
        (Unit, _identity_changed),
        (get_document_model(), _file_changed),
    )
    for model, receiver in pairs:
        post_save.connect(receiver, sender=model, dispatch_uid=f"documents.saved.{model.__name__}")
        post_delete.connect(receiver, sender=model, dispatch_uid=f"documents.gone.{model.__name__}")
    flow_published.connect(_flow_published, dispatch_uid="documents.flow_published")
    flow_unpublished.connect(_flow_unpublished, dispatch_uid="documents.flow_unpublished")


def _saved(sender: type, instance: Any, update_fields: Iterable[str] | None, raw: bool, **kwargs: Any) -> None:
    if update_fields is not None and not set(update_fields) - BOOKKEEPING:
        return
    if raw:
        _leave_mark(subject_of(instance))
    else:
        _changed(sender, instance)


def _gone(sender: type, instance: Any, **kwargs: Any) -> None:
    _changed(sender, instance)


def _changed(sender: type, instance: Any, **kwargs: Any) -> None:
    """Published, unpublished, saved or deleted: its own documents at once."""
    instance = instance.specific if type(instance) is Page else instance
    subject = subject_of(instance)
    if subject is not None:
        publish_subject(subject)
    elif isinstance(instance, Page):
        mark(card_token("wagtail", instance.translation_key))


def _snippet_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    """Wagtail sends this for pages too, just before the signal of their own."""
    if not isinstance(instance, Page):
        _changed(sender, instance)


def _moved(sender: type, instance: Page, **kwargs: Any) -> None:
    """Addresses of content pages follow the tree."""
    for page in instance.get_descendants(inclusive=True).specific():
        _changed(type(page), page)


def _child_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    key = Page.objects.filter(pk=instance.page_id).values_list("translation_key", flat=True).first()
    if key is not None:
        _leave_mark(Subject(SUBJECT_TYPES[instance._meta.get_field("page").related_model], str(key)))


def _members_changed(sender: type, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any) -> None:
    if action not in {"post_add", "post_remove", "post_clear"}:
        return
    if not reverse:
        _leave_mark(subject_of(instance))
        return
    for member in kwargs["model"].objects.filter(pk__in=pk_set or ()):
        _leave_mark(subject_of(member))
    if pk_set is None and (subject := subject_of(instance)):
        mark(group_token(f"faq:{subject.ref}"), card_token(subject.type, subject.ref))


def _leave_mark(subject: Subject | None) -> None:
    """Part of a larger change: rendered at the commit, or with the page that is being saved right now."""
    if subject is None:
        return
    if transaction.get_connection().in_atomic_block:
        mark(render_token(subject))
    else:
        DirtyMark.objects.create(token=render_token(subject), marked_at=clock.now())


def _contact_changed(sender: type, instance: ContactPoint, **kwargs: Any) -> None:
    """Contact points have no document; services and offices show them."""
    tokens = [card_token("contact_point", instance.translation_key)]
    if instance.unit_id:
        tokens.append(group_token(f"unit-contact:{instance.unit.translation_key}"))
    mark(*tokens)


def _identity_changed(sender: type, instance: Unit, **kwargs: Any) -> None:
    keys = OrganisationalUnit.objects.filter(identity=instance).values_list("translation_key", flat=True).distinct()
    mark(*(token for key in keys for token in (render_token(Subject("unit", str(key))), card_token("unit", key))))


def _file_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    mark(card_token("document", instance.pk))


def _synonym_changed(sender: type, **kwargs: Any) -> None:
    touch()


def _restriction_changed(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restricted page is not public, nor are those below it."""
    for page in instance.page.get_descendants(inclusive=True).specific():
        _changed(type(page), page)


def _flow_published(sender: type, version: Any, **kwargs: Any) -> None:
    publish_subject(Subject("flow", version.form.key))


def _flow_unpublished(sender: type, key: str, **kwargs: Any) -> None:
    publish_subject(Subject("flow", key))
