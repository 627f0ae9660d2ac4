"""The running system for the browser tests: all processes behind one address, on the database E2E_DATABASE names.

`make test` runs these tests twice, on SQLite and on PostgreSQL. A failing test leaves a screenshot in var/e2e.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.people import Browsers
from tools.browser import find_browser
from tools.stack import ROOT, Stack, free_port

KINDERTAGESPFLEGE = Path("fim/schemas/S05000001299/schema.xdf.xml")
FORM_KEY = "kindertagespflege-erlaubnis"
ARTIFACTS = ROOT / "var" / "e2e"


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demo city with all processes running."""
    running = os.environ.get("E2E_RUNNING_PORT")
    if running:  # while developing: a stack somebody else started, on the database DATABASE_URL names
        yield Stack(port=int(running), log_dir=ROOT / "var")
        return
    if not (ROOT / "frontend/build").is_dir():
        pytest.fail("frontend/build is missing: make test builds it")
    folder = tmp_path_factory.mktemp("stack")
    database = os.environ.get("E2E_DATABASE", "sqlite")
    url = f"sqlite:///{folder / 'city.sqlite3'}" if database == "sqlite" else database
    environ = {
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "THROTTLE_DRAFT_CREATE": "1000/min",
        "THROTTLE_SUBMIT": "1000/min",
        "THROTTLE_FIND": "1000/min",
    }
    stack = Stack(port=free_port(), log_dir=folder / "log", environ=environ)
    stack.manage("migrate", "--verbosity", "0", quiet=True)
    stack.manage("load_demo", quiet=True)
    with stack:
        yield stack


@pytest.fixture(scope="session")
def fim_form(stack: Stack) -> str:
    """The child day-care schema, imported as a draft for the youth office; its key."""
    path = ROOT.parent / "shared" / "data" / KINDERTAGESPFLEGE
    if not path.exists():
        pytest.skip("shared test data missing: ../shared/data/fim")
    stack.manage("import_fim", str(path), "--key", FORM_KEY, "--unit", "jugend", quiet=True)
    return FORM_KEY


@pytest.fixture(scope="session")
def browsers(stack: Stack) -> Iterator[Browsers]:
    """Chromium, from which each person gets a context of their own."""
    chromium = find_browser()
    if chromium is None:
        pytest.skip("no Chromium: sudo apt-get install chromium")
    with Browsers(stack.origin, chromium, ARTIFACTS) as browsers:
        yield browsers


@pytest.fixture(autouse=True)
def close_contexts(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what the test opened; keep a picture of each page when it failed."""
    yield
    if "browsers" in request.fixturenames:
        report = getattr(request.node, "rep_call", None)
        failed = request.node.name if report is not None and report.failed else None
        request.getfixturevalue("browsers").close_all(picture=failed)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    outcome = yield
    report = outcome.get_result()
    setattr(item, f"rep_{report.when}", report)
