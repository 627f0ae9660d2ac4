"""axe finds nothing: each kind of page and each step of each form, at 320 px, in light, dark and forced colours.

On one database only: the other gives the same pages.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import demo_forms
from tests.e2e.inspector import Inspector
from tests.e2e.people import Applicant, Browsers, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
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


@dataclass
class Walk:
    """From the check of a form to receipt and status; each page is looked at, with errors where it can have some."""

    inspector: Inspector
    prefix: str = ""
    also_filled_in: bool = False

    def go(self, key: str) -> None:
        page, look = self.inspector.page, self.inspector.look
        self._check(key)
        applicant = demo_forms.start(page, key, prefix=self.prefix)
        while "/pruefen" not in page.url:
            self._step(applicant)
        look("review")
        page.click("form#absenden button >> nth=-1")
        expect(page.locator("#error-summary")).to_be_visible()
        look("review without declaration")
        demo_forms.hand_in(page)
        look("receipt")
        page.click("main a[href*='/status/']")
        look("status")

    def _check(self, key: str) -> None:
        page = self.inspector.page
        page.goto(f"{self.prefix}/leistungen/{demo_forms.service_of(key)}/check")
        if page.locator("form[action='?/check']").count():
            page.click("form[action='?/check'] button")
        self.inspector.look("check")

    def _step(self, applicant: Applicant) -> None:
        page = self.inspector.page
        demo_forms.next_step(page)
        if page.locator("#error-summary").count():
            self.inspector.look("with errors")
        else:
            page.go_back()
            self.inspector.look("without errors")
        applicant.fill_page()
        if self.also_filled_in:
            self.inspector.look("filled in")
        demo_forms.next_step(page)
        assert page.locator("#error-summary").count() == 0, page.locator("#error-summary").inner_text()


@pytest.mark.parametrize("key", demo_forms.KEYS)
def test_form__all_questions_visible__every_step_is_accessible(inspector: Inspector, key: str):
    """axe is a script itself: without the page's own script we see what people without JavaScript see."""
    inspector.page.route("**/*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    inspector.wide = False

    Walk(inspector).go(key)

    inspector.assert_clean()


@pytest.mark.parametrize(("key", "prefix"), [("hundesteuer-anmelden", ""), ("sperrmuell-abholen", "/de-simple")])
def test_form__questions_come_and_go__every_step_is_accessible(inspector: Inspector, key: str, prefix: str):
    Walk(inspector, prefix, also_filled_in=True).go(key)

    inspector.assert_clean()


@pytest.mark.parametrize("prefix", ["", "/en", "/de-simple"], ids=["de", "en", "de-simple"])
def test_saving_and_incomplete_review__are_accessible(inspector: Inspector, prefix: str):
    page = inspector.page
    demo_forms.start(page, "sperrmuell-abholen", prefix=prefix)
    step = page.url

    inspector.visit(demo_forms.other_step(step, "speichern"), what="save")
    page.fill("[name=email]", "keine-adresse")
    page.click("form:has([name=email]) button")
    expect(page.locator("#error-summary")).to_be_visible()
    inspector.look("save with error")
    inspector.visit(demo_forms.other_step(step, "pruefen"), what="incomplete review")

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
    inspector.visit("/intern/ausgaben")

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
    for fault in ("image-alt", "320 px dark: color-contrast", "320 px: sticks out", "Content Security Policy"):
        assert fault in said
