"""Search over the published content."""

import pytest

from cms.api import list_search_documents, search
from cms.models import SearchSynonym
from tests.cms import factories
from tests.cms.reading import ask, make_faq, make_location, make_page, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return factories.make_department()


def test_search__all_kinds__are_found_with_their_addresses(department):
    service = factories.make_service(department)
    make_faq("wartezeit", "Wie lange dauert die Bearbeitung?", service)
    make_location("volkshaus", "Volkshaus")
    make_page("Datenschutz", slug="datenschutz")
    found = {hit.kind: hit.url for query in ("Hund", "Bearbeitung", "Volkshaus", "Datenschutz")
             for hit in search(query, locale="de", limit=1)}  # fmt: skip
    assert found == {
        "service": "/leistungen/hund-anmelden",
        "faq": "/faq#wartezeit",
        "location": "/standorte/volkshaus",
        "page": "/seiten/datenschutz",
    }


def test_search__keyword_or_synonym_of_the_editor__finds_the_service(department):
    factories.make_service(department, keywords="Hundesteuer", synonyms="Köter, Wauwau")
    assert [hit.slug for hit in search("Wauwau", locale="de", limit=5)] == ["hund-anmelden"]
    assert [hit.slug for hit in search("Koeter", locale="en", limit=5)] == ["hund-anmelden"]


def test_search__city_wide_synonym__counts_from_the_moment_it_is_saved(department):
    factories.make_service(department, "Personalausweis beantragen")
    factories.make_service(department, "Wohnsitz anmelden")
    assert not search("Perso", locale="de", limit=5).confident or search("Perso", locale="de", limit=1)
    entry = SearchSynonym.objects.create(word="Plastekarte", meanings="Personalausweis, Ausweis")
    assert search("Plastekarte", locale="de", limit=5)[0].slug == "personalausweis-beantragen"
    entry.delete()
    assert not search("Plastekarte", locale="de", limit=5).confident


def test_search__published_and_unpublished__shows_at_once(department):
    service = factories.make_service(department, "Fischereischein")
    assert search("Fischereischein", locale="de", limit=5)
    service.unpublish()
    assert not search("Fischereischein", locale="de", limit=5)


def test_search__translation__is_found_in_its_language(department):
    translate(factories.make_service(department), title="Register a dog")
    assert search("register dog", locale="en", limit=1)[0].lang == "en"
    assert not search("register", locale="de", limit=1).confident


def test_search__unsure__offers_offices_and_situations(department):
    factories.make_service(department)
    answer = ask("/de/search?q=Quantenchromodynamik")
    assert answer["confident"] is False
    assert [unit["slug"] for unit in answer["suggestions"]["units"]] == ["steuern"]
    assert ask("/de/search?q=Hund")["suggestions"] == {"units": [], "life_situations": []}


@pytest.mark.parametrize("query", ["", "%20", "%00", "%F0%9F%90%95", "' OR 1=1 --", "x" * 5000, "constructor"])
def test_search__strange_query__is_answered(department, query):
    factories.make_service(department)
    assert ask(f"/de/search?q={query}")["locale"] == "de"


def test_search__service_and_question_about_it__service_comes_first(department):
    service = factories.make_service(department, "Sperrmüll abholen lassen")
    make_faq("was", "Was nimmt der Sperrmüll nicht mit?", service)
    assert [hit.kind for hit in search("Sperrmüll", locale="de", limit=2)] == ["service", "faq"]


def test_search__umlaut_not_encoded_in_the_address__is_read_like_the_encoded_one(department):
    factories.make_service(department, "Sperrmüll abholen lassen")
    assert ask("/de/search?q=Sperrmüll") == ask("/de/search?q=Sperrm%C3%BCll")


def test_search__unknown_locale__finds_nothing():
    assert search("Hund", locale="fr", limit=5) == []


def test_list_search_documents__public__holds_what_a_browser_needs_to_build_the_index(department):
    factories.make_service(department, summary="<p>Text &amp; mehr</p>")
    documents = list_search_documents("de")
    assert documents[0]["title"] == "Hund anmelden"
    assert "Text & mehr" in documents[0]["text"]
