"""Reads live content for rendering, each thing once: one library serves one run, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from wagtail.models import Locale, Page

from accounts.api import Unit
from cms.documents.addresses import DEFAULT_LOCALE
from cms.models import FaqEntry, Location, OrganisationalUnit, ServicePage
from forms_engine.api import Form

Versions = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """What other documents need to find a service: its key, and what it belongs to (by translation keys)."""

    key: str
    unit: str | None
    situations: tuple[str, ...]
    locations: tuple[str, ...]


class Library:
    """Live pages and snippets by translation key and locale. Snippet tables are small and read whole."""

    def __init__(self) -> None:
        self._snippets: dict[type[Model], dict[str, dict[str, Any]]] = {}
        self._snippet_keys: dict[type[Model], dict[int, str]] = {}
        self._pages: dict[tuple[type[Page], str], Versions] = {}
        self._page_keys: dict[int, str | None] = {}

    @cached_property
    def locales(self) -> dict[int, str]:
        """Locale codes by id."""
        return dict(Locale.objects.values_list("pk", "language_code"))

    def snippet(self, model: type[Model], key: str) -> Versions:
        """Live versions of a snippet by locale; empty when none is live."""
        return self._table(model).get(key, {})

    def snippet_keys(self, model: type[Model]) -> list[str]:
        """Translation keys of all live snippets in the order of the model."""
        return list(self._table(model))

    def key_of(self, model: type[Model], pk: int | None) -> str | None:
        """The translation key of a snippet row, live or not."""
        self._table(model)
        return self._snippet_keys[model].get(pk) if pk else None

    def put_draft(self, draft: Any) -> None:
        """Let an unpublished version take the place of the live one (preview)."""
        key, code = str(draft.translation_key), self.locales[draft.locale_id]
        if isinstance(draft, Page):
            self._pages[type(draft), key] = {**self.page(type(draft), key), code: draft}
        else:
            self._table(type(draft)).setdefault(key, {})[code] = draft
            self._snippet_keys[type(draft)][draft.pk] = key
        if isinstance(draft, ServicePage):
            situations = draft.life_situations.all()
            self.situations_by_page[draft.pk] = [str(situation.translation_key) for situation in situations]

    def page(self, model: type[Page], key: str) -> Versions:
        """Live, public versions of a page by locale."""
        if (model, key) not in self._pages:
            self.load_pages(model, [key])
        return self._pages[model, key]

    def load_pages(self, model: type[Page], keys: Iterable[str]) -> None:
        """Read several pages in one query."""
        wanted = [key for key in keys if (model, key) not in self._pages]
        found: dict[str, dict[str, Any]] = {key: {} for key in wanted}
        for start in range(0, len(wanted), 300):
            pages = model.objects.live().public().filter(translation_key__in=wanted[start : start + 300])
            for page in pages.order_by("pk"):
                found[str(page.translation_key)].setdefault(self.locales[page.locale_id], page)
        for key, versions in found.items():
            self._pages[model, key] = versions

    def page_keys(self, model: type[Page]) -> list[str]:
        """Translation keys of all live, public pages of a model."""
        keys = model.objects.live().public().order_by("path").values_list("translation_key", flat=True)
        return list(dict.fromkeys(map(str, keys)))

    def page_key_of(self, pk: int) -> str | None:
        """The translation key of a page row."""
        if pk not in self._page_keys:
            key = Page.objects.filter(pk=pk).values_list("translation_key", flat=True).first()
            self._page_keys[pk] = str(key) if key else None
        return self._page_keys[pk]

    @cached_property
    def service_records(self) -> dict[str, ServiceRecord]:
        """Every live service with what it belongs to, told by its German version where there is one."""
        rows = ServicePage.objects.live().public().order_by("path")
        leads: dict[str, Any] = {}
        fields = ("pk", "translation_key", "locale_id", "responsible_unit_id", "channels")
        for row in rows.values_list(*fields, named=True):
            key = str(row.translation_key)
            if key not in leads or self.locales[row.locale_id] == DEFAULT_LOCALE:
                leads[key] = row
        return {key: self.record(key, row) for key, row in leads.items()}

    @cached_property
    def situations_by_page(self) -> dict[int, list[str]]:
        """Life situation keys by page id, in their order."""
        through = ServicePage.life_situations.through.objects
        return _grouped(
            through.order_by("lifesituation__position", "lifesituation__title").values_list(
                "servicepage_id", "lifesituation__translation_key"
            )
        )

    @cached_property
    def faq_by_service(self) -> dict[str, list[str]]:
        """Keys of the questions of each service, in the order of the questions."""
        through = FaqEntry.services.through.objects.filter(faqentry__live=True)
        pairs = through.order_by("faqentry__position", "faqentry__question", "faqentry_id").values_list(
            "servicepage__translation_key", "faqentry__translation_key"
        )
        return {str(key): list(dict.fromkeys(keys)) for key, keys in _grouped(pairs).items()}

    @cached_property
    def live_forms(self) -> set[int]:
        """Ids of the forms that are online."""
        return set(Form.objects.filter(live__isnull=False).values_list("pk", flat=True))

    @cached_property
    def unit_keys(self) -> dict[int, str]:
        """Keys of the identities of the offices."""
        return dict(Unit.objects.values_list("pk", "key"))

    def record(self, key: str, row: Any) -> ServiceRecord:
        """What a service belongs to, told by one of its versions (a page or a row with the same members)."""
        chosen = [child["value"].get("location") for child in row.channels.raw_data if child["type"] == "on_site"]
        locations = [self.key_of(Location, pk) for pk in chosen]
        return ServiceRecord(
            key,
            self.key_of(OrganisationalUnit, row.responsible_unit_id),
            tuple(self.situations_by_page.get(row.pk, ())),
            tuple(dict.fromkeys(location for location in locations if location)),
        )

    def _table(self, model: type[Model]) -> dict[str, dict[str, Any]]:
        if model not in self._snippets:
            self._read_table(model)
        return self._snippets[model]

    def _read_table(self, model: type[Model]) -> None:
        table: dict[str, dict[str, Any]] = {}
        keys: dict[int, str] = {}
        for row in model.objects.select_related("locale"):
            key = str(row.translation_key)
            keys[row.pk] = key
            if row.live:
                table.setdefault(key, {})[row.locale.language_code] = row
        self._snippets[model], self._snippet_keys[model] = table, keys


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[str]]:
    grouped: dict[Any, list[str]] = defaultdict(list)
    for left, right in pairs:
        grouped[left].append(str(right))
    return dict(grouped)
