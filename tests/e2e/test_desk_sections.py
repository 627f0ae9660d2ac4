"""An editor makes a section, uses it in a form, changes it and takes the change over; axe looks at every new page.

Only our part of the page is looked at: the frame around it is Wagtail's.
"""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.inspector import Inspector
from tests.e2e.people import Browsers, sign_in_to_admin
from tools.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
SAVE = "main form[data-desk-form] button[type=submit]:last-of-type"
DESK = "/admin/formulare"


def create(page: Page, address: str, title: str, key: str) -> None:
    page.goto(f"{DESK}/{address}")
    page.fill("[name=title]", title)
    page.fill("[name=key]", key)
    page.select_option("[name=unit]", "1")
    page.click(SAVE)


def add_text_question(page: Page, key: str, node_id: str, label: str) -> None:
    page.goto(f"{DESK}/{key}/frage/neu/?in=angaben&type=text")
    page.fill("[name=label__de]", label)
    page.fill("[name=id]", node_id)
    page.click(SAVE)


def test_section__made_used_changed_and_taken_over__every_page_is_accessible_at_320_px(
    browsers: Browsers, stack: Stack
):
    page = browsers.page()
    sign_in_to_admin(page, "admin@jena.example")
    inspector, number = Inspector(page, stack.origin, wide=False, within="main"), int(time.time())
    look = inspector.look
    section, form = f"kontakt-{number}", f"verein-{number}"

    create(page, "+bausteine/neu/", f"Kontaktperson {number}", section)
    add_text_question(page, section, "name", "Name der Kontaktperson")
    page.goto(f"{DESK}/{section}/nutzung/")
    page.click("text=Baustein veröffentlichen")
    expect(page.locator("main")).to_contain_text("Noch nutzt kein Formular diesen Baustein.")

    create(page, "neu/", f"Verein anmelden {number}", form)
    page.goto(f"{DESK}/{form}/frage/art/?in=angaben")
    page.click(f"a:has-text('Kontaktperson {number}')")
    look("insert")
    page.click(SAVE)
    expect(page.locator("main")).to_contain_text("ist eingefügt")

    page.goto(f"{DESK}/{section}/frage/angaben.name/")
    page.fill("[name=label__de]", "Wie heißt die Kontaktperson?")
    page.click(SAVE)
    page.click("text=Welche Formulare betrifft das?")
    expect(page.locator("main")).to_contain_text("Das betrifft 1 Formular.")
    look("before publishing")
    page.click("text=Baustein veröffentlichen")
    expect(page.locator("main")).to_contain_text("Dieses Formular nutzt den Baustein: 1 auf Stand vom")
    look("behind")
    page.goto(f"{DESK}/{form}/")
    page.click("text=neuer Stand da >> xpath=.. >> a")
    look("use that is behind")
    page.goto(f"{DESK}/{section}/nutzung/")
    expect(page.locator(f"input[value={form}]")).to_be_checked()
    page.click("text=In die gewählten Formulare übernehmen")
    expect(page.locator("main")).to_contain_text("Dieses Formular nutzt den Baustein: 1 aktuell.")
    page.goto(f"{DESK}/{form}/")
    expect(page.locator("main")).to_contain_text("Wie heißt die Kontaktperson?")
    page.goto(f"{DESK}/+bausteine/")
    look("list")

    inspector.assert_clean()
