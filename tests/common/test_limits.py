"""Limits count people, in all processes together, and cost readers nothing."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from common import clock
from common.limits import SharedRateThrottle, count_request, forget_counts
from common.models import RequestCount

START = "2026-05-04T10:00:00.500000+00:00"


class Limited(APIView):
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (SharedRateThrottle,)
    throttle_scope = "mail"

    def get(self, request):
        return Response({})


@pytest.fixture
def two_a_minute(monkeypatch):
    monkeypatch.setattr(SharedRateThrottle, "THROTTLE_RATES", {"mail": "2/min", "find": "2/min"})


def call(sender="198.51.100.7", view=Limited, **options):
    request = APIRequestFactory().get("/", headers={"X-Forwarded-For": sender})
    return view.as_view(**options)(request)


def statuses(*senders):
    return [call(sender).status_code for sender in senders]


@pytest.mark.django_db
def test_limit__reached__429_until_the_period_is_over(two_a_minute):
    with time_machine.travel(START, tick=False) as moment:
        assert [call().status_code for _ in range(4)] == [200, 200, 429, 429]
        moment.shift(timedelta(seconds=20))
        assert call().headers["Retry-After"] == "41"  # never a second too early
        moment.shift(timedelta(seconds=40))
        assert call().status_code == 200


@pytest.mark.django_db
def test_limit__another_sender_or_purpose__counts_for_itself(two_a_minute):
    assert statuses("198.51.100.7", "198.51.100.7", "198.51.100.7", "198.51.100.8") == [200, 200, 429, 200]
    assert call(throttle_scope="find").status_code == 200


@pytest.mark.django_db
def test_limit__ipv6__addresses_of_one_network_count_as_one(two_a_minute):
    assert statuses("2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:1::1") == [200, 200, 429, 200]
    assert statuses("::ffff:192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.2") == [
        200,
        200,
        429,
        200,
    ]


@pytest.mark.django_db
def test_limit__sender_named_in_the_header_only_by_the_proxy__cannot_be_forged(two_a_minute):
    assert statuses("1.1.1.1, 198.51.100.7", "2.2.2.2, 198.51.100.7", "3.3.3.3, 198.51.100.7") == [200, 200, 429]


@pytest.mark.django_db
def test_limit__one_request__one_statement_and_no_address_kept(two_a_minute):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        call()
    assert len(queries) == 1
    assert "198.51" not in RequestCount.objects.get().key


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{"throttle_scope": None}, {"throttle_scope": "free"}])
def test_no_limit__view_without_scope_or_rate__no_query(monkeypatch, options):
    monkeypatch.setattr(SharedRateThrottle, "THROTTLE_RATES", {"free": None})
    with CaptureQueriesContext(connection) as queries:
        assert call(**options).status_code == 200
    assert len(queries) == 0


@pytest.mark.django_db(transaction=True)
def test_count__many_at_once__none_is_lost():
    def count():
        for _ in range(10):
            count_request("k", seconds=3600)
        connection.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert RequestCount.objects.get().count == 40


@pytest.mark.django_db
def test_counts__period_over__forgotten():
    with time_machine.travel(START, tick=False) as moment:
        count_request("old", seconds=60)
        moment.shift(timedelta(seconds=50))
        count_request("new", seconds=60)
        moment.shift(timedelta(seconds=10))
        assert (forget_counts(), RequestCount.objects.get().key) == (1, "new")
        assert RequestCount.objects.get().ends_at == int(clock.now().timestamp()) + 50


@pytest.mark.django_db
def test_cache__of_django__lies_in_the_database_that_all_processes_share(client):
    """allauth counts attempts to sign in there; a cache in memory would give every process its own five."""
    client.post("/admin/login/", {"username": "a@jena.example", "password": "x"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM common_cache WHERE cache_key LIKE %s", ["%allauth:rl%login_failed%"])
        assert cursor.fetchone()[0] >= 1
    cache.clear()


@pytest.mark.django_db
def test_counters__on_postgresql__are_kept_out_of_the_write_ahead_log():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no unlogged tables")
    with connection.cursor() as cursor:
        names = ["common_cache", "common_requestcount"]
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = ANY(%s)", [names])
        assert cursor.fetchall() == [("u",), ("u",)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "de/home",
        "de/services",
        "de/services/x",
        "de/search?q=hund",
        "de/sync",
        "locales",
        "de/flows/x",
        "preview?token=x",
    ],
)
def test_read_api__any_public_address__asks_neither_cache_nor_counters(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/api/v1/{address}")
    assert [query["sql"] for query in queries if "common_cache" in query["sql"] or "requestcount" in query["sql"]] == []
