"""What an answer changes on the page is there at once, before the server has said anything; its word comes after."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e import demo_forms
from tests.e2e.people import Browsers

# The pages are the same on either database.
pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]


def cut_off(page: Page) -> None:
    """Nothing typed reaches the server any more."""

    def refuse(route: Route) -> None:
        if route.request.method == "PATCH":
            route.abort()
        else:
            route.continue_()

    page.route("**/antrag/**", refuse)


def test_question__depends_on_an_answer__appears_and_goes_without_the_server(browsers: Browsers):
    page = browsers.page()
    demo_forms.start(page, "hundesteuer-anmelden")
    town = page.locator("[data-path='start.previous_town']")
    expect(town).to_be_hidden()
    cut_off(page)

    page.check("[name='start.moved'][value=true]", force=True)
    expect(town).to_be_visible()
    page.check("[name='start.moved'][value=false]", force=True)
    expect(town).to_be_hidden()


def test_calculated_value__follows_the_answers__without_the_server(browsers: Browsers):
    page = browsers.page()
    applicant = demo_forms.start(page, "meldebescheinigung")
    while "/certificate" not in page.url:
        applicant.fill_page()
        demo_forms.next_step(page)
    cut_off(page)

    page.check("[name='certificate.kind'][value=extended]", force=True)
    page.check("[name='certificate.purpose'][value=other]", force=True)
    page.fill("[name='certificate.copies']", "3")
    expect(page.locator("[data-value='certificate.fee']")).to_have_text("36,00 €")
    expect(page.locator("[data-path='certificate.purpose_other']")).to_be_visible()
