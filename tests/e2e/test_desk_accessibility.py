"""axe finds nothing on the pages of the modelling desk: our part of them; the frame around it is Wagtail's."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from forms_engine.packages import write_package
from tests.cms.demo_city import read_form
from tests.e2e.inspector import Inspector
from tests.e2e.people import Browsers, sign_in_to_admin
from tools.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
DESK = "/admin/formulare/"
FORM = f"{DESK}hundesteuer-anmelden/"
SAVE = "form[data-desk-form] button[type=submit]:last-of-type"
PAGES = (
    "",
    "angaben/",
    "voraussetzungen/",
    "listen/",
    "uebersetzungen/?locale=en",
    "verlauf/",
    "unterschied/",
    "weitergeben/",
    "umzug/",
    "ausprobieren/",
    "testfaelle/",
    "schritt/neu/",
    "schritt/dog/",
    "frage/art/?in=dog",
    "frage/neu/?in=dog&type=choice",
    "frage/dog.breed/",
)


@pytest.fixture
def desk(browsers: Browsers, stack: Stack) -> Inspector:
    page = browsers.page()
    sign_in_to_admin(page, "admin@jena.example")
    return Inspector(page, stack.origin, wide=False, within="main")


def test_pages_of_the_desk__are_accessible(desk: Inspector):
    for path in (DESK, f"{DESK}neu/", f"{DESK}+einlesen/", *(FORM + path for path in PAGES)):
        desk.visit(path)

    desk.assert_clean()


def test_trying_a_form__with_errors_and_red_test_cases__is_accessible(desk: Inspector):
    page = desk.page
    take_in_red_form(page)
    key = re.sub(r".*/formulare/([^/]+)/.*", r"\1", page.url)
    desk.look("errors in the outline")
    desk.visit(f"{DESK}{key}/testfaelle/", what="red")
    expect(page.locator(".desk-tag--error").first).to_be_visible()
    follow(page, ".desk-case a.button >> nth=0")
    desk.look("a case, answered")
    follow(page, "main form[data-desk-try] button[type=submit] >> nth=0")
    desk.look("answered anew")
    page.goto(f"{DESK}{key}/angaben/")
    page.fill("[name=title__de]", "")
    follow(page, SAVE)
    desk.look("settings refused")

    desk.assert_clean()


def follow(page: Page, selector: str) -> None:
    """Click, and wait until the page it leads to is there."""
    with page.expect_navigation():
        page.click(selector)


def take_in_red_form(page: Page) -> None:
    """A form from another system with green test cases, until a question must be answered that they leave out."""
    form = read_form("sperrmuell-abholen") | {"key": "sperrmuell-rot"}
    page.goto(f"{DESK}+einlesen/")
    package = {"name": "red.zip", "mimeType": "application/zip", "buffer": write_package(form)}
    page.set_input_files("[name=package]", package)
    page.select_option("[name=unit]", index=1)
    follow(page, "main form button[type=submit]")
    assert "/sperrmuell-rot/" in page.url
    page.goto(f"{DESK}sperrmuell-rot/frage/person.phone/")
    page.check("[name=required][value=always]")
    follow(page, SAVE)
    page.goto(f"{DESK}sperrmuell-rot/")
