"""The running system for the browser tests: all processes behind one address, on SQLite and on PostgreSQL.

Where E2E_POSTGRESQL names a server, each test runs on both databases. `make test` shares them among two workers, each
with a stack of its own. A failing test leaves a screenshot in var/e2e.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.inspector import Inspector
from tests.e2e.people import Browsers
from tools.browser import find_browser
from tools.city import copy_to_postgres, copy_to_sqlite
from tools.postgres import drop_database
from tools.stack import ROOT, Stack, free_port

KINDERTAGESPFLEGE = Path("fim/schemas/S05000001299/schema.xdf.xml")
FORM_KEY = "kindertagespflege-erlaubnis"
ARTIFACTS = ROOT / "var" / "e2e"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
# While developing: the port of a stack somebody else started, on the database DATABASE_URL names.
RUNNING = os.environ.get("E2E_RUNNING_PORT")
SERVER = os.environ.get("E2E_POSTGRESQL")
DATABASES = ["running"] if RUNNING else [SQLITE, POSTGRESQL] if SERVER else [SQLITE]
UNHURRIED = {"THROTTLE_DRAFT_CREATE": "1000/min", "THROTTLE_FIND": "1000/min"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that uses the stack runs on each database, or on the one its mark `database` names."""
    if "stack" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("database")
        named = [name for name in DATABASES if mark and name in mark.args]
        metafunc.parametrize("stack", named or (DATABASES[:1] if mark else DATABASES), indirect=True, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of two workers the first gets the first half, the second the other, and who is done takes from the end of what
    the other has left. In this order hardly a worker has to change its database, which means to start all processes."""
    on_sqlite = [item for item in items if _database_of(item) == SQLITE]
    others = [item for item in items if _database_of(item) != SQLITE]
    half = (len(items) + 1) // 2
    items[:] = on_sqlite[:half] + others + on_sqlite[half:]


def _database_of(item: pytest.Item) -> str | None:
    spec = getattr(item, "callspec", None)
    return spec.params.get("stack") if spec else None


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demo city with all processes running."""
    if RUNNING:
        yield Stack(port=int(RUNNING), log_dir=ROOT / "var")
        return
    if not (ROOT / "frontend/build").is_dir():
        pytest.fail("frontend/build is missing: make test builds it")
    folder = tmp_path_factory.mktemp(request.param)
    name = f"digitale_verwaltung_e2e_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    if request.param == POSTGRESQL:
        url = copy_to_postgres(str(SERVER), name)
    else:
        url = copy_to_sqlite(folder / "city.sqlite3")
    environ = UNHURRIED | {"DATABASE_URL": url, "VAR_DIR": str(folder)}
    with Stack(port=free_port(), log_dir=folder / "log", environ=environ) as stack:
        yield stack
    if request.param == POSTGRESQL:
        drop_database(str(SERVER), name)


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


@pytest.fixture
def inspector(browsers: Browsers, stack: Stack) -> Inspector:
    """Looks at the page of a new person."""
    return Inspector(browsers.page(), stack.origin)


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
