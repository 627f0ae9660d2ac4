"""Requests no browser of a citizen sends: too large, too deep, not JSON, database away."""

from __future__ import annotations

import json
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client

from tests.forms_engine.factories import API, Citizen, publish

pytestmark = pytest.mark.django_db

BODIES = {
    "5 MB": (b'{"answers": {"person.name": "' + b"a" * 5_000_000 + b'"}}', {413}),
    "1,000 levels": (b'{"answers": {"a": ' + b"[" * 1_000 + b"]" * 1_000 + b"}}", {400, 413}),
    "100,000 levels": (b"[" * 100_000, {400, 413}),
    "6,000 entries": (json.dumps({"answers": {f"a{n}": 1 for n in range(6_000)}}).encode(), {413}),
    "NaN": (b'{"answers": {"dog.count": NaN}}', {400}),
    "infinity": (b'{"answers": {"dog.count": 1e999}}', {400, 422}),
    "not JSON": (b"answers=1", {400}),
    "half": (b'{"answers": {', {400}),
    "latin-1": ('{"answers": {"person.name": "ä"}}'.encode("latin-1"), {400}),
    "a list": (b"[]", {400, 422}),
    "a number": (b"7", {400, 422}),
    "null": (b"null", {400, 422}),
    "answers as list": (b'{"answers": []}', {422}),
    "answers as text": (b'{"answers": "x"}', {422}),
    "rows as text": (b'{"rows": "x"}', {422}),
    "revision as text": (b'{"revision": "x"}', {422}),
    "revision too large": (b'{"revision": 99999999999999999999}', {422}),
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("method", ["patch", "submit", "check"])
def test_body__no_browser_sends__is_refused_and_stores_nothing(name, method):
    version = publish()
    citizen = Citizen(version)
    body, expected = BODIES[name]
    send = {
        "patch": lambda: citizen.client.patch(citizen.url(), body, content_type="application/json"),
        "submit": lambda: citizen.client.post(
            citizen.url("/submit"), body, content_type="application/json", headers={"Idempotency-Key": "k"}
        ),
        "check": lambda: citizen.client.post(
            f"{API}/flows/{version.form.key}/check", body, content_type="application/json"
        ),
    }[method]

    answer = send()

    allowed = expected | ({422} if method == "submit" else set()) | ({200, 422} if method == "check" else set())
    assert answer.status_code in allowed, answer.content[:300]
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        assert answer.json()["status"] == answer.status_code
    assert citizen.get().json()["answers"] == {}


def test_body__of_another_type__is_refused():
    citizen = Citizen(publish())

    assert citizen.client.patch(citizen.url(), "a=1", content_type="text/plain").status_code == 415
    assert Client().put(f"{API}/drafts").status_code == 405


@pytest.mark.parametrize("call", ["get", "patch", "step", "submit", "create"])
def test_database__away__is_503_with_retry_after(call):
    version = publish()
    citizen = Citizen(version)
    calls = {
        "get": citizen.get,
        "patch": lambda: citizen.patch({"person.name": "x"}),
        "step": lambda: citizen.get("/steps/person"),
        "submit": citizen.submit,
        "create": lambda: citizen.client.post(
            f"{API}/drafts", {"flow": version.form.key}, content_type="application/json"
        ),
    }

    with (
        mock.patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError("server closed")),
        mock.patch("common.middleware.close_old_connections"),
    ):
        answer = calls[call]()

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "server closed" not in answer.content.decode()


def test_answers__in_a_conforming_but_odd_shape__are_taken_by_path():
    """Nested objects and rows as lists of objects are what programs send."""
    citizen = Citizen(publish())

    answer = citizen.patch({"person": {"name": "Ada"}, "family": {"children": [{"name": "Anna"}]}}).json()

    assert answer["ignored"] == []
    assert answer["answers"] == {"person.name": "Ada", "family.children": ["r1"], "family.children.r1.name": "Anna"}
