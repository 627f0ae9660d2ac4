"""The desk at which one subject is rendered in one locale: reads the library and notes what it has used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.documents.addresses import front_path
from cms.documents.library import Library
from cms.documents.prose import clean_html
from cms.documents.tokens import card_token, group_token
from cms.documents.voice import Voice

T = TypeVar("T")
CARD_KINDS = {"servicepage": "service", "contentpage": "page", "homepage": "home"}


class Rendering:
    """Hands out content and records the dependency at the same time, so that none can be forgotten."""

    def __init__(self, library: Library, locale: str, today: date) -> None:
        self.library, self.locale, self.today = library, locale, today
        self.tokens: set[str] = set()
        self.is_dated = False

    def voice(self, model: type[Model], key: str | None, kind: str) -> Voice[Any] | None:
        """A snippet in this locale, or None when no version is live. Depends on its card either way."""
        if key is None:
            return None
        self.uses_card(kind, key)
        versions = self.library.snippet(model, key)
        return Voice(versions, self.locale) if versions else None

    def page_voice(self, model: type[Page], key: str, kind: str) -> Voice[Any] | None:
        """The same for a page."""
        self.uses_card(kind, key)
        versions: Mapping[str, Any] = self.library.page(model, key)
        return Voice(versions, self.locale) if self.is_readable(versions) else None

    def is_readable(self, versions: Mapping[str, Any]) -> bool:
        """True when the subject has a document in this locale: a version of its own or a German one to fall back to."""
        return self.locale in versions or "de" in versions

    def uses_card(self, kind: str, ref: object) -> None:
        """This document shows a card of that subject."""
        self.tokens.add(card_token(kind, ref))

    def uses_group(self, group: str) -> None:
        """This document lists the members of that group."""
        self.tokens.add(group_token(group))

    def day(self) -> date:
        """Today; marks the document as one that has to be rendered again on another day."""
        self.is_dated = True
        return self.today

    def path(self, path: str) -> str:
        """A front-end address in this locale."""
        return front_path(self.locale, path)

    def html(self, source: str) -> str:
        """Rich text as clean HTML with links into the front end."""
        return clean_html(source, self._resolve)

    def _resolve(self, linktype: str, pk: int) -> str | None:
        if linktype == "page":
            return self._page_address(pk)
        if linktype == "document":
            self.uses_card("document", pk)
            document = get_document_model().objects.filter(pk=pk).first()
            return document.url if document else None
        return None

    def _page_address(self, pk: int) -> str | None:
        """The address of a linked page in this locale. Depends on the page even when it is gone: it may come back."""
        target = Page.objects.filter(pk=pk).first()
        if target is None:
            return None
        model = target.specific_class
        key = str(target.translation_key)
        self.uses_card(CARD_KINDS.get(target.content_type.model, "wagtail"), key)
        if model is None or not hasattr(model, "front_end_path"):
            return None
        versions = self.library.page(model, key)
        if not self.is_readable(versions):
            return None
        return self.path((versions.get(self.locale) or versions["de"]).front_end_path())
