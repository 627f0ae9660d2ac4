"""What bad input gets in the browser: a message beside the field and in the summary, and nothing typed is lost."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import demo_forms
from tests.e2e.people import PDF, Browsers
from tools.stack import Stack

pytestmark = pytest.mark.e2e
DOG, WASTE = "hundesteuer-anmelden", "sperrmuell-abholen"
NAMES_ITS_ERROR = """e => e.closest('[aria-describedby]')?.getAttribute('aria-describedby').split(' ')
  .some(id => document.getElementById(id)?.classList.contains('kern-error'))"""
SHORTEST_LIMIT = 60  # characters a dog's name may have
NEXT = "main form[data-step] .actions button[value=next]"


def step_url(page: Page, step: str) -> str:
    """Address of another step of the same application."""
    return demo_forms.other_step(page.url, step)


def refused(page: Page, button: str = NEXT) -> None:
    """Press the button; the answer must be a page with status 422 that says so in its title."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.click(button)
    assert answer.value.status == 422
    page.wait_for_load_state()
    assert page.title().startswith("Fehler: ")


@pytest.mark.parametrize("step", ["holder", "contact", "dog", "safety", "household", "payment"])
def test_empty_step__each_problem__stands_in_the_summary_and_beside_its_field(browsers: Browsers, step: str):
    page = browsers.page(javascript=False)
    demo_forms.start(page, DOG)
    page.goto(step_url(page, step))

    page.locator("main form[data-step] input[type=text]").evaluate_all("all => all.forEach(i => i.value = '')")
    refused(page)

    links = page.locator("#error-summary a")
    assert links.count() > 0
    for link in links.all():
        target = page.locator(f"[id='{(link.get_attribute('href') or '').removeprefix('#')}']")
        assert target.get_attribute("type") != "hidden"
        message = link.inner_text().partition(": ")[2] or link.inner_text()
        question = page.locator(".node", has=target).last
        expect(question.locator(".kern-error").first).to_contain_text(message)
        assert target.evaluate(NAMES_ITS_ERROR), f"{target} does not say by aria-describedby what is wrong"


