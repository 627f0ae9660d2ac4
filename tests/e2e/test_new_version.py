"""The form changes while an application is open: its citizen is told, decides, and loses nothing."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.inspector import Inspector
from tests.e2e.people import Browsers
from tests.e2e.test_bad_input import NEXT
from tools.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
BEGIN = """
from tests.forms_engine.factories import dog_document, make_unit, publish
publish(dog_document(key={key!r}), unit=make_unit("buergerservice-probe"))
"""
CHANGE = """
from forms_engine.models import Form
from tests.forms_engine.test_migrations_of_drafts import changed, offer, publish_next
old = Form.objects.get(key={key!r}).live
offer(old, publish_next(old.form, changed(old.document)), forbidden={forbidden!r})
"""


def begin(stack: Stack, page: Page) -> tuple[str, str]:
    """A form of its own and a draft of it; the form's key and the draft's address."""
    key = f"umzug-{uuid.uuid4().hex[:8]}"
    stack.manage("shell", "-c", BEGIN.format(key=key), quiet=True)
    answer = page.request.post(f"{stack.origin}/api/v1/drafts", data={"flow": key, "locale": "de"})
    return key, f"{stack.origin}/antrag/{answer.json()['token']}"


def change(stack: Stack, key: str, forbidden: dict[str, str] | None = None) -> None:
    stack.manage("shell", "-c", CHANGE.format(key=key, forbidden=forbidden), quiet=True)


def test_resume__without_javascript_of_a_form_that_changed__takes_the_answers_along_and_back(
    stack: Stack, browsers: Browsers
):
    page = browsers.page(javascript=False, width=390)
    key, link = begin(stack, page)
    page.goto(link)
    page.fill("[name='person.name']", "Änne Groß")
    page.fill("[name='person.story']", "Ein lieber Hund")
    for part, digits in (("day", "1"), ("month", "1"), ("year", "1980")):
        page.fill(f"[name='person.birth_date:{part}']", digits)
    page.click(NEXT)
    page.wait_for_url("**/dog")
    old_tab = browsers.page(javascript=False)
    old_tab.goto(f"{link}/person")
    change(stack, key)

    page.goto(link)
    main = page.locator("main")
    expect(page.locator("h1")).to_have_text("Das Formular wurde geändert")
    expect(main).to_contain_text("Ein lieber Hund")
    expect(main).to_contain_text("Diese Angabe brauchen wir nicht mehr.")
    expect(main).to_contain_text("Rasse im Schritt „Zum Hund“")
    page.click("button[value=move]")
    page.wait_for_url("**/dog")
    page.goto(f"{link}/person")
    expect(page.locator("[name='person.full_name']")).to_have_value("Änne Groß")

    old_tab.fill("[name='person.name']", "Änne Klein")
    old_tab.click(NEXT)
    old_tab.wait_for_url("**/dog")
    page.goto(f"{link}/person")
    expect(page.locator("[name='person.full_name']")).to_have_value("Änne Klein")
    page.click("aside a[href$='neue-fassung']")
    page.click("button[value=back]")
    page.wait_for_url("**/dog")
    page.goto(f"{link}/person")
    expect(page.locator("[name='person.story']")).to_have_value("Ein lieber Hund")
    expect(page.locator("[name='person.name']")).to_have_value("Änne Klein")
    page.goto(link)
    page.wait_for_url("**/dog")  # who went back is not asked again


def test_page__offered_forbidden_and_moved__is_accessible_in_each_language(stack: Stack, browsers: Browsers):
    inspector = Inspector(page := browsers.page(width=320), stack.origin)
    key, link = begin(stack, page)
    path = link.removeprefix(stack.origin)
    page.goto(link)
    page.fill("[name='person.story']", "Ein lieber Hund")
    page.click(NEXT)
    change(stack, key, {"de": "Seit 1. Januar gilt die neue Satzung.", "en": "The rules changed on 1 January."})
    for prefix in ("", "/en", "/de-simple"):
        inspector.visit(f"{prefix}{path}/neue-fassung", what=f"offered{prefix}")
        expect(page.locator("button[value=stay]")).to_have_count(0)
    page.goto(f"{link}/person")
    page.wait_for_url("**/neue-fassung")
    page.click("button[value=move]")
    inspector.visit(f"{path}/neue-fassung", what="moved")

    inspector.assert_clean()
