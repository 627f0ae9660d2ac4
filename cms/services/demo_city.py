"""Builds the demo city. Idempotent: what was built from the same files is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from cms.documents.publishing import publish_in_bulk
from cms.importers.demo import forms, people, services, site, snippets, translations
from cms.importers.demo.source import City
from cms.importers.ledger import Ledger
from messaging.api import load_kita

SOURCE = "demo-city"


@dataclass
class DemoReport:
    """How many objects of each kind were written in this run."""

    written: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """0 on a second run."""
        return sum(self.written.values())


def load_demo_city(city: City, *, password: str) -> DemoReport:
    """Everything or nothing: one transaction; public documents are rendered at the end."""
    with publish_in_bulk(), transaction.atomic():
        return _load(city, password)


def _load(city: City, password: str) -> DemoReport:
    ledger = Ledger(SOURCE)
    report = DemoReport()
    locales = site.ensure_locales()
    home = site.ensure_home(locales)
    report.written["Ämter, Orte, Kontakte, Lebenslagen"] = snippets.load_snippets(city, locales, ledger)
    departments = site.ensure_departments(home)
    report.written["Formulare"] = forms.load_forms(city, ledger)
    services.ensure_service_pages(city, departments)
    report.written["Leistungen"] = len(services.load_services(city, ledger))
    report.written["Übersetzungen und Leichte Sprache"] = translations.load_translations(city, locales, ledger)
    report.written["Fragen und Antworten"] = snippets.load_faq(city, locales, ledger)
    report.written["Inhaltsseiten"] = site.load_content_pages(city, home, locales, ledger)
    site.fill_homes(city, locales, ledger)
    people.load_people(departments, password)
    report.written["Kitas, Familien, Nachrichten"] = load_kita(password=password)
    return report
