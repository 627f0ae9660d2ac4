"""300 services with every field filled, for the read benchmark."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wagtail.models import Locale, Page, Site

from cms.api import publish_in_bulk
from cms.models import (
    ContactPoint,
    DepartmentPage,
    HomePage,
    LifeSituation,
    Location,
    OrganisationalUnit,
    ServiceContact,
    ServiceKey,
    ServicePage,
)

SENTENCE = "Sie können den Antrag online stellen oder mit Termin zu uns kommen. "
UNITS, SITUATIONS = 8, 8


def fill(count: int) -> None:
    """Publish `count` services, 8 offices, 8 life situations, 6 places."""
    locale = Locale.objects.get_or_create(language_code="de")[0]
    with publish_in_bulk():
        home = Page.get_first_root_node().add_child(instance=HomePage(title="Stadt", slug="stadt", locale=locale))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
        )
        departments = [_department(home, number, locale) for number in range(UNITS)]
        places = [_place(number, locale) for number in range(6)]
        situations = [
            LifeSituation.objects.create(title=f"Lebenslage {number}", teaser=SENTENCE, locale=locale)
            for number in range(SITUATIONS)
        ]
        for number in range(count):
            _service(number, departments[number % UNITS], places[number % 6], situations)


def _department(home: HomePage, number: int, locale: Locale) -> tuple[DepartmentPage, ContactPoint]:
    unit = OrganisationalUnit.objects.create(name=f"Fachdienst {number}", slug=f"fachdienst-{number}", locale=locale)
    page = home.add_child(instance=DepartmentPage(title=unit.name, slug=unit.slug, unit=unit))
    contact = ContactPoint.objects.create(name=f"Team {number}", phone="03641 49-0", unit=unit, locale=locale)
    return page, contact


def _place(number: int, locale: Locale) -> Location:
    hours = [("span", {"weekday": str(day), "opens": "08:00", "closes": "16:00", "note": ""}) for day in range(5)]
    return Location.objects.create(
        name=f"Haus {number}", street="Markt", house_number="1", postcode="07743", regular_hours=hours, locale=locale
    )


def _service(number: int, department: tuple[DepartmentPage, ContactPoint], place: Location, situations: Any) -> None:
    parent, contact = department
    page = ServicePage(
        title=f"Leistung {number:03d} beantragen",
        responsible_unit=parent.unit,
        teaser=SENTENCE,
        summary=f"<p>{SENTENCE * 2}</p>",
        description=f"<p>{SENTENCE * 6}</p><ul><li>{SENTENCE}</li><li>{SENTENCE}</li></ul>",
        audience=SENTENCE,
        prerequisites=f"<p>{SENTENCE}</p>",
        notes=f"<p>{SENTENCE}</p>",
        appeal=f"<p>{SENTENCE}</p>",
        fees=[("fixed", {"label": "Gebühr", "amount": Decimal(37), "currency": "EUR", "legal_basis": "§ 1"})],
        deadlines=[("deadline", {"kind": "apply", "label": "Frist", "amount": 2, "unit": "week", "text": SENTENCE})],
        documents=[("document", {"title": f"Unterlage {n}", "note": "", "required": True}) for n in range(4)],
        procedure=[("step", {"title": f"Schritt {n}", "text": f"<p>{SENTENCE}</p>"}) for n in range(4)],
        legal_bases=[("legal_basis", {"title": "§ 17 BMG", "url": "https://www.gesetze-im-internet.de/bmg/"})],
        keywords="Antrag, Bescheinigung",
        channels=[
            ("external_link", {"url": "https://antrag.example/", "label": "", "text": ""}),
            ("on_site", {"location": place, "label": "", "text": "Mit Termin"}),
        ],
    )
    page.service_keys = [ServiceKey(key="99050012104000")]
    page.service_contacts = [ServiceContact(contact_point=contact)]
    page.life_situations = [situations[number % SITUATIONS]]
    parent.add_child(instance=page)
