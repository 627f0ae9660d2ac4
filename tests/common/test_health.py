"""`/readyz`: what the load balancer and the alarm ask every few seconds."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from common import health
from common.mail import queue_mail
from common.models import Delivery


@pytest.fixture(autouse=True)
def fresh_process():
    health.require_migrations.cache_clear()
    yield
    health.require_migrations.cache_clear()


def test_healthz__no_database_needed__ok(client):
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz__all_is_well__200_with_the_figures(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "problems": [], "oldest_delivery_seconds": 0.0, "dead_mails": 0}


@pytest.mark.django_db
def test_readyz__asked_again__does_not_read_the_migrations_again(client, monkeypatch):
    client.get("/readyz")
    monkeypatch.setattr(MigrationExecutor, "__init__", lambda *_: pytest.fail("read again"))
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/readyz").status_code == 200
    assert len(queries) == 2


@pytest.mark.django_db
def test_readyz__migration_missing_at_the_start__503_until_it_has_run(client):
    MigrationRecorder.Migration.objects.filter(app="common").delete()
    for _ in range(2):
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["problems"]) == (
            503,
            ["migrations are missing: run manage.py migrate"],
        )
    for app, name in MigrationExecutor(None).loader.disk_migrations:
        MigrationRecorder.Migration.objects.get_or_create(app=app, name=name)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz__database_goes_away_later__503(client, monkeypatch):
    assert client.get("/readyz").status_code == 200

    def gone() -> float:
        raise DatabaseError("gone")

    monkeypatch.setattr(health, "oldest_waiting_seconds", gone)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["problems"]) == (503, ["database: DatabaseError"])


@pytest.mark.django_db
def test_readyz__mail_that_will_not_leave__is_counted(client):
    queue_mail("erika@example.org", "s", "t", purpose="receipt")
    Delivery.objects.update(state=Delivery.State.DEAD)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["dead_mails"]) == (200, 1)
