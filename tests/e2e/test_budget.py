"""What a page may weigh: no script on public pages, one TCP window for a service, 15 KB of script for a form."""

from __future__ import annotations

import gzip
import re
import urllib.request

import pytest
from playwright.sync_api import Page

from tests.cms.demo_city import SERVICES
from tests.e2e import demo_forms
from tests.e2e.people import Browsers
from tests.e2e.test_accessibility import PUBLIC
from tools.stack import Stack

# The pages are the same on either database.
pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
FIRST_HTML = 14 * 1024
PLAIN_FORM_SCRIPT = 3 * 1024  # where no question depends on another
FORM_SCRIPT = 15 * 1024  # with the rules of the page
SCRIPT = re.compile(r"<script\b([^>]*)>")


def fetch(stack: Stack, path: str, encoding: str = "gzip") -> bytes:
    """The body as it travels."""
    request = urllib.request.Request(stack.origin + path, headers={"Accept-Encoding": encoding, "Accept": "text/html"})
    with urllib.request.urlopen(request) as answer:
        assert answer.headers.get("Content-Encoding", "") == encoding
        return answer.read()


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC.keys())
def test_public_page__ships_no_script(stack: Stack, path: str):
    html = gzip.decompress(fetch(stack, path.replace("ü", "%C3%BC"))).decode()

    kinds = {match.group(1).strip() for match in SCRIPT.finditer(html)}

    assert kinds <= {'type="application/ld+json"'}
    assert "modulepreload" not in html
    assert not re.search(r"\son(click|load|error|submit)=", html)


def test_service_pages__first_html__fits_one_tcp_window(stack: Stack):
    sizes = {
        f"{prefix}/leistungen/{slug}": len(fetch(stack, f"{prefix}/leistungen/{slug}"))
        for slug in SERVICES
        for prefix in ("", "/en", "/de-simple")
    }

    assert {path: size for path, size in sizes.items() if size > FIRST_HTML} == {}


def test_form_page__script__is_small_and_loaded_only_where_questions_depend(stack: Stack, browsers: Browsers):
    page = browsers.page()
    applicant = demo_forms.start(page, "hundesteuer-anmelden")
    assert PLAIN_FORM_SCRIPT < script_size(stack, page) <= FORM_SCRIPT

    applicant.fill_page()
    demo_forms.next_step(page)  # the holder: nothing depends on anything there
    assert 0 < script_size(stack, page) <= PLAIN_FORM_SCRIPT


def script_size(stack: Stack, page: Page) -> int:
    """Bytes of all scripts of a page as they travel."""
    addresses = page.locator("script[src]").evaluate_all("scripts => scripts.map(s => s.getAttribute('src'))")
    return sum(len(gzip.compress(gzip.decompress(fetch(stack, address)))) for address in addresses)
