"""Whatever is asked, the read API answers with a document or a problem, never with 500."""

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cms import factories
from tests.cms.reading import fetch

pytestmark = pytest.mark.django_db
PLACES = [
    "/de/search?q={}",
    "/de/services/{}",
    "/de/pages/{}",
    "/de/sync?cursor={}",
    "/de/services?unit={}",
    "/de/services?page={}",
    "/{}/services",
    "/preview?content_type={0}&token={0}",
]
EXPECTED = {200, 400, 404, 410}


def assert_answered(place, text):
    response = fetch(place.format(quote(text, safe="", errors="replace")))
    assert response.status_code in EXPECTED, (place, text)
    if response.status_code != 200:
        assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("place", PLACES)
def test_read__naughty_strings__are_answered(place, shared_data):
    factories.make_service(factories.make_department())
    for text in json.loads((shared_data / "naughty/blns/blns.json").read_text(encoding="utf-8")):
        assert_answered(place, text)


@pytest.mark.parametrize("place", PLACES)
def test_read__any_text__is_answered(place):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=60))
    def answered(text):
        assert_answered(place, text)

    answered()


def test_search__naughty_string__comes_back_unchanged(shared_data):
    for text in json.loads((shared_data / "naughty/blns/blns.json").read_text(encoding="utf-8")):
        response = fetch("/de/search?q=" + quote(text, safe="", errors="replace"))
        assert response.json()["q"] == text.encode("utf-8", "replace").decode()[:200]
