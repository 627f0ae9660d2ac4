"""What the tests of the read API share: asking, and a city with one of each."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import Client

from cms.documents.publishing import work_off
from cms.models import ContentPage, FaqEntry, LifeSituation, Location, ServicePage
from tests.cms import factories

API = "/api/v1"


def ask(path: str, *, status: int = 200, **headers: str) -> Any:
    """GET below /api/v1; the data, after a look at the status."""
    response = Client().get(API + path, headers=headers)
    assert response.status_code == status, response.content[:500]
    return response.json()


def fetch(path: str, *, method: str = "get", **headers: str) -> Any:
    """The response itself."""
    return getattr(Client(), method)(API + path, headers={name.replace("_", "-"): v for name, v in headers.items()})


@contextmanager
def committed():
    """A change and what follows its commit: tests run in a transaction that never commits."""
    with transaction.atomic():
        yield
    work_off()


def translate(original: Any, code: str = "en", **fields: Any) -> Any:
    """A published version in another language. What is not given stays German, as wagtail-localize leaves it."""
    locale = factories.make_locale(code)
    if isinstance(original, ServicePage | ContentPage):
        page = original.copy_for_translation(locale, copy_parents=True)
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()
        page.refresh_from_db()
        return page
    copy = original.copy_for_translation(locale)
    copy.slug = original.slug
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.live = True
    copy.save()
    return copy


def make_location(slug: str = "rathaus", name: str = "Rathaus", **fields: Any) -> Location:
    values = {"street": "Markt", "house_number": "1", "postcode": "07743", "place": "Jena"} | fields
    hours = [("span", {"weekday": "0", "opens": "08:00", "closes": "12:00", "note": ""})]
    return Location.objects.create(slug=slug, name=name, locale=factories.make_locale(), regular_hours=hours, **values)


def make_situation(slug: str = "familie", title: str = "Familie", **fields: Any) -> LifeSituation:
    return LifeSituation.objects.create(slug=slug, title=title, locale=factories.make_locale(), **fields)


def make_faq(
    slug: str = "kosten", question: str = "Was kostet das?", *services: ServicePage, **fields: Any
) -> FaqEntry:
    values = {"answer": "<p>Nichts.</p>"} | fields
    entry = FaqEntry(slug=slug, question=question, locale=factories.make_locale(), **values)
    entry.services = list(services)
    entry.save()
    return entry


def make_page(title: str = "Impressum", **fields: Any) -> ContentPage:
    return factories.make_home().add_child(instance=ContentPage(title=title, **fields))
