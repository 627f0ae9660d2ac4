"""Nothing is lost: back, reload, twice, tomorrow, in another language, and while the service is away."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.e2e import demo_forms
from tests.e2e.people import Browsers
from tests.e2e.test_bad_input import NEXT, step_url
from tools.stack import Stack

pytestmark = pytest.mark.e2e
DOG, SHORT = "hundesteuer-anmelden", "meldebescheinigung"
JAVASCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])


@JAVASCRIPT
def test_back__by_button_and_by_browser__keeps_what_was_typed(browsers: Browsers, javascript: bool):
    page = browsers.page(javascript=javascript)
    applicant = demo_forms.start(page, DOG)
    applicant.fill_page()
    demo_forms.next_step(page)
    page.fill("[name='holder.first_name']", "Änne")
    page.click("main form[data-step] .actions button[value=back]")
    page.wait_for_url("**/start")
    expect(page.locator("[name='start.since:year']")).to_have_value(applicant.answers["start.since"][:4])
    demo_forms.next_step(page)
    expect(page.locator("[name='holder.first_name']")).to_have_value("Änne")

    page.go_back()
    expect(page.locator("[name='start.since:year']")).to_have_value(applicant.answers["start.since"][:4])


@JAVASCRIPT
def test_submit__twice_and_receipt_reloaded__one_application(stack: Stack, browsers: Browsers, javascript: bool):
    page = browsers.page(javascript=javascript)
    demo_forms.start(page, SHORT).fill_in()
    review, moment = page.url, datetime.now(UTC).isoformat()
    page.check("[name=declaration]", force=True)
    page.dblclick("form#absenden button:not([formaction]) >> nth=-1")
    page.wait_for_url(demo_forms.RECEIPT)
    reference = demo_forms.REFERENCE.search(page.locator("main").inner_text()).group(0)

    page.reload()
    assert reference in page.locator("main").inner_text()
    answer = page.goto(review)
    assert answer.status == 410
    expect(page.locator("main")).not_to_contain_text("Verbindlich")
    since = f"Submission.objects.filter(received_at__gte='{moment}')"
    only_one = f"from forms_engine.models import Submission; assert {since}.count() == 1"
    stack.manage("shell", "-c", only_one, quiet=True)


def test_resume__by_link_in_another_browser__goes_on_with_all_answers(browsers: Browsers):
    page = browsers.page()
    applicant = demo_forms.start(page, DOG)
    applicant.fill_page()
    demo_forms.next_step(page)
    page.fill("[name='holder.first_name']", "Mira")
    page.click("main form[data-step] .actions button[value=later]")
    page.wait_for_url("**/speichern")
    link = page.input_value("[name=link]")

    elsewhere = browsers.page(javascript=False, width=390)
    elsewhere.goto(link)

    expect(elsewhere.locator("[name='holder.first_name']")).to_have_value("Mira")
    elsewhere.goto(step_url(elsewhere, "start"))
    expect(elsewhere.locator("[name='start.since:year']")).to_have_value(applicant.answers["start.since"][:4])


@JAVASCRIPT
def test_language__switched_in_the_middle__keeps_the_answers(browsers: Browsers, javascript: bool):
    page = browsers.page(javascript=javascript)
    applicant = demo_forms.start(page, DOG)
    applicant.fill_page()
    demo_forms.next_step(page)

    page.click("nav a[lang=en] >> nth=0")
    page.wait_for_url(re.compile(r"/en/antrag/[\w-]+/holder"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(step_url(page, "start"))
    expect(page.locator("[name='start.since:year']")).to_have_value(applicant.answers["start.since"][:4])
    demo_forms.next_step(page)
    page.fill("[name='holder.first_name']", "Mira")
    page.click(NEXT)
    page.wait_for_load_state()
    assert page.title().startswith("Error: ")
    assert "/en/antrag/" in page.url


def test_service_away__post__is_kept_and_sent_again(stack: Stack, browsers: Browsers):
    if not stack.processes:
        pytest.skip("this stack belongs to somebody else: its processes are not ours to kill")
    page = browsers.page(javascript=False)
    demo_forms.start(page, DOG)
    page.goto(step_url(page, "holder"))
    page.fill("[name='holder.first_name']", "Änne „die Erste“")
    page.fill("[name='holder.last_name']", "O'Brien <b>")
    command = list(stack.processes["web"].args)
    stack.kill("web")
    try:
        with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            page.click(NEXT)
        page.wait_for_load_state()
        assert answer.value.status == 503
        assert int(answer.value.headers["retry-after"]) > 0
        expect(page.locator("main")).to_contain_text("Ihre Eingaben")
        expect(page.locator("main")).not_to_contain_text("O'Brien")
    finally:
        stack.start_again("web", command)

    page.click("main form[data-retry] button")
    page.wait_for_url("**/contact")

    page.goto(step_url(page, "holder"))
    assert page.input_value("[name='holder.first_name']") == "Änne „die Erste“"
    assert page.input_value("[name='holder.last_name']") == "O'Brien <b>"
