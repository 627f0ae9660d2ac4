"""The read API as HTTP: bytes, validators, encodings, caching, queries, problems."""

import gzip
import hashlib
from unittest import mock

import brotli
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.documents.sending import best_coding
from tests.cms import factories
from tests.cms.reading import API, ask, fetch, make_faq, make_location, make_page, make_situation

pytestmark = pytest.mark.django_db
PATHS = [
    "/de/services",
    "/de/services/hund-anmelden",
    "/en/services/hund-anmelden",
    "/de/faq",
    "/de/faq/kosten",
    "/de/locations",
    "/de/locations/rathaus",
    "/de/life-situations",
    "/de/life-situations/familie",
    "/de/units",
    "/de/units/steuern",
    "/de/pages/impressum",
    "/de/home",
    "/de/search?q=Hund",
    "/de/search?q=xyz",
    "/de/sync",
]


@pytest.fixture(autouse=True)
def city():
    department = factories.make_department()
    service = factories.make_service(department)
    make_faq("kosten", "Was kostet das?", service)
    make_location()
    make_situation()
    make_page()


def queries(path, **headers):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = fetch(path, **headers)
    return response, len(captured)


@pytest.mark.parametrize("path", PATHS)
def test_read__first_time_in_a_process__needs_few_queries(path):
    response, first = queries(path)
    assert response.status_code == 200
    assert first <= (6 if "search" in path else 2)
    _, again = queries(path)
    assert again <= (2 if "sync" in path or "xyz" in path else 1)


@pytest.mark.parametrize("path", PATHS)
def test_read__answer__has_validator_cache_headers_and_length(path):
    response = fetch(path)
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Vary"] == "Accept-Encoding"
    assert response["Content-Length"] == str(len(response.content))
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PATHS)
def test_read__known_etag__is_304_without_a_body(path):
    tag = fetch(path, accept_encoding="br")["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        response = fetch(path, if_none_match=known)
        assert response.status_code == 304
        assert not response.content
        assert "Content-Length" not in response
        assert response["Cache-Control"].startswith("public")
    assert fetch(path, if_none_match='"other"').status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_read__encodings__carry_the_same_bytes(path):
    plain = fetch(path)
    zipped, brotlied = fetch(path, accept_encoding="gzip, deflate"), fetch(path, accept_encoding="gzip, br")
    assert (zipped["Content-Encoding"], brotlied["Content-Encoding"]) == ("gzip", "br")
    assert gzip.decompress(zipped.content) == brotli.decompress(brotlied.content) == plain.content
    assert len({plain["ETag"], zipped["ETag"], brotlied["ETag"]}) == 3


@pytest.mark.parametrize("path", PATHS[:13])
def test_head__document__has_the_headers_of_get_and_no_body(path):
    got, headed = fetch(path), fetch(path, method="head")
    assert headed.status_code == 200
    assert not headed.content
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control"):
        assert headed[name] == got[name]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("br;q=0, *;q=0", ""),
    ],
)
def test_best_coding__header__picks_what_the_client_takes(accepted, coding):
    assert best_coding(accepted) == coding


@pytest.mark.parametrize(
    "path",
    [
        "/de/services/gibt-es-nicht",
        "/fr/services",
        "/de/flows/gibt-es-nicht",
        "/de/pages/a/b/c",
        "/de/pages/%00",
        "/de/services/%00",
        "/de/units/x%0Ay",
        "/de/gibt-es-nicht",
        "/fr/search?q=x",
        "/preview?content_type=cms.servicepage&token=falsch",
        "/preview?content_type=auth.user&token=x",
        "/preview",
        "/preview?content_type=%00&token=%00",
    ],
)
def test_read__unknown_address__is_a_404_problem(path):
    response = fetch(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/de/services?page=0", "page"),
        ("/de/services?page=x", "page"),
        ("/de/services?page=-1", "page"),
        ("/de/services?page=%D9%A1", "page"),
        ("/de/services?online=vielleicht", "online"),
        ("/de/search", "q"),
        ("/de/search?q=x&limit=0", "limit"),
        ("/de/search?q=x&limit=1000", "limit"),
        ("/de/sync?cursor=!!", "cursor"),
        ("/de/sync?cursor=%C3%BC", "cursor"),
        ("/de/sync?limit=x", "limit"),
    ],
)
def test_read__wrong_parameter__is_a_400_problem_that_names_it(path, parameter):
    response = fetch(path)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    error = response.json()["errors"][0]
    assert error["path"] == parameter
    assert error["message"]


def test_write__to_a_document__is_a_405_problem():
    response = Client().post(API + "/de/services/hund-anmelden")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/de/services", "/de/services/hund-anmelden"])
def test_read__database_gone__is_503_with_retry_after(path):
    with mock.patch("cms.documents.state.connection.cursor", side_effect=OperationalError("gone")):
        response = fetch(path)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Content-Type"] == "application/problem+json"


def test_list__more_than_a_page__is_paged():
    department = factories.make_department("jugend", "Jugendamt")
    for number in range(24):
        factories.make_service(department, f"Leistung {number:02d}")
    first, second = ask("/de/services"), ask("/de/services?page=2")
    assert (first["count"], first["pages"], len(first["items"]), len(second["items"])) == (25, 2, 20, 5)
    titles = [card["title"] for card in first["items"] + second["items"]]
    assert titles == sorted(titles)
    ask("/de/services?page=3", status=404)


def test_list__filters__narrow_it():
    department = factories.make_department("jugend", "Jugendamt")
    online = [("external_link", {"url": "https://antrag.example/", "label": "", "text": ""})]
    service = factories.make_service(department, "Elterngeld", channels=online)
    service.life_situations = [make_situation("geburt", "Geburt")]
    service.save_revision().publish()

    def slugs(query):
        return [card["slug"] for card in ask(f"/de/services?{query}")["items"]]

    assert slugs("online=true") == slugs("unit=jugend") == slugs("life_situation=geburt") == ["elterngeld"]
    assert slugs("online=false") == ["hund-anmelden"]
    assert slugs("life_situation=geburt&unit=steuern") == []
    assert slugs("unit=gibt-es-nicht&utm_source=x") == []


def test_faq_list__topic__is_what_its_services_share_and_the_narrower_of_two():
    department = factories.make_department("amt", "Amt")
    new, passes, family = (make_situation(slug, slug.title()) for slug in ("neu", "ausweise", "kinder"))

    def offer(title, *situations):
        service = factories.make_service(department, title)
        service.life_situations = list(situations)
        service.save_revision().publish()
        return service

    identity, passport = offer("Personalausweis", new, passes), offer("Reisepass", passes)
    move, birth = offer("Umzug", new), offer("Geburt", family, new)
    for slug, *services in (
        ("foto", identity), ("abholen", passport, birth, identity), ("frist", move), ("baby", birth), ("ohne",),
    ):  # fmt: skip
        make_faq(slug, slug, *services).save_revision().publish()

    topics = {item["slug"]: item["life_situation"] for item in ask("/de/faq")["items"]}

    assert topics["foto"] == {"slug": "ausweise", "title": "Ausweise"}
    assert [topics[slug]["slug"] for slug in ("abholen", "frist", "baby")] == ["ausweise", "neu", "kinder"]
    assert topics["ohne"] is topics["kosten"] is None


def test_locales__list__names_them_in_their_own_language():
    assert [(item["code"], item["base"]) for item in ask("/locales")["items"]] == [
        ("de", ""),
        ("en", "/en"),
        ("de-simple", "/de-simple"),
    ]
