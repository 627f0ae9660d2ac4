"""What a script adds to two fields, which are whole without it: a drawn signature, suggestions for the street."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import Browsers

pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
KEY = "ferienfreizeit-anmelden"
TWO_STROKES = re.compile(r"M[\d ]+M[\d ]+")
CHOSEN = "Käthe-Kollwitz-Straße, 07743 Jena"


def open_step(page: Page, step: str) -> None:
    """A step of a new application."""
    token = page.request.post("/api/v1/drafts", data={"flow": KEY, "locale": "de"}).json()["token"]
    page.goto(f"/antrag/{token}/{step}")


def draw(page: Page) -> None:
    """Two strokes with the mouse."""
    area = page.locator("[data-draw] svg")
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box
    for down in (0.3, 0.6):
        page.mouse.move(box["x"] + 30, box["y"] + box["height"] * down)
        page.mouse.down()
        page.mouse.move(box["x"] + 200, box["y"] + box["height"] * 0.5, steps=8)
        page.mouse.up()


def test_signature__drawn__is_kept_can_be_cleared_and_is_on_the_review(browsers: Browsers):
    page = browsers.page(width=390, height=844)
    open_step(page, "consent")
    field = page.locator("input[name='consent.sign:drawing']")
    draw(page)
    page.click("[data-clear] button")
    expect(field).to_have_value("")

    draw(page)
    assert field.input_value().count("M") == 2
    page.click("main form[data-step] .actions button[value=next]")

    page.wait_for_load_state()
    page.goto(page.url.rpartition("/")[0] + "/pruefen")
    expect(page.locator("main svg.drawing path")).to_have_attribute("d", TWO_STROKES)
    expect(page.locator("main")).to_contain_text("Gezeichnete Unterschrift")


def test_signature__without_javascript__is_the_name(browsers: Browsers):
    page = browsers.page(javascript=False)
    open_step(page, "consent")

    expect(page.locator("[data-draw]")).to_be_hidden()
    expect(page.get_by_label("Vorname und Nachname")).to_be_visible()


def test_street__chosen_from_the_suggestions__brings_postcode_and_town(browsers: Browsers):
    page = browsers.page()
    open_step(page, "parent")
    street = page.locator("[name='parent.address:street']")
    street.press_sequentially("Kathe")
    expect(page.locator(f"datalist option[value='{CHOSEN}']")).to_have_count(1)

    street.fill(CHOSEN)  # what a browser does when a suggestion is chosen

    expect(street).to_have_value("Käthe-Kollwitz-Straße")
    expect(page.locator("[name='parent.address:postcode']")).to_have_value("07743")
    expect(page.locator("[name='parent.address:place']")).to_have_value("Jena")
    expect(page.locator("[name='parent.address:house_number']")).to_be_focused()
    expect(page.locator("[role=status]", has_text="07743 Jena")).to_have_count(1)


def test_street__nobody_answers__is_typed_like_any_text(browsers: Browsers):
    page = browsers.page()
    page.route("**/addresses/suggest", lambda route: route.abort())
    open_step(page, "parent")
    street = page.locator("[name='parent.address:street']")

    street.press_sequentially("Nirgendweg")

    expect(street).to_have_value("Nirgendweg")
    expect(page.locator("datalist option")).to_have_count(0)
