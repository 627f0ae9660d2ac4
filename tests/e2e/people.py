"""People at their browsers: citizen, clerk, editor. Each has a context of their own, with or without JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect, sync_playwright

PATIENCE = 30_000  # ms: a busy machine is no reason to fail
expect.set_options(timeout=PATIENCE)
PASSWORD = "jena-demo-2026"
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n168\n%%EOF\n"  # noqa: E501 - offsets count


def picture() -> bytes:
    """A small PNG, as a telephone would send."""
    buffer = BytesIO()
    Image.new("RGB", (32, 32), "seagreen").save(buffer, "PNG")
    return buffer.getvalue()


def file_for(control: Locator, name: str) -> FilePayload:
    """A file of a kind the question accepts."""
    if "pdf" in (control.get_attribute("accept") or "pdf"):
        return {"name": name, "mimeType": "application/pdf", "buffer": PDF}
    return {"name": name.replace(".pdf", ".png"), "mimeType": "image/png", "buffer": picture()}


class Browsers:
    """One Chromium; contexts for the people of a test."""

    def __init__(self, origin: str, executable: str, artifacts: Path) -> None:
        self.origin, self.executable, self.artifacts = origin, executable, artifacts
        self.contexts: list[BrowserContext] = []

    def __enter__(self) -> Browsers:
        self._playwright = sync_playwright().start()
        self.browser: Browser = self._playwright.chromium.launch(executable_path=self.executable, args=list(QUIET))
        return self

    def __exit__(self, *exc: object) -> None:
        self.browser.close()
        self._playwright.stop()

    def page(self, *, javascript: bool = True, width: int = 1280, height: int = 900, **options: Any) -> Page:
        """A page of a new person."""
        context = self.browser.new_context(
            base_url=self.origin,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            locale="de-DE",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        return context.new_page()

    def close_all(self, *, picture: str | None) -> None:
        """Close all contexts; with `picture` keep what their pages showed."""
        for number, context in enumerate(self.contexts):
            if picture and context.pages:
                self.artifacts.mkdir(parents=True, exist_ok=True)
                name = re.sub(r"\W+", "_", picture)
                context.pages[-1].screenshot(path=self.artifacts / f"{name}-{number}.png", full_page=True)
            context.close()
        self.contexts.clear()


def sign_in(page: Page, email: str, *, then: str) -> None:
    """Sign in at the website, as clerks and citizens do."""
    page.goto(f"/anmelden?weiter={then}")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button:has-text('Anmelden') >> nth=0")
    page.wait_for_load_state()


def sign_in_to_admin(page: Page, email: str) -> None:
    """Sign in at the Wagtail admin, as editors do."""
    page.goto("/admin/login/")
    page.fill("[name=username]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_load_state()


class Applicant:
    """Fills in an application from a map of answers, page by page, as the page asks."""

    def __init__(self, page: Page, answers: Mapping[str, Any], files: Mapping[str, str]) -> None:
        self.page, self.answers, self.files = page, dict(answers), dict(files)
        self.rows: dict[str, str] = {}  # path of a row in the answers -> path of the row on the page
        self.steps: list[str] = []

    def fill_in(self, *, limit: int = 40) -> None:
        """Go through all steps until the answers can be checked."""
        for _ in range(limit):
            if self.page.url.partition("?")[0].endswith("/pruefen"):
                return
            self.steps.append(self.page.locator("h1").first.inner_text())
            self.fill_page()
            self.page.click("main form[data-step] .actions button[value=next]")
            self.page.wait_for_load_state()
            summary = self.page.locator("#error-summary")
            assert summary.count() == 0, f"{self.steps[-1]}: {summary.inner_text()}"
        raise AssertionError(f"no end after {self.steps}")

    def fill_page(self) -> None:
        """Answer what is visible; that makes more questions and groups visible, so look again until nothing is new."""
        done: set[str] = set()
        while True:
            before, asked = len(done), self._asked()
            for path, value in self.answers.items():
                if path in done or path in self.rows or self._on_page(path) not in asked:
                    continue
                if self._fill(self._on_page(path), value):
                    done.add(path)
            if len(done) > before:
                self.wait_for_autosave()
            elif not self._add_rows():
                break
        for path, name in self.files.items():
            control = self.page.locator(f"input[type=file][name='{self._on_page(path)}']")
            if control.count():
                control.set_input_files(file_for(control, name))

    def _asked(self) -> set[str]:
        """Paths of all questions in the page, visible or not."""
        names = self.page.locator("main [name]").evaluate_all("controls => controls.map(c => c.name)")
        return {re.sub(r"(:\w+)*(\[\])?$", "", name) for name in names}

    def wait_for_autosave(self) -> None:
        """The enhancer asks the server what is visible now; without it there is nothing to wait for."""
        note = self.page.locator("[data-autosave]")
        if note.count():
            expect(note).not_to_have_text(note.get_attribute("data-saving") or "")

    def _add_rows(self) -> bool:
        """Press "add" in the first visible group that has too few rows; False when there is none."""
        for path, value in self.answers.items():
            is_rows = isinstance(value, list) and any(p.startswith(f"{path}.") for p in self.answers)
            group = self.page.locator(f"fieldset[id='{self._on_page(path)}']")
            if not is_rows or path in self.rows or not group.count() or not group.is_visible():
                continue
            for _ in range(len(value) - len(self._row_ids(path))):
                self.page.click(f"button[value='add:{self._on_page(path)}']")
                self.page.wait_for_load_state()
            for wanted, found in zip(value, self._row_ids(path), strict=False):
                self.rows[f"{path}.{wanted}"] = f"{self._on_page(path)}.{found}"
            self.rows[path] = self._on_page(path)
            return True
        return False

    def _row_ids(self, path: str) -> list[str]:
        group = self._on_page(path)
        rows = self.page.locator(f"fieldset[id='{group}'] fieldset.row")
        ids = [row.get_attribute("id") or "" for row in rows.all()]
        return [i.removeprefix(f"{group}.") for i in ids if "." not in i.removeprefix(f"{group}.")]

    def _on_page(self, path: str) -> str:
        """The answer's path with the row ids the server gave out."""
        for known in sorted(self.rows, key=len, reverse=True):
            if path.startswith(f"{known}."):
                return self.rows[known] + path.removeprefix(known)
        return path

    def _fill(self, path: str, value: Any) -> bool:
        """Enter one answer; False when its question is not on the page or not visible."""
        places = self.page.locator(f"select[name='{path}[]']")
        if isinstance(value, list) and places.count():
            return all(self._choose(places.nth(at), item) for at, item in enumerate(value))
        if isinstance(value, list):
            boxes = [self.page.locator(f"input[name='{path}[]'][value='{item}']") for item in value]
            checked = [self._check(box) for box in boxes]
            return all(checked)
        if isinstance(value, dict):
            filled = [self._fill(f"{path}:{part}", inner) for part, inner in value.items() if inner != ""]
            return any(filled)
        if isinstance(value, bool):
            return self._check(self.page.locator(f"input[type=radio][name='{path}'][value='{str(value).lower()}']"))
        return self._fill_text(path, str(value))

    def _fill_text(self, path: str, text: str) -> bool:
        radio = self.page.locator(f"input[type=radio][name='{path}'][value={json.dumps(text.splitlines()[0])}]")
        select = self.page.locator(f"select[name='{path}']")
        day = self.page.locator(f"[name='{path}:day']")
        if radio.count():
            return self._check(radio)
        if select.count():
            return self._choose(select.first, text)
        if day.count() and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            parts = zip(("year", "month", "day"), text.split("-"), strict=True)
            typed = [self._type(self.page.locator(f"[name='{path}:{part}']"), digits) for part, digits in parts]
            return all(typed)
        return self._type(self.page.locator(f"input:not([type=hidden])[name='{path}'], textarea[name='{path}']"), text)

    def _choose(self, select: Locator, value: str) -> bool:
        if not select.is_visible():
            return False
        select.select_option(value)
        return True

    def _check(self, control: Locator) -> bool:
        if not control.count() or not control.first.locator("xpath=..").is_visible():
            return False
        control.first.check()
        return True

    def _type(self, control: Locator, text: str) -> bool:
        if not control.count() or not control.first.is_visible():
            return False
        control.first.fill(text)
        return True

    def submit(self, *, email: str = "") -> None:
        """Confirm, send."""
        if email:
            self.page.fill("[name=email]", email)
        self.page.check("[name=declaration]", force=True)
        self.page.click("form#absenden button:not([formaction]) >> nth=-1")
        self.page.wait_for_load_state()
