"""The modelling desk with a form of 300 questions and 100 rules stays usable in the browser: below 3 s (issue 3)."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from forms_engine.packages import write_package
from tests.bench.bench_flow import make_flow
from tests.e2e.people import Browsers, sign_in_to_admin

pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
BAR = 3.0
ROUNDS = 3
SERVER = "() => { const t = performance.getEntriesByType('navigation')[0]; return t.responseEnd - t.requestStart; }"


def timed(action: Callable[[], None]) -> float:
    """Seconds it takes, as a person at the browser waits."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def take_in(page: Page) -> None:
    """The big form comes as a package, as from another system."""
    page.goto("/admin/formulare/+einlesen/")
    package = {"name": "big.zip", "mimeType": "application/zip", "buffer": write_package(make_flow()[0])}
    page.set_input_files("[name=package]", package)
    page.select_option("[name=unit]", index=1)
    page.click("main button[type=submit]")
    expect(page.locator(".desk-node__main")).to_have_count(300)


def test_form_of_300_questions__opened_and_saved_in_the_browser__is_usable_within_three_seconds(browsers: Browsers):
    page = browsers.page()
    sign_in_to_admin(page, "admin@jena.example")
    take_in(page)
    outline = page.url
    last = page.locator(".desk-node__main a").last
    figures: dict[str, float] = {}

    def open_form() -> None:
        """Usable: the last of 300 questions is there and takes a click (tried without clicking)."""
        page.goto(outline)
        figures["server: open the form"] = page.evaluate(SERVER) / 1000
        last.click(trial=True)

    def open_question() -> None:
        last.click()
        expect(page.locator("[name=label__de]")).to_be_editable()
        figures["server: open the question"] = page.evaluate(SERVER) / 1000

    def save_question() -> None:
        """From the click on "Speichern" until the form can be worked on again."""
        page.click("form[data-desk-form] button[type=submit]:last-of-type")
        last.click(trial=True)

    spent: dict[str, list[float]] = {"open the form": [], "open its last question": [], "save it": []}
    for number in range(ROUNDS):
        spent["open the form"].append(timed(open_form))
        spent["open its last question"].append(timed(open_question))
        page.fill("[name=label__de]", f"Geänderte Frage {number} {time.time()}")
        spent["save it"].append(timed(save_question))
    figures |= {name: min(seconds) for name, seconds in spent.items()}  # the least disturbed round: machines are busy
    print("\n" + "\n".join(f"{name:<28}{seconds:>7.2f} s" for name, seconds in figures.items()))
    assert {name: figures[name] for name in spent if figures[name] >= BAR} == {}
