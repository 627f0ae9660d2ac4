"""axe finds nothing: each kind of page, light, dark, forced colours, at 320 px, under the real security policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e import demo_forms
from tests.e2e.inspector import Inspector
from tests.e2e.people import Applicant, Browsers, sign_in
from tools.stack import Stack

pytestmark = pytest.mark.e2e
PUBLIC = {
    "home": "/",
    "search": "/suche?q=Hund",
    "search-empty": "/suche?q=zzzzzz",
    "search-uncertain": "/suche?q=Hundefriseur",
    "services": "/leistungen?lebenslage=familie&online=1",
    "life-situations": "/lebenslagen",
    "life-situation": "/lebenslagen/familie",
    "service-available": "/leistungen/hund-anmelden",
    "service-limited": "/leistungen/reisepass",
    "service-unavailable": "/leistungen/ferienpass",
    "faq": "/faq",
    "locations": "/standorte",
    "location": "/standorte/buergerservice-loebdergraben",
    "units": "/aemter",
    "unit": "/aemter/buergerservice",
    "content": "/seiten/barrierefreiheit",
}
TRANSLATED = ("home", "search", "services", "service-available", "service-unavailable", "faq", "location", "content")


@pytest.fixture
def inspector(browsers: Browsers, stack: Stack) -> Inspector:
    return Inspector(browsers.page(), stack.origin)


def test_public_pages__german__are_accessible(inspector: Inspector):
    for path in PUBLIC.values():
        inspector.visit(path)
    inspector.visit("/gibt-es-nicht", status=404)
    inspector.visit("/leistungen/gibt-es-nicht", status=404)

    inspector.assert_clean()


@pytest.mark.parametrize("locale", ["en", "de-simple"])
def test_public_pages__other_language__are_accessible(inspector: Inspector, locale: str):
    for name in TRANSLATED:
        inspector.visit(f"/{locale}{PUBLIC[name].rstrip('/')}")

    inspector.assert_clean()


def walk(inspector: Inspector, key: str, prefix: str = "") -> None:
    """From the check to receipt and status; each page is looked at, steps also with errors where they have some."""
    page, given = inspector.page, demo_forms.example(key)
    page.goto(f"{prefix}/leistungen/{demo_forms.service_of(key)}/check")
    inspector.look("check")
    page.click("form[action='?/check'] button")
    inspector.look("check unanswered")
    applicant = demo_forms.start(page, key, given, prefix=prefix)
    while "/pruefen" not in page.url:
        look_at_step(inspector, applicant)
    inspector.look("review")
    look_at_saving(inspector)
    Applicant(page, {}, {}).submit()
    page.wait_for_url(demo_forms.RECEIPT)
    inspector.look("receipt")
    page.click("main a[href*='/status/']")
    inspector.look("status")


def look_at_step(inspector: Inspector, applicant: Applicant) -> None:
    """Empty, with errors where there can be some (in each mode: they show all that the step has), then filled in."""
    page, name = inspector.page, inspector.page.url.rpartition("/")[2]
    inspector.glance("empty")
    demo_forms.next_step(page)
    if page.locator("#error-summary").count():
        inspector.look("with errors")
    else:
        page.go_back()
        inspector.look("without errors")
    if page.url.endswith(f"/{name}"):
        applicant.fill_page()
        demo_forms.next_step(page)
        assert page.locator("#error-summary").count() == 0, page.locator("#error-summary").inner_text()


def look_at_saving(inspector: Inspector) -> None:
    page, review = inspector.page, inspector.page.url
    page.goto(review.replace("/pruefen", "/speichern"))
    inspector.look("save")
    page.fill("[name=email]", "keine-adresse")
    page.click("form:has([name=email]) button")
    inspector.look("save with error")
    page.goto(review)
    page.click("form#absenden button >> nth=-1")
    inspector.look("review without declaration")
    page.goto(review)


def test_form__german__every_step_is_accessible(inspector: Inspector):
    walk(inspector, "hundesteuer-anmelden")

    inspector.assert_clean()


def test_form__with_rows__easy_language__every_step_is_accessible(inspector: Inspector):
    walk(inspector, "sperrmuell-abholen", prefix="/de-simple")

    inspector.assert_clean()


def test_check__failed__is_accessible(inspector: Inspector):
    page = inspector.page
    page.goto("/leistungen/sperrmuell-abholen/check")
    answers = {**demo_forms.example("sperrmuell-abholen").answers, "start.in_jena": False}
    Applicant(page, answers, {}).fill_page()
    page.click("form[action='?/check'] button")

    inspector.look("failed")

    inspector.assert_clean()


def test_sign_in_and_account__are_accessible(inspector: Inspector):
    page = inspector.page
    inspector.visit("/status")
    page.click("main form button")
    inspector.look("nothing found")
    inspector.visit("/anmelden")
    page.click("main form button >> nth=0")
    inspector.look("refused")
    sign_in(page, "buergerin@jena.example", then="/konto")
    inspector.look()

    inspector.assert_clean()


def test_staff_pages__are_accessible(inspector: Inspector, browsers: Browsers):
    reference = a_case(browsers.page())
    page = inspector.page
    sign_in(page, "sachbearbeitung@jena.example", then="/intern")
    find_case(page, reference)
    inspector.look()
    page.click(f"tr:has-text('{reference}') a")
    inspector.look("case")
    inspector.visit("/intern?q=zzzzzz")
    inspector.visit("/intern/zustellungen")

    inspector.assert_clean()


def a_case(page: Page) -> str:
    """An application at the inbox of a unit whose clerk we know."""
    demo_forms.start(page, "meldebescheinigung").fill_in()
    return demo_forms.hand_in(page)


def find_case(page: Page, reference: str) -> None:
    """Reload until the worker has brought it."""
    for _ in range(60):
        page.goto(f"/intern?q={reference}")
        if page.locator(f"tr:has-text('{reference}') a").count():
            return
        page.wait_for_timeout(300)
    raise AssertionError("the case did not arrive")


PLANT = """() => document.querySelector('main').insertAdjacentHTML('beforeend', `
  <p id="pale">zu blass</p><img src="/favicon.svg"><div id="wide">breit</div><b style="color: red">Stil</b>`)"""
PALE = "for (const e of [pale, wide]) { e.style.color = '#777'; e.style.inlineSize = '900px'; }"


def test_inspector__planted_faults__are_all_found(inspector: Inspector):
    page = inspector.page
    page.goto("/faq")
    page.evaluate(PLANT)
    page.evaluate(PALE)

    inspector.look()

    said = "\n".join(inspector.findings)
    for fault in ("image-alt", "dark: color-contrast", "320 px: sticks out", "Content Security Policy"):
        assert fault in said
