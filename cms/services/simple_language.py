"""Leichte Sprache: a page of its own beside the standard text, and the mark that the standard text has moved on."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale

from accounts.api import User
from cms.models import ServicePage, SimpleVersion
from cms.services.service_text import text_hash
from cms.wording import SIMPLE
from common.api import clock


class SimpleVersionExists(Exception):
    """The service has a version in Leichte Sprache already; `page` is that version."""

    def __init__(self, page: ServicePage) -> None:
        super().__init__("simple version exists")
        self.page = page


def find_simple_page(page: ServicePage) -> ServicePage | None:
    """The version in Leichte Sprache, or None. Aliases are no versions."""
    return _translations(page).filter(locale__language_code=SIMPLE, alias_of__isnull=True).first()


def find_standard_page(page: ServicePage) -> ServicePage | None:
    """The German standard text of a version in Leichte Sprache, or None."""
    return _translations(page).filter(locale=Locale.get_default()).first()


@transaction.atomic
def create_simple_version(page: ServicePage, *, user: User | None = None) -> ServicePage:
    """Copy the standard text as a draft to be rewritten; raises SimpleVersionExists.

    This is a plain copy and no wagtail-localize translation: sentences are split, merged and dropped freely, so
    there is nothing to keep in step segment by segment.
    """
    existing = find_simple_page(page)
    if existing is not None:
        raise SimpleVersionExists(existing)
    locale = _simple_locale()
    _ensure_parents(page, locale)
    simple = page.copy_for_translation(locale)
    _remember(simple, text_hash(page), user)
    return simple


def confirm_simple_version(page: ServicePage, *, user: User | None = None) -> SimpleVersion:
    """A person has compared the text with the standard text: it is up to date now."""
    standard = find_standard_page(page)
    state = _remember(page, text_hash(standard) if standard else "", user)
    log(page, "cms.simple_confirmed", user=user)
    return state


def mark_stale_versions(standard: ServicePage) -> bool:
    """Called after the standard text was published. True when the version in Leichte Sprache is out of date now."""
    simple = find_simple_page(standard)
    if simple is None:
        return False
    state = SimpleVersion.objects.filter(page=simple).first() or _remember(simple, text_hash(standard), None)
    is_stale = state.source_hash != text_hash(standard)
    if is_stale != bool(state.stale_since):
        state.stale_since = clock.now() if is_stale else None
        state.save(update_fields=["stale_since"])
    return is_stale


def describe_simple_version(page: ServicePage) -> dict[str, Any] | None:
    """What the editor sees on top of a service: facts for `simple_language_panel.html`; None for other languages."""
    if page.is_simple:
        state = SimpleVersion.objects.filter(page=page).first()
        return {"kind": "simple", "state": state, "standard": find_standard_page(page)}
    if page.locale.is_default:
        simple = find_simple_page(page)
        state = SimpleVersion.objects.filter(page=simple).first() if simple else None
        return {"kind": "standard", "simple": simple, "state": state}
    return None


def _translations(page: ServicePage) -> Any:
    return ServicePage.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).select_related("locale")


def _ensure_parents(page: ServicePage, locale: Locale) -> None:
    """Department and start page in this language, as pages of their own: an alias could not be edited."""
    for parent in page.get_ancestors().filter(depth__gt=1).specific():
        if not parent.has_translation(locale):
            copy = parent.copy_for_translation(locale)
            copy.get_latest_revision().publish()


def _simple_locale() -> Locale:
    locale, _created = Locale.objects.get_or_create(language_code=SIMPLE)
    return locale


def _remember(page: ServicePage, source_hash: str, user: User | None) -> SimpleVersion:
    state, _created = SimpleVersion.objects.update_or_create(
        page=page,
        defaults={"source_hash": source_hash, "stale_since": None, "checked_at": clock.now(), "checked_by": user},
    )
    return state
