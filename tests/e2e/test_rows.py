"""Rows in rows in rows: added and removed by keyboard and without JavaScript, within their limits, and reviewed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import PDF, Browsers
from tools.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
KEY = "probe-reihen"
Press = Callable[[Page, str], None]


def say(text: str) -> dict[str, str]:
    return {"de": text}


def rows(name: str, label: str, item: str, *nodes: Any, least: int, most: int) -> dict[str, Any]:
    repeat = {"min": least, "max": most, "item_label": say(item), "add_label": say(f"{item} hinzufügen")}
    return {"id": name, "type": "group", "label": say(label), "repeat": repeat, "nodes": list(nodes)}


def question(name: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": kind, "label": say(label), **more}


def form() -> dict[str, Any]:
    """A trip with families, children and their medicine; a medicine that is no pill has to be described in its row."""
    medicine = rows(
        "medicine", "Medikamente", "Medikament", question("name", "text", "Name des Mittels"),
        question("pill", "yes_no", "Ist es eine Tablette?"),
        question("how", "text", "Wie wird es gegeben?", visible={"==": [{"var": "row.pill"}, False]}),
        question("plan", "file", "Ärztlicher Plan", required=False), least=0, most=2,
    )  # fmt: skip
    child = rows("children", "Kinder", "Kind", question("name", "text", "Name des Kindes"), medicine, least=1, most=2)
    families = rows("families", "Familien", "Familie", question("name", "text", "Familienname"), child, least=1, most=2)
    return {
        "format": "flow/1", "key": KEY, "kind": "application", "locales": ["de"], "default_locale": "de",
        "title": say("Ausflug"), "unit": "jugend", "purpose": say("Probe"), "legal_basis": [{"title": "§ 1 Probe"}],
        "retention": {"submission_months": 1, "law": "Probe"}, "declaration": say("Alles stimmt."),
        "steps": [{"id": "s", "title": say("Wer fährt mit?"), "nodes": [families]}],
    }  # fmt: skip


@pytest.fixture(scope="module")
def published(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The form above is online."""
    file = tmp_path_factory.mktemp("rows") / "form.json"
    file.write_text(json.dumps(form()), encoding="utf-8")
    stack.manage("import_flow", str(file), "--publish", quiet=True)


@pytest.fixture
def address(published: None, browsers: Browsers) -> str:
    """The first step of a new application for it."""
    api = browsers.page().request
    return f"/antrag/{api.post('/api/v1/drafts', data={'flow': KEY, 'locale': 'de'}).json()['token']}/s"


def by_click(page: Page, button: str) -> None:
    page.click(f"button[value='{button}']")
    page.wait_for_load_state()


def by_keyboard(page: Page, button: str) -> None:
    """Tab until the button has the focus, then Enter: it must be reachable from where the page starts."""
    page.locator("main h1").evaluate("h1 => { h1.tabIndex = -1; h1.focus(); }")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == button:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{button} cannot be reached with the Tab key")


def only_row(page: Page, group: str, at: int = 0) -> str:
    """Path of the n-th row of a group, as the page has it."""
    found = page.locator(f"fieldset[id='{group}'] > .inner > fieldset.row").nth(at).get_attribute("id")
    assert found
    return found


@pytest.mark.parametrize(("javascript", "press"), [(True, by_keyboard), (False, by_click)], ids=["keyboard", "no-js"])
def test_rows__three_levels_deep__come_and_go_and_are_reviewed(
    browsers: Browsers, address: str, javascript: bool, press: Press
):
    page = browsers.page(javascript=javascript, width=390, height=844)
    page.goto(address)
    family = only_row(page, "s.families")
    child = only_row(page, f"{family}.children")
    assert page.locator(f"button[value='remove:{family}'], button[value='remove:{child}']").count() == 0, "at the least"
    page.fill(f"[name='{family}.name']", "Beispiel")
    page.fill(f"[name='{child}.name']", "Mia")

    press(page, f"add:{child}.medicine")
    press(page, f"add:{child}.medicine")
    assert page.locator(f"button[value='add:{child}.medicine']").count() == 0, "at the most"
    first, second = (only_row(page, f"{child}.medicine", at) for at in (0, 1))
    expect(page.locator(f"[name='{child}.name']")).to_have_value("Mia")  # nothing is lost on the way
    page.fill(f"[name='{second}.name']", "Hustensaft")
    page.check(f"input[name='{second}.pill'][value=false]", force=True)
    press(page, f"remove:{first}")

    expect(page.locator(f"[name='{second}.name']")).to_have_value("Hustensaft")
    page.set_input_files(f"[name='{second}.plan']", {"name": "Plan.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.fill(f"[name='{second}.how']", "Mit einem Löffel")
    page.click("main form[data-step] .actions button[value=next]")
    page.wait_for_url("**/pruefen")
    review = page.locator("main")
    for words in ("Familie 1", "Kind 1", "Medikament 1", "Hustensaft", "Mit einem Löffel", "Plan.pdf"):
        expect(review).to_contain_text(words)
    expect(review).not_to_contain_text("Medikament 2")


def test_row__missing_answer_three_levels_deep__is_named_with_its_row(browsers: Browsers, address: str):
    page = browsers.page(javascript=False)
    page.goto(address)
    child = only_row(page, f"{only_row(page, 's.families')}.children")
    by_click(page, f"add:{child}.medicine")
    medicine = only_row(page, f"{child}.medicine")

    page.click("main form[data-step] .actions button[value=next]")

    link = page.locator(f"#error-summary a[href='#{medicine}.name']")
    expect(link).to_have_count(1)
    expect(page.locator(f"[id='{medicine}.name']")).to_have_attribute("aria-invalid", "true")
