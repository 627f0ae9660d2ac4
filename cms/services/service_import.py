"""Takes a foreign service catalogue in: idempotent, all or nothing, with a report of what was left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from cms.documents.publishing import publish_in_bulk
from cms.importers.demo.site import ensure_home, ensure_locales
from cms.importers.dldb.mapping import (
    LocationRecord,
    RecordUnusable,
    ServiceRecord,
    map_location,
    map_service,
)
from cms.importers.ledger import Ledger
from cms.models import DepartmentPage, HomePage, Location, OrganisationalUnit, ServiceKey, ServicePage
from cms.models.base import german_slug

DEPARTMENT, DEPARTMENT_KEY = "Importiert", "importiert"
Progress = Callable[[list[Any], str], Iterable[Any]]


@dataclass
class ImportReport:
    """Numbers by kind and sentences by record."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    locations: int = 0
    skipped: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """Services and locations written in this run."""
        return self.created + self.updated + self.locations


def import_services(
    services: list[dict[str, Any]],
    locations: list[dict[str, Any]],
    *,
    source: str,
    dry_run: bool = False,
    progress: Progress = lambda rows, _name: rows,
) -> ImportReport:
    """Take both lists in. Records an editor has changed since are left alone and reported."""
    with transaction.atomic():
        with publish_in_bulk():
            importer = _Importer(source, progress)
            importer.take_locations(locations)
            importer.take_services(services)
        transaction.set_rollback(dry_run)
    return importer.report


class _Importer:
    """One run: holds what is looked up again and again."""

    def __init__(self, source: str, progress: Progress) -> None:
        self.ledger, self.progress, self.report = Ledger(source), progress, ImportReport()
        self.locale = Locale.get_default()
        self.department = _ensure_department()
        self.locations: dict[str, Location] = {}
        self.slugs = set(ServicePage.objects.filter(locale=self.locale).values_list("slug", flat=True))

    def take_locations(self, rows: list[dict[str, Any]]) -> None:
        for data in self.progress(rows, "Standorte"):
            key = f"location:{data['id']}"
            record = self.ledger.find(key)
            location = record.location if record else None
            if location is None or not self.ledger.is_unchanged(key, _relevant(data)):
                location = self._take_location(key, data, location)
            if location is not None:
                self.locations[str(data["id"])] = location

    def take_services(self, rows: list[dict[str, Any]]) -> None:
        for data in self.progress(rows, "Leistungen"):
            key = f"service:{data['id']}"
            try:
                record = map_service(data)
            except RecordUnusable as reason:
                self.report.skipped.append(f"Leistung {data['id']}: {reason}")
                continue
            if self.ledger.is_unchanged(key, data):
                self.report.unchanged += 1
            else:
                self._take_service(key, data, record)

    def _take_location(self, key: str, data: dict[str, Any], location: Location | None) -> Location | None:
        try:
            record = map_location(data)
        except RecordUnusable as reason:
            self.report.skipped.append(f"Standort {data['id']}: {reason}")
            return None
        if location is not None and _is_edited(location):
            self.report.remarks.append(f"Standort {record.name}: von der Redaktion bearbeitet, nicht überschrieben")
            return location
        location = location or Location(locale=self.locale)
        _fill_location(location, record)
        location.save()
        location.save_revision().publish()
        self.ledger.note(key, _relevant(data), location=location)
        self.report.locations += 1
        return location

    def _take_service(self, key: str, data: dict[str, Any], record: ServiceRecord) -> None:
        known = self.ledger.find(key)
        page = known.service if known else None
        if page is not None and _is_edited(page):
            self.report.remarks.append(f"{record.name}: von der Redaktion bearbeitet, nicht überschrieben")
            return
        is_new = page is None
        page = page or ServicePage(title=record.name, slug=self._free_slug(record.name), live=False, locale=self.locale)
        self._fill_service(page, record)
        if is_new:
            self.department.add_child(instance=page)
        self._publish(page, record)
        self.ledger.note(key, data, service=page)
        self.report.created += is_new
        self.report.updated += not is_new
        self.report.remarks += [f"{record.name}: {remark}" for remark in record.remarks]

    def _publish(self, page: ServicePage, record: ServiceRecord) -> None:
        revision = page.save_revision()
        if page.channels:
            revision.publish()
        else:
            record.remarks.append("als Entwurf übernommen, weil kein Weg zum Antrag bekannt ist")

    def _fill_service(self, page: ServicePage, record: ServiceRecord) -> None:
        page.title, page.official_name = record.name, record.name
        page.teaser, page.description = record.teaser, record.description
        page.fees_text, page.fees = record.fees_text, record.fees
        page.keywords = ", ".join(record.keywords)
        page.responsible_unit = self.department.unit
        page.further = [("link", {"title": title, "url": url}) for title, url in record.further]
        page.paper_forms = [("link", {"title": title, "url": url}) for title, url in record.forms]
        page.service_keys = [ServiceKey(key=key, sort_order=place) for place, key in enumerate(record.keys)]
        page.channels = [("on_site", self._on_site(location)) for location in self._known_locations(record)]

    def _known_locations(self, record: ServiceRecord) -> list[Location]:
        for number in record.locations:
            if number not in self.locations:
                record.remarks.append(f"Standort {number} ausgelassen: unbekannt")
        return [self.locations[number] for number in record.locations if number in self.locations]

    def _on_site(self, location: Location) -> dict[str, Any]:
        return {"location": location, "label": "", "text": "", "url": ""}

    def _free_slug(self, name: str) -> str:
        wanted = german_slug(name) or "leistung"
        candidate, number = wanted, 1
        while candidate in self.slugs:
            number += 1
            candidate = f"{wanted}-{number}"
        self.slugs.add(candidate)
        return candidate


def _ensure_department() -> DepartmentPage:
    locale = Locale.get_default()
    home = HomePage.objects.filter(locale=locale).first() or ensure_home(ensure_locales())
    unit = OrganisationalUnit.objects.filter(slug=DEPARTMENT_KEY, locale=locale).first()
    unit = unit or OrganisationalUnit.objects.create(slug=DEPARTMENT_KEY, name="Importierte Leistungen", locale=locale)
    page = DepartmentPage.objects.child_of(home).filter(slug=DEPARTMENT_KEY).first()
    if page is None:
        page = home.add_child(instance=DepartmentPage(title=DEPARTMENT, slug=DEPARTMENT_KEY, unit=unit, locale=locale))
        page.save_revision().publish()
    return page


def _relevant(data: dict[str, Any]) -> dict[str, Any]:
    """The part of an office that becomes a location; its list of services changes all the time."""
    return {name: data.get(name) for name in ("id", "name", "displayName", "address", "geo", "contact")}


def _is_edited(thing: Page | Location) -> bool:
    """True when a person saved it after the import: imports leave no user."""
    return thing.latest_revision is not None and thing.latest_revision.user_id is not None


def _fill_location(location: Location, record: LocationRecord) -> None:
    for name in ("name", "street", "house_number", "postcode", "place", "latitude", "longitude", "phone", "email"):
        setattr(location, name, getattr(record, name))
