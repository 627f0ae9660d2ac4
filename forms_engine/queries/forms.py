"""Published forms: what other apps list and show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.api import Unit
from forms_engine.fields import say
from forms_engine.models import FlowVersion, Form
from forms_engine.problems import FormNotFound
from forms_engine.services.flows import cached_flow

TEXT_KEYS = {
    "title", "description", "label", "help", "message", "text", "failed", "item_label", "add_label", "declaration",
    "purpose",
}  # fmt: skip
RULE_KEYS = {"rule", "when", "visible", "required"}
OFFICE_KEYS = frozenset({"source", "todo", "section"})  # where parts come from, what is to be modelled: for editors


@dataclass(frozen=True)
class PublishedFlow:
    """One entry of the list of forms that are online."""

    key: str
    version: int
    hash: str
    title: str
    unit_key: str
    minutes: int | None


def access_published_version(key: str) -> FlowVersion:
    """The live version of a form. Raises FormNotFound."""
    versions = FlowVersion.objects.select_related("form__unit").defer("document", "form__draft")
    online = versions.filter(form__live_id=F("pk"), form__is_section=False)
    version = online.filter(form__key=key).first() if "\0" not in key else None
    if version is None:
        raise FormNotFound
    return version


def list_published_flows(locale: str = "de") -> list[PublishedFlow]:
    """All forms that are online, by title."""
    versions = FlowVersion.objects.filter(form__live_id=F("pk"), form__is_section=False).select_related("form__unit")
    flows = [_entry(version, locale) for version in versions.defer("document", "form__draft")]
    return sorted(flows, key=lambda entry: entry.title.lower())


def get_published_flow(key: str, locale: str = "de") -> dict[str, Any]:
    """The published flow document with every text resolved to one locale, plus version, hash and unit, without what
    only editors need (`OFFICE_KEYS`: an import leaves up to 100 KB of it). Raises FormNotFound."""
    version = access_published_version(key)
    flow = cached_flow(version)
    document: dict[str, Any] = resolve_texts(without_office_keys(flow.document), locale, flow.default_locale)
    return document | {"version": version.number, "hash": version.hash, "locale": locale}


def list_forms_of(unit: Unit) -> QuerySet[Form]:
    """Forms a unit is responsible for, by title."""
    return Form.objects.filter(unit=unit, is_section=False).defer("draft")


def search_forms(text: str) -> QuerySet[Form]:
    """Forms whose title or key contains the text, by title: for choosers in the admin."""
    named = Form.objects.filter(Q(title__icontains=text) | Q(key__icontains=text), is_section=False)
    return named.select_related("unit").defer("draft")


def resolve_texts(value: Any, locale: str, default_locale: str) -> Any:
    """Every TEXT of a flow document (an object of locale -> string) as one string; rules and values stay."""
    if isinstance(value, list):
        return [resolve_texts(item, locale, default_locale) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: say(item, locale, default_locale)
        if key in TEXT_KEYS and isinstance(item, dict)
        else item
        if key in RULE_KEYS
        else resolve_texts(item, locale, default_locale)
        for key, item in value.items()
    }


def without_office_keys(part: dict[str, Any]) -> dict[str, Any]:
    """A document, step or node and everything inside it without `OFFICE_KEYS`."""
    kept = {key: value for key, value in part.items() if key not in OFFICE_KEYS}
    inside = {key: [without_office_keys(child) for child in kept[key]] for key in ("steps", "nodes") if key in kept}
    return kept | inside


def _entry(version: FlowVersion, locale: str) -> PublishedFlow:
    flow = cached_flow(version)
    return PublishedFlow(
        key=flow.key,
        version=version.number,
        hash=version.hash,
        title=say(flow.title, locale, flow.default_locale),
        unit_key=version.form.unit.key,
        minutes=flow.document.get("minutes"),
    )
