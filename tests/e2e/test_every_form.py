"""Every form of the demo city goes all the way to the receipt, with the answers of its example."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import demo_forms
from tests.e2e.people import Browsers

pytestmark = pytest.mark.e2e
LIVELY = ("sperrmuell-abholen", "hundesteuer-anmelden", "halteverbotszone")


@pytest.mark.parametrize("key", demo_forms.KEYS)
def test_form__without_javascript__reaches_the_receipt(browsers: Browsers, key: str):
    page = browsers.page(javascript=False, width=390, height=844)

    demo_forms.start(page, key).fill_in()

    expect(page.locator("main")).not_to_contain_text("[object Object]")
    demo_forms.hand_in(page)


@pytest.mark.database("postgresql")  # on SQLite test_accessibility walks through all forms with JavaScript
@pytest.mark.parametrize("key", LIVELY)
def test_form__with_javascript__reaches_the_receipt(browsers: Browsers, key: str):
    page = browsers.page(width=1024)

    demo_forms.start(page, key).fill_in()

    demo_forms.hand_in(page)


def test_conditional_question__with_javascript__appears_at_once(browsers: Browsers):
    page = browsers.page()
    demo_forms.start(page, "hundesteuer-anmelden")
    town = page.locator("[name='start.previous_town']")
    expect(town).to_be_hidden()

    page.check("input[name='start.moved'][value=true]", force=True)
    expect(town).to_be_visible()

    page.check("input[name='start.moved'][value=false]", force=True)
    expect(town).to_be_hidden()


def test_conditional_question__without_javascript__says_when_it_applies(browsers: Browsers):
    page = browsers.page(javascript=False)
    demo_forms.start(page, "hundesteuer-anmelden")

    question = page.locator("[data-path='start.previous_town']")

    expect(question.locator("input[type=text]")).to_be_visible()
    expect(question.locator("[data-condition]")).to_be_visible()
