"""Languages, site, start pages, departments and content pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.importers.demo.source import GERMAN, LOCALES, City, has_text, in_locale
from cms.importers.ledger import Ledger
from cms.models import ContentPage, DepartmentPage, FeaturedService, HomePage, OrganisationalUnit, ServicePage


def ensure_locales() -> dict[str, Locale]:
    """German (default), English and Leichte Sprache."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in LOCALES}


def ensure_home(locales: dict[str, Locale]) -> HomePage:
    """The German start page as root of the one site; the welcome page Wagtail brings along goes."""
    home = HomePage.objects.filter(locale=locales[GERMAN]).first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(title=settings.CITY_NAME, slug="start", locale=locales[GERMAN]))
        home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "localhost", "port": 80, "site_name": f"Stadt {settings.CITY_NAME}"},
    )
    for page in Page.objects.filter(depth=2, locale=locales[GERMAN]).exclude(pk=home.pk):
        if page.specific_class is Page:
            page.delete()
    return home


def fill_homes(city: City, locales: dict[str, Locale], ledger: Ledger) -> None:
    """Texts of the start pages in all languages, and what is featured."""
    if not city.home or ledger.is_unchanged("home", city.home):
        return
    german = HomePage.objects.get(locale=locales[GERMAN])
    for code, locale in locales.items():
        home = german if code == GERMAN else ensure_translation(german, locale)
        _fill_home(home, in_locale(city.home, code))
    ledger.note("home", city.home)


def _fill_home(home: HomePage, data: dict[str, Any]) -> None:
    home.title = data.get("title") or home.title
    home.claim, home.intro = data.get("claim", ""), data.get("intro", "")
    home.hint_title, home.hint = data.get("hint_title", ""), data.get("hint", "")
    featured = data.get("featured") or []
    pages = {page.slug: page for page in ServicePage.objects.filter(slug__in=featured, locale__language_code=GERMAN)}
    home.featured_services = [
        FeaturedService(service=pages[slug], sort_order=place) for place, slug in enumerate(featured) if slug in pages
    ]
    home.save_revision().publish()


def ensure_departments(home: HomePage) -> dict[str, DepartmentPage]:
    """One department page for each German office, by the key of its unit."""
    pages = {}
    for unit in OrganisationalUnit.objects.filter(locale=home.locale, department_pages__isnull=True):
        page = home.add_child(instance=DepartmentPage(title=unit.name, slug=unit.slug, unit=unit, locale=home.locale))
        page.save_revision().publish()
    for page in DepartmentPage.objects.child_of(home).select_related("unit__identity"):
        pages[page.unit.identity.key] = page
    return pages


def load_content_pages(city: City, home: HomePage, locales: dict[str, Locale], ledger: Ledger) -> int:
    """Imprint, privacy and the like. Returns how many were written."""
    changed = 0
    for data in city.pages:
        if ledger.is_unchanged(f"page:{data['path']}", data):
            continue
        german = _write_content_page(_ensure_content_page(home, data["path"], data), data, GERMAN)
        for code, locale in locales.items():
            if code != GERMAN and has_text(data, code):
                _write_content_page(ensure_translation(german, locale), data, code)
        ledger.note(f"page:{data['path']}", data)
        changed += 1
    return changed


def _ensure_content_page(home: HomePage, path: str, data: dict[str, Any]) -> ContentPage:
    parent: Page = home
    *parents, slug = path.strip("/").split("/")
    for part in parents:
        parent = ContentPage.objects.child_of(parent).get(slug=part)
    page = ContentPage.objects.child_of(parent).filter(slug=slug).first()
    title = in_locale(data["title"], GERMAN)
    return page or parent.add_child(instance=ContentPage(title=title, slug=slug, locale=home.locale))


def _write_content_page(page: ContentPage, data: dict[str, Any], code: str) -> ContentPage:
    texts = in_locale(data, code)
    page.title, page.teaser = texts["title"], texts.get("teaser", "")
    page.body = [("text", texts["body"])]
    page.save_revision().publish()
    return page


def ensure_translation(page: Any, locale: Locale) -> Any:
    """The page in this language; copied from the German one, parents too, when it does not exist yet."""
    existing = page.get_translation_or_none(locale)
    if existing is not None and existing.alias_of_id is None:
        return existing
    if existing is not None:
        existing.alias_of = None
        existing.save(update_fields=["alias_of"])
        return existing
    parent = page.get_parent().specific
    if parent.depth > 1:
        ensure_translation(parent, locale)
    copy = page.copy_for_translation(locale)
    copy.get_latest_revision().publish()
    return type(page).objects.get(pk=copy.pk)
