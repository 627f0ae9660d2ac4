"""Section 6 of the founding issue: from a federal data schema to a decided case, in a real browser."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Applicant, Browsers, sign_in, sign_in_to_admin
from tests.forms_engine.fim import answers_s05000001299 as fim
from tools.stack import Stack

pytestmark = pytest.mark.e2e
SERVICE = "kindertagespflege"
CASE = "main a[href*='/intern/faelle/']"
ATTACH = """
from cms.models import DepartmentPage, ServicePage
from forms_engine.api import Form
department = DepartmentPage.objects.get(unit__identity__key="jugend", locale__language_code="de")
page = ServicePage.objects.filter(slug="{service}").first() or ServicePage(slug="{service}")
page.title = "Erlaubnis zur Kindertagespflege"
page.teaser = "Sie möchten Tagesmutter oder Tagesvater werden? Beantragen Sie die Erlaubnis online."
page.responsible_unit = department.unit
form = Form.objects.get(key="{form}")
page.channels = [("online_form", {{"form": form, "label": "Online beantragen", "text": ""}})]
page.keywords = "Kindertagespflege, Tagesmutter, Tagesvater"
if page.pk is None:
    department.add_child(instance=page)
page.save_revision().publish()
"""


def publish_by_editors(stack: Stack, browsers: Browsers, form_key: str) -> None:
    """The chief editor publishes the form at the desk and attaches it to its service."""
    page = browsers.page()
    sign_in_to_admin(page, "admin@jena.example")
    page.goto(f"/admin/formulare/{form_key}/")
    button = page.get_by_role("button", name="Veröffentlichen")
    if not page.get_by_text("Es gibt nichts Neues zu veröffentlichen").count():  # the test before has done it
        expect(button).to_be_enabled()
        button.click()
        expect(page.get_by_text(re.compile(r"Version \d+ ist online"))).to_be_visible()
    stack.manage("shell", "-c", ATTACH.format(form=form_key, service=SERVICE), quiet=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_main_job__from_schema_to_answer(stack: Stack, browsers: Browsers, fim_form: str, javascript: bool):
    publish_by_editors(stack, browsers, fim_form)
    citizen = browsers.page(javascript=javascript, width=390, height=844)

    citizen.goto("/")
    citizen.fill("input[type=search] >> nth=0", "Tagesmutter werden")
    citizen.keyboard.press("Enter")
    citizen.click("main a:has-text('Kindertagespflege') >> nth=0")
    expect(citizen.locator("h1")).to_contain_text("Kindertagespflege")
    citizen.click(f"a[href$='/leistungen/{SERVICE}/check'] >> nth=0")
    citizen.click("main form[action='?/start'] button")
    citizen.wait_for_url(re.compile(r"/antrag/[\w-]{40,}/"))

    applicant = Applicant(citizen, fim.ANSWERS, dict.fromkeys(fim.FILES, "Nachweis Änne.pdf"))
    applicant.fill_in()
    assert len(applicant.steps) >= 5
    expect(citizen.locator("main")).to_contain_text("Großmann-Müller")
    applicant.submit(email="aenne.grossmann@example.org")
    citizen.wait_for_url(re.compile(r"/antrag/eingegangen/"))
    reference = re.search(r"JEN-\w{4}-\w{4}", citizen.locator("main").inner_text()).group(0)

    clerk = browsers.page(javascript=javascript)
    sign_in(clerk, "sachbearbeitung-jugend@jena.example", then="/intern")
    wait_for_case(clerk, reference)
    stranger = browsers.page(javascript=javascript)
    sign_in(stranger, "sachbearbeitung@jena.example", then="/intern")
    stranger.goto(f"/intern?q={reference}")
    expect(stranger.locator("h1")).to_have_text("Antragseingang")
    assert stranger.locator(CASE).count() == 0

    clerk.click(CASE)
    case_url = clerk.url
    expect(clerk.locator("main")).to_contain_text("Großmann-Müller")
    expect(clerk.locator("main")).to_contain_text("Nachweis Änne.pdf")
    assert stranger.goto(case_url).status in {403, 404}
    set_status(clerk, "in_progress", "Ihr Antrag ist in Arbeit.")
    set_status(clerk, "question", "Bitte reichen Sie noch den Lebenslauf nach.")

    citizen.goto("/status")
    citizen.go_back()
    citizen.click("main a[href*='/status/'] >> nth=0")
    expect(citizen.locator("main")).to_contain_text("Bitte reichen Sie noch den Lebenslauf nach.")
    expect(citizen.locator("main")).to_contain_text(reference)


def wait_for_case(page, reference: str) -> None:
    """The worker puts the application into the inbox within seconds."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        page.goto(f"/intern?q={reference}")
        if page.locator(CASE).count() == 1 and reference in page.locator("main").inner_text():
            return
        page.wait_for_timeout(300)
    raise AssertionError("the case did not arrive")


def set_status(page, status: str, note: str) -> None:
    """Move the case on, with a note to the applicant."""
    control = page.locator(f"input[type=radio][name=status][value='{status}']")
    if control.count():
        control.check(force=True)
    else:
        page.select_option("select[name=status]", status)
    page.fill("textarea[name=note]", note)
    page.locator("form", has=page.locator("[name=status]")).locator("button").first.click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text(note)
