"""The forms of the demo city with their example answers, as a citizen of today would give them."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

from tests.e2e.people import Applicant

DEMO = Path(__file__).resolve().parents[2] / "cms" / "demo_city"
KEYS = sorted(path.stem for path in (DEMO / "forms").glob("*.json"))
# The examples were written on this day: later all their dates, births too, move on by whole weeks.
WRITTEN_ON = date(2026, 11, 23)
REFERENCE = re.compile(r"JEN-\w{4}-\w{4}")
RECEIPT = re.compile(r"/antrag/eingegangen/")
STEP = re.compile(r"/antrag/[\w-]{40,}/")


@dataclass(frozen=True)
class Example:
    """Answers by path, and the questions that get a file."""

    answers: dict[str, Any]
    files: dict[str, str]


def _of_today(value: Any) -> Any:
    if isinstance(value, dict):
        return {part: _of_today(inner) for part, inner in value.items()}
    if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        return value
    weeks = math.ceil((date.today() - WRITTEN_ON).days / 7)
    return (date.fromisoformat(value) + timedelta(weeks=weeks)).isoformat()


def _is_file(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(str(item).startswith("file-") for item in value)


def example(key: str) -> Example:
    """What the demo city's example says, without answers that are already given elsewhere."""
    raw = json.loads((DEMO / "forms" / "examples" / f"{key}.json").read_text(encoding="utf-8"))
    answers = {path: _of_today(value) for path, value in raw.items() if not _is_file(value)}
    return Example(answers, {path: f"Nachweis Änne {n}.pdf" for n, path in enumerate(raw) if _is_file(raw[path])})


@cache
def service_of(key: str) -> str:
    """Slug of the service that offers the form."""
    for path in sorted((DEMO / "services").glob("*.yaml")):
        channels = yaml.safe_load(path.read_text(encoding="utf-8")).get("channels", [])
        if any(channel.get("form_key") == key for channel in channels):
            return path.stem
    raise LookupError(key)


def start(page: Page, key: str, given: Example | None = None, *, prefix: str = "") -> Applicant:
    """From the check page into the first step; `given` answers the check's questions."""
    given = given or example(key)
    page.goto(f"{prefix}/leistungen/{service_of(key)}/check")
    applicant = Applicant(page, given.answers, given.files)
    if page.locator("form[action='?/check']").count():
        applicant.fill_page()
        page.click("form[action='?/check'] button")
        page.wait_for_load_state()
    page.click("form[action='?/start'] button")
    page.wait_for_url(STEP)
    return applicant


def other_step(address: str, step: str) -> str:
    """Address of another step (or `pruefen`, `speichern`) of the same application."""
    return re.sub(r"(/antrag/[^/]+/).*", rf"\g<1>{step}", address)


def next_step(page: Page) -> None:
    """Press "next"."""
    page.click("main form[data-step] .actions button[value=next]")
    page.wait_for_load_state()


def hand_in(page: Page) -> str:
    """Send from the review page; the reference number of the receipt."""
    Applicant(page, {}, {}).submit()
    page.wait_for_url(RECEIPT)
    found = REFERENCE.search(page.locator("main").inner_text())
    assert found, "the receipt names no reference number"
    return found.group(0)
