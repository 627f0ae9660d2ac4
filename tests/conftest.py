"""What all tests share: the shared test data, and nothing that hides how a test is built."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tools.templates import copy_migrated_to_postgres, copy_migrated_to_sqlite

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


# A busy machine is no reason to fail: no deadline, and slow generation of examples is accepted.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("shared")


@pytest.fixture
def shared_data() -> Path:
    """../shared/data; the test is skipped, with the reason, where the folder is absent."""
    if not SHARED.is_dir():
        pytest.skip("shared test data missing: ../shared/data")
    return SHARED


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    """The test database is there already, see below."""
    return False


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """A copy of a migrated database lies where pytest-django looks for one to keep; each run begins with a new copy."""
    from django.db import connection

    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        copy_migrated_to_sqlite(Path(name))
    else:
        copy_migrated_to_postgres(os.environ["DATABASE_URL"], name)
    return True


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit run last: they empty the database behind them, and with it what the migrations put there
    (languages, root page). pytest-django would let tests without a mark of their own, whose module fixture holds the
    transaction, follow them."""
    items.sort(key=_commits)


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return mark is not None and bool(mark.kwargs.get("transaction"))
