"""Offices, places, contact points, life situations and questions, in all languages they have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from wagtail.models import Locale

from accounts.api import ensure_unit, find_unit
from cms.importers.demo.source import GERMAN, City, has_text, in_locale
from cms.importers.ledger import Ledger
from cms.models import (
    ContactPoint,
    FaqEntry,
    LifeSituation,
    Location,
    OrganisationalUnit,
    ServicePage,
)
from cms.models.base import EditorialSnippet

Fill = Callable[[Any, dict[str, Any]], None]


class SnippetLoader:
    """Writes snippets that are new or whose file changed; counts what it wrote."""

    def __init__(self, locales: dict[str, Locale], ledger: Ledger) -> None:
        self.locales, self.ledger, self.changed = locales, ledger, 0

    def write(self, model: type[EditorialSnippet], slug: str, data: dict[str, Any], fill: Fill) -> None:
        """One object in all languages in which `data` has texts."""
        key = f"{model._meta.model_name}:{slug}"
        if self.ledger.is_unchanged(key, data):
            return
        german = self._save(model, slug, GERMAN, data, fill, None)
        for code in self.locales:
            if code != GERMAN and has_text(data, code):
                self._save(model, slug, code, data, fill, german)
        self.ledger.note(key, data)
        self.changed += 1

    def _save(self, model: Any, slug: str, code: str, data: Any, fill: Fill, german: Any) -> Any:
        locale = self.locales[code]
        snippet = model.objects.filter(slug=slug, locale=locale).first() or model(slug=slug, locale=locale)
        if german is not None:
            snippet.translation_key = german.translation_key
        fill(snippet, in_locale(data, code))
        snippet.save()
        snippet.save_revision().publish()
        return snippet


def load_snippets(city: City, locales: dict[str, Locale], ledger: Ledger) -> int:
    """Everything services refer to, in the order of references. Returns how many were written."""
    loader = SnippetLoader(locales, ledger)
    for data in city.units:
        parent = find_unit(data["parent"]) if data.get("parent") else None
        ensure_unit(data["key"], name=data["name"][GERMAN], email=data.get("email", ""), parent=parent)
        loader.write(OrganisationalUnit, data["slug"], data, _fill_unit)
    for data in city.locations:
        loader.write(Location, data["slug"], data, _fill_location)
    for data in city.contact_points:
        loader.write(ContactPoint, data["key"], data, _fill_contact_point)
    for place, data in enumerate(city.life_situations):
        loader.write(LifeSituation, data["slug"], {"position": (place + 1) * 10} | data, _fill_life_situation)
    _set_main_locations(city)
    return loader.changed


def load_faq(city: City, locales: dict[str, Locale], ledger: Ledger) -> int:
    """Questions and answers; after the services, because they point to them."""
    loader = SnippetLoader(locales, ledger)
    for place, data in enumerate(city.faq):
        loader.write(FaqEntry, data["slug"], _faq_record(data, (place + 1) * 10), _fill_faq)
    return loader.changed


def german_unit(key: str) -> OrganisationalUnit:
    """The German texts of the unit with this key."""
    return OrganisationalUnit.objects.get(identity__key=key, locale__language_code=GERMAN)


def german_location(slug: str) -> Location:
    """The German location with this address."""
    return Location.objects.get(slug=slug, locale__language_code=GERMAN)


def _fill_unit(unit: OrganisationalUnit, data: dict[str, Any]) -> None:
    unit.identity = find_unit(data["key"])
    unit.name, unit.description = data["name"], data["description"]
    unit.tasks = [("task", task) for task in data.get("tasks") or []]
    unit.email, unit.phone = data.get("email", ""), data.get("phone", "")
    unit.parent = german_unit(data["parent"]) if data.get("parent") else None


def _set_main_locations(city: City) -> None:
    for data in city.units:
        if data.get("address"):
            location = german_location(data["address"])
            for unit in OrganisationalUnit.objects.filter(slug=data["slug"]).exclude(main_location=location):
                unit.main_location = location
                unit.save_revision().publish()


def _fill_location(location: Location, data: dict[str, Any]) -> None:
    address, geo, hours = data["address"], data.get("geo") or {}, data.get("hours") or {}
    location.name, location.transit = data["name"], data.get("transit", "")
    location.street, location.house_number = address["street"], address["house_number"]
    location.postcode, location.place = address["postcode"], address["place"]
    location.latitude, location.longitude = (Decimal(str(geo[key])) if key in geo else None for key in ("lat", "lon"))
    location.phone, location.email = data.get("phone", ""), data.get("email", "")
    location.regular_hours = [("span", _regular(row)) for row in hours.get("regular") or []]
    location.hours_exceptions = [("exception", _exception(row)) for row in hours.get("exceptions") or []]
    location.accessibility = [("feature", {"note": ""} | row) for row in data.get("accessibility") or []]
    location.units = [german_unit(key) for key in data.get("units") or []]


def _regular(row: dict[str, Any]) -> dict[str, Any]:
    return {"weekday": str(row["weekday"]), "note": row.get("note", "")} | _span(row)


def _span(row: dict[str, Any]) -> dict[str, Any]:
    return {"opens": time.fromisoformat(row["from"]), "closes": time.fromisoformat(row["to"].replace("24:00", "00:00"))}


def _exception(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "starts": date.fromisoformat(row["from"]),
        "ends": date.fromisoformat(row["to"]),
        "state": row["state"],
        "spans": [_span(span) for span in row.get("spans") or []],
        "reason": row.get("reason", ""),
    }


def _fill_contact_point(point: ContactPoint, data: dict[str, Any]) -> None:
    point.name, point.purpose, point.hours_text = data["name"], data.get("purpose", ""), data.get("hours_text", "")
    point.phone, point.email = data.get("phone", ""), data.get("email", "")
    point.unit = german_unit(data["unit"])
    point.location = german_location(data["location"]) if data.get("location") else None


def _fill_life_situation(situation: LifeSituation, data: dict[str, Any]) -> None:
    situation.title, situation.teaser = data["title"], data.get("teaser", "")
    situation.icon, situation.position = data.get("icon", ""), data["position"]


def _faq_record(data: dict[str, Any], position: int) -> dict[str, Any]:
    """The file keeps translations beside the question; here each text becomes a TEXT."""
    translations = data.get("translations") or {}
    texts = {
        name: {GERMAN: data.get(name) or ""}
        | {code: texts[name] for code, texts in translations.items() if name in texts}
        for name in ("question", "answer", "alternatives")
    }
    return {"position": position, "services": data.get("services") or [], "unit": data.get("unit")} | texts


def _fill_faq(entry: FaqEntry, data: dict[str, Any]) -> None:
    entry.question, entry.answer, entry.position = data["question"], data["answer"], data["position"]
    entry.alternatives = "\n".join(data["alternatives"] or [])
    services = list(ServicePage.objects.filter(slug__in=data["services"], locale__language_code=GERMAN))
    entry.services = services
    entry.unit = german_unit(data["unit"]) if data["unit"] else (services[0].responsible_unit if services else None)
