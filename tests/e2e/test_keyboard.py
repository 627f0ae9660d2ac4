"""Keyboard alone: from the home page through the check and a whole form to the receipt; focus is always seen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import demo_forms
from tests.e2e.people import Applicant, Browsers

# The pages are the same on either database.
pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
KEY = "hundesteuer-anmelden"
FOCUSED = """() => {
  const e = document.activeElement ?? document.body;
  const label = e.closest('label') ?? (e.id && document.querySelector(`label[for="${CSS.escape(e.id)}"]`)) ?? e;
  const styles = [e, e.parentElement, label].filter(Boolean).map(x => getComputedStyle(x));
  const isRing = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
  return {tag: e.tagName, name: e.name ?? '', type: e.type ?? '', value: e.value ?? '', id: e.id,
          text: (e.innerText ?? '').trim(), href: e.getAttribute?.('href') ?? '', seen: styles.some(isRing)};
}"""


class Typist:
    """Presses keys and looks where the focus is; the mouse is not plugged in."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focused(self) -> dict[str, Any]:
        return self.page.evaluate(FOCUSED)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def tab_to(self, **wanted: str) -> dict[str, Any]:
        """Tab until the focus is on an element with these properties."""
        for _ in range(80):
            self.press("Tab")
            focused = self.focused()
            assert focused["tag"] == "BODY" or focused["seen"], f"focus cannot be seen on {focused}"
            if all(focused[name].startswith(value) for name, value in wanted.items()):
                return focused
        raise AssertionError(f"no Tab leads to {wanted} on {self.page.url}")

    def answer_page(self, answers: dict[str, Any]) -> None:
        """Type and choose what the page asks, in its order, and press Enter on its main button."""
        groups: set[str] = set()
        for _ in range(80):
            self.press("Tab")
            focused = self.focused()
            assert focused["seen"] or focused["tag"] == "BODY", f"focus cannot be seen on {focused}"
            if focused["tag"] == "BUTTON" and focused["value"] != "back" and not focused["value"].startswith("upload:"):
                with self.page.expect_navigation():
                    self.press("Enter")
                return
            path = focused["name"].partition(":")[0]
            if path in answers and path not in groups:
                groups.add(path) if focused["type"] == "radio" else None
                self._answer(focused, answers[path])
        raise AssertionError(f"no button on {self.page.url}")

    def _answer(self, focused: dict[str, Any], value: Any) -> None:
        path, _, part = focused["name"].partition(":")
        if focused["type"] == "radio":
            self._choose(path, str(value).lower() if isinstance(value, bool) else value)
        elif focused["tag"] == "SELECT":
            label = self.page.locator(f"select[name='{path}'] option[value='{value}']").inner_text()
            self.page.keyboard.type(label)
        elif isinstance(value, dict):
            self.page.keyboard.type(value[part])
        elif part in {"day", "month", "year"}:
            self.page.keyboard.type(dict(zip(("year", "month", "day"), value.split("-"), strict=True))[part])
        else:
            self.page.keyboard.type(str(value))

    def _choose(self, path: str, value: str) -> None:
        """Space takes the first of a group, arrows go on."""
        self.press("Space")
        for _ in range(20):
            chosen = self.page.locator(f"input[name='{path}']:checked").get_attribute("value")
            if chosen == value:
                Applicant(self.page, {}, {}).wait_for_autosave()  # a question that now counts comes next
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen for {path}")


def test_whole_application__keyboard_alone__reaches_the_receipt(browsers: Browsers):
    page = browsers.page()
    typist, given = Typist(page), demo_forms.example(KEY)
    # Nothing to upload: a file dialog belongs to the system, not to the page.
    answers = {**given.answers, "relief.reason": "none"}
    page.goto("/")
    typist.tab_to(type="search")
    page.keyboard.type("Hund anmelden")
    typist.press("Enter")
    page.wait_for_url("**/suche?*")
    typist.tab_to(tag="A", href="/leistungen/hund-anmelden")
    typist.press("Enter")
    page.wait_for_url("**/leistungen/hund-anmelden")
    typist.tab_to(tag="A", href="/leistungen/hund-anmelden/check")
    typist.press("Enter")
    page.wait_for_url("**/check")
    typist.answer_page(answers)
    typist.tab_to(tag="BUTTON", type="submit", text="Antrag")
    typist.press("Enter")
    page.wait_for_url(demo_forms.STEP)
    for _ in range(12):
        if page.url.endswith("/pruefen"):
            break
        typist.answer_page(answers)
        assert page.locator("#error-summary").count() == 0, page.locator("#error-summary").inner_text()
    typist.tab_to(name="declaration")
    typist.press("Space")
    typist.tab_to(tag="BUTTON", type="submit")
    typist.press("Enter")

    page.wait_for_url(demo_forms.RECEIPT)


def test_skip_link__first_tab__leads_to_the_content(browsers: Browsers):
    page = browsers.page()
    page.goto("/leistungen")
    typist = Typist(page)

    typist.press("Tab")
    assert typist.focused()["href"].startswith("#")
    expect(page.locator(":focus")).to_be_in_viewport()
    typist.press("Enter")
    typist.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_error_summary__takes_focus__links_lead_to_the_field(browsers: Browsers):
    page = browsers.page()
    demo_forms.start(page, KEY)
    page.evaluate("document.querySelectorAll('main form[data-step] input').forEach(i => i.checked = false)")
    typist = Typist(page)
    demo_forms.next_step(page)
    demo_forms.next_step(page) if not page.locator("#error-summary").count() else None

    expect(page.locator("#error-summary")).to_be_focused()
    for number in range(page.locator("#error-summary a").count()):
        page.locator("#error-summary").focus()
        for _ in range(number + 1):
            typist.press("Tab")
        target = typist.focused()["href"].removeprefix("#")
        typist.press("Enter")
        assert typist.focused()["id"] == target
        assert typist.focused()["tag"] in {"INPUT", "SELECT", "TEXTAREA"}