def test_wrong_input__is_kept_as_typed(browsers: Browsers):
    page = browsers.page(javascript=False)
    demo_forms.start(page, DOG)
    typed = {"start.since:day": "31", "start.since:month": "2", "start.since:year": "zwanzig"}
    for name, text in typed.items():
        page.fill(f"[name='{name}']", text)
    refused(page)
    assert {name: page.input_value(f"[name='{name}']") for name in typed} == typed

    page.goto(step_url(page, "household"))
    page.check("[name='household.other_dogs'][value=true]", force=True)
    page.fill("[name='household.other_dog_count']", " drei ")
    refused(page)
    assert page.input_value("[name='household.other_dog_count']").strip() == "drei"
    assert page.is_checked("[name='household.other_dogs'][value=true]")

    page.goto(step_url(page, "contact"))
    page.fill("[name='contact.email']", "mira@@jena")
    page.fill("[name='contact.address:postcode']", "0774")
    page.fill("[name='contact.address:street']", "Saalstraße")
    refused(page)
    assert page.input_value("[name='contact.email']") == "mira@@jena"
    assert page.input_value("[name='contact.address:postcode']") == "0774"
    assert page.input_value("[name='contact.address:street']") == "Saalstraße"


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
def test_upload__wrong_kind_or_too_large__is_said_beside_the_field(browsers: Browsers, javascript: bool):
    page = browsers.page(javascript=javascript)
    demo_forms.start(page, "gewerbe-anmelden")
    page.goto(step_url(page, "activity"))
    page.fill("[name='activity.description']", "Fahrräder reparieren")
    page.check("[name='activity.craft'][value=true]", force=True)
    upload = page.locator("input[type=file][name='activity.craft_card']")
    question = page.locator(".node[data-path='activity.craft_card']")
    bad = {
        "Rechnung.exe": b"MZ\x90\x00" + b"\0" * 512,
        "Bild.png": b"<svg onload=alert(1)>",
        "zu groß.pdf": PDF + b"%" * (11 * 1024 * 1024),
    }
    for name, content in bad.items():
        expect(upload).to_be_visible()
        upload.set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})
        refused(page)
        expect(question.locator(".kern-error")).to_contain_text(name)
        expect(page.locator("#error-summary a", has_text=name)).to_have_count(1)
        assert page.input_value("[name='activity.description']") == "Fahrräder reparieren"
        assert page.is_checked("[name='activity.craft'][value=true]")

    upload.set_input_files({"name": "Handwerkskarte.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.check("[name='activity.licence'][value=no]", force=True)
    page.click(NEXT)
    page.wait_for_url("**/documents")


def test_dead_link__forged_or_expired__same_404_without_a_hint(stack: Stack, browsers: Browsers):
    page = browsers.page(javascript=False)
    demo_forms.start(page, DOG)
    mine = page.url
    token = re.search(r"/antrag/([\w-]+)/", mine).group(1)
    forged = mine.replace(token, "A" * len(token))
    assert page.goto(forged).status == 404
    said_to_forgers = page.locator("main").inner_text()
    longer_ago = (
        "from datetime import timedelta; from common.api import clock, ids; from forms_engine.models import Draft; "
        f"d = Draft.objects.get(token_hash=ids.token_hash('{token}')); "
        "Draft.objects.filter(pk=d.pk).update(edited_at=clock.now() - timedelta(days=31))"
    )
    stack.manage("shell", "-c", longer_ago, quiet=True)

    assert page.goto(mine).status == 404
    assert page.locator("main").inner_text() == said_to_forgers
    assert "Hund" not in page.content().replace("Hundert", "")
    assert page.goto(mine.replace("/start", "/pruefen")).status == 404
    assert page.goto(f"/status/{'A' * 5}-BBBBB-CCCCC-DDDDD").status == 404


SCRIPTS = (
    "<script>alert(1)</script>",
    '"><script>alert(document.title)</script>',
    "<img src=x onerror=alert(1)>",
    "' onfocus=alert(1) autofocus x='",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "</textarea><iframe src=javascript:alert(1)>",
)


def shown(page: Page) -> list[str]:
    """The answers on the review page, as their characters really are."""
    return page.locator("main dd .text").evaluate_all("all => all.map(e => e.textContent)")


@pytest.fixture
def naughty(shared_data: Path) -> list[str]:
    return json.loads((shared_data / "naughty" / "blns" / "blns.json").read_text(encoding="utf-8"))


def test_naughty_strings__typed__are_shown_back_unchanged_and_never_run(browsers: Browsers, naughty: list[str]):
    page = browsers.page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    sample = [text for text in naughty[::37] if text.strip() == text and text and len(text) <= 80 and "\n" not in text]
    texts = [*SCRIPTS, *sample]
    demo_forms.start(page, DOG)
    pairs = zip(texts[::2], texts[1::2], strict=False)
    for first, last in pairs:
        page.goto(step_url(page, "holder"))
        page.fill("[name='holder.first_name']", first)
        page.fill("[name='holder.last_name']", last)
        assert page.input_value("[name='holder.first_name']") == first
        page.click(NEXT)
        page.wait_for_load_state()
        page.goto(step_url(page, "pruefen"))
        assert {first, last} <= set(shown(page))

    assert dialogs == []


def api(stack: Stack, method: str, path: str, body: Any = None) -> Any:
    """One request at the public API."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    request = urllib.request.Request(f"{stack.origin}/api/v1{path}", data, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())


def texts_of(items: list[dict[str, Any]]) -> dict[str, str]:
    """Shown answers by path."""
    return {item["path"]: item["text"] for item in items if item.get("text")}


def test_naughty_strings__all__come_back_unchanged_from_the_api(stack: Stack, naughty: list[str]):
    token = api(stack, "POST", "/drafts", {"flow": DOG, "locale": "de"})["token"]
    paths = ("holder.first_name", "holder.last_name", "dog.name", "start.previous_town", "safety.insurer")
    texts = [text for text in naughty if text.strip()]
    for at in range(0, len(texts), len(paths)):
        typed = dict(zip(paths, texts[at:], strict=False))
        conditions = {"start.moved": "true", "safety.insured": "true"}
        kept = api(stack, "PATCH", f"/drafts/{token}", {"answers": typed | conditions})["answers"]
        assert {path: kept.get(path) for path in typed} == typed
        # What is too long for its question is an error there, and no answer yet.
        short = {path: text for path, text in typed.items() if len(text) <= SHORTEST_LIMIT}
        sections = api(stack, "GET", f"/drafts/{token}/summary?locale=de")["sections"]
        listed = {path: text for section in sections for path, text in texts_of(section["items"]).items()}
        assert {path: listed.get(path) for path in short} == short
