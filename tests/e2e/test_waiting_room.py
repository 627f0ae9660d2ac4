"""The page of those who wait in a rush: accessible, and it goes on by itself."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.e2e.inspector import Inspector
from tests.e2e.people import Browsers
from tools.node import node_executable
from tools.stack import ROOT, Stack

pytestmark = [pytest.mark.e2e, pytest.mark.database("sqlite")]
DRAW = """
import { pageOf } from './server/waiting.js';
const place = { look: 9, ahead: 1234, seconds: 75, ticket: 't.1235.1.x' };
const pages = ['de', 'en', 'de-simple'].map((locale) => pageOf(place, locale, '/leistungen/hund/check?platz=t.1'));
console.log(JSON.stringify(pages));
"""


def test_waiting_page__in_each_language__is_accessible(stack: Stack, browsers: Browsers):
    command = [str(node_executable()), "--input-type=module", "-e", DRAW]
    done = subprocess.run(command, cwd=ROOT / "frontend", capture_output=True, check=True, text=True)
    inspector = Inspector(page := browsers.page(), stack.origin)
    for html in json.loads(done.stdout):
        page.goto("/robots.txt")  # any small page of this origin
        page.set_content(html)
        inspector.look(page.title())

    inspector.assert_clean()
