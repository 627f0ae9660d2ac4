"""Suggestions while a street is typed: the city's own list, a server elsewhere, and nobody at all."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings as project
from django.test import Client

from forms_engine.addresses.base import ProviderFailed, Suggestion
from forms_engine.addresses.contrib import openplz, street_list
from forms_engine.addresses.registry import registry
from forms_engine.queries import addresses
from forms_engine.queries.addresses import suggest_streets

MARKT = {"street": "Markt", "postcode": "07743", "place": "Jena"}


@pytest.fixture(autouse=True)
def nobody_rests():
    addresses._resting_until.clear()
    yield
    addresses._resting_until.clear()


@pytest.fixture
def server():
    """A server that answers as `server.answer` says: (status, body); `asked` are the paths."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            http.asked.append(self.path)
            status, body = http.answer
            self.send_response(status)
            self.send_header("Location", "http://elsewhere.example/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Says nothing."""

    http = HTTPServer(("127.0.0.1", 0), Handler)
    http.asked, http.answer = [], (200, b"[]")
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield http
    http.shutdown()
    thread.join()
    http.server_close()


def streets(text):
    return [one.street for one in suggest_streets(text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Karl-Lieb", "Karl-Liebknecht-Straße"),
        ("karl liebknecht str", "Karl-Liebknecht-Straße"),
        ("Karl-Liebknecht-Str.", "Karl-Liebknecht-Straße"),
        ("KÄTHE", "Käthe-Kollwitz-Straße"),
        ("kathe", "Käthe-Kollwitz-Straße"),
        ("goethestrasse", "Goethestraße"),
        ("Liebknecht", "Karl-Liebknecht-Straße"),
    ],
)
def test_street_list__as_people_type__finds_the_street(typed, first):
    assert streets(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "x", " K ", "§§", "Nirgendweg", "K" * 101])
def test_street_list__too_little_too_much_or_unknown__suggests_nothing(typed):
    assert streets(typed) == []


def test_street_list__many_fit__gives_eight_in_order():
    found = streets("Am")
    assert found[0].startswith("Am ")
    assert len(streets("Straße")) == 8


def test_street_list__of_the_demo_city__has_streets_with_their_postcode():
    rows = [street for _, street in street_list.load(project.ADDRESS_STREETS)]
    assert len(rows) > 120
    assert len(set(rows)) == len(rows)
    assert {(row.postcode[:3], row.place) for row in rows} == {("077", "Jena")}


def test_street_list__without_its_file__suggests_nothing(settings):
    settings.ADDRESS_STREETS = "/nonexistent.csv"
    assert streets("Markt") == []


def test_openplz__without_an_address__is_off(settings):
    settings.ADDRESS_PROVIDER = "openplz"
    assert project.OPENPLZ_URL == ""
    with pytest.raises(ProviderFailed):
        registry.get("openplz").find_streets("Markt")


def test_openplz__asked__sends_the_beginning_and_reads_the_list(settings, server):
    settings.ADDRESS_PROVIDER = "openplz"
    settings.OPENPLZ_URL, settings.OPENPLZ_POSTCODES = f"http://127.0.0.1:{server.server_port}", "^077"
    rows = [
        {"name": "Markt", "postalCode": "07743", "locality": "Jena"},
        {"name": 5},
        "x",
        {"name": "a\x07b", "postalCode": "1", "locality": "J"},
    ]
    server.answer = (200, json.dumps(rows).encode())

    assert suggest_streets(" Mar.kt ") == [Suggestion("Markt", "07743", "Jena")]
    assert server.asked == ["/de/Streets?name=%5EMar%5C.kt&page=1&pageSize=8&postalCode=%5E077"]


@pytest.mark.parametrize(
    "answer", [(500, b"[]"), (302, b"[]"), (200, b"no json"), (200, b"{}"), (200, b"[" + b" " * 200_000)]
)
def test_openplz__answers_nonsense__suggests_nothing_and_rests(settings, server, answer):
    settings.ADDRESS_PROVIDER, settings.OPENPLZ_URL = "openplz", f"http://127.0.0.1:{server.server_port}"
    server.answer = answer

    assert suggest_streets("Markt") == []
    assert suggest_streets("Markt") == []
    assert len(server.asked) == 1, "it was asked again at the next letter"


def test_openplz__is_away__suggests_nothing(settings, monkeypatch):
    settings.ADDRESS_PROVIDER, settings.OPENPLZ_URL = "openplz", "http://127.0.0.1:9"
    monkeypatch.setattr(openplz, "TIMEOUT", 0.2)
    assert suggest_streets("Markt") == []


@pytest.mark.django_db
def test_api__a_street_is_typed__suggests_and_is_kept_nowhere():
    answer = Client().post("/api/v1/addresses/suggest", {"street": "Mark"}, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["streets"][0] == MARKT
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_api__no_provider__answers_all_the_same(settings):
    settings.ADDRESS_PROVIDER = ""
    answer = Client().post("/api/v1/addresses/suggest", {"street": "Mark"}, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"streets": []})


@pytest.mark.django_db
def test_api__too_long_or_nothing__is_refused():
    for street in ("", "x" * 101):
        answer = Client().post("/api/v1/addresses/suggest", {"street": street}, content_type="application/json")
        assert answer.status_code == 422
