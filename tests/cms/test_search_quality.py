"""The gate of docs/reference/search.md: real texts, real keywords. Numbers below it fail the build."""

import time
import tracemalloc

import pytest

from cms.search.index import SearchIndex
from tests.cms import munich

OFF_TOPIC = """Rezept Apfelkuchen; Wetter morgen; Bundesliga Tabelle; Bitcoin Kurs; Quantenphysik; Gitarre stimmen;
Kinoprogramm; Netflix Serien; Marathon Trainingsplan; Dinosaurier; Harry Potter; Mondlandung;
Sonnenfinsternis; Schach Eröffnung; Gulasch kochen; Katzenvideos; Python programmieren; Urlaub
Mallorca; Lottozahlen; Vulkanausbruch; Beethoven Sinfonie; Yoga Übungen; Aktien kaufen; Handyvertrag
vergleichen; Schnittmuster Rock; Jogginghose Größe; Grillrezepte; Zahnpasta Test; Pokémon Karten;
Olympia Medaillen; Zimmerpflanzen gießen; Horoskop Löwe; Kreuzworträtsel; Fußball Ergebnisse;
Smartphone Display; Sauerteig Brot; Karaoke; Modelleisenbahn; Origami falten; Witze erzählen""".replace(
    "\n", " "
).split("; ")


@pytest.fixture(scope="module")
def services(request):
    from tests.conftest import SHARED

    if not SHARED.is_dir():
        pytest.skip("shared test data missing: ../shared/data")
    return munich.read_services(SHARED)


@pytest.fixture(scope="module")
def index(services):
    return SearchIndex(munich.as_documents(services))


def share_found(index, queries):
    found = [any(m.document in right for m in index.find(query, limit=5).items) for query, right in queries.items()]
    return sum(found) / len(found)


def test_search__keywords_of_editors_as_queries__finds_at_least_68_percent(services, index):
    assert len(services) == 287
    assert share_found(index, munich.judged_queries(services)) >= 0.68


def test_search__keywords_of_editors_as_queries__are_hardly_ever_empty(services, index):
    queries = munich.judged_queries(services)
    empty = sum(not index.find(query, limit=5).items for query in queries)
    assert empty / len(queries) <= 0.005


def test_search__keywords_of_editors__give_short_lists_that_keep_what_fits(services, index):
    """Half of the queries have at most 20 hits, and four in five services with the keyword are among them."""
    queries = munich.judged_queries(services)
    found = {query: [match.document for match in index.find(query, limit=50).items] for query in queries}
    assert sorted(map(len, found.values()))[len(found) // 2] <= 20
    kept = sum(len(right.intersection(found[query])) for query, right in queries.items())
    assert kept / sum(map(len, queries.values())) >= 0.8


def test_search__with_the_other_keywords_as_synonyms__finds_more(services):
    """Five folds: the keywords that are asked are never those that are indexed."""
    documents, queries = munich.as_documents(services), munich.judged_queries(services)
    found = []
    for fold in range(5):
        asked = {query: right for at, (query, right) in enumerate(queries.items()) if at % 5 == fold}
        known = {query: right for query, right in queries.items() if query not in asked}
        found.append(share_found(SearchIndex(munich.with_keywords(documents, known)), asked))
    assert sum(found) / len(found) >= 0.78


def test_search__off_topic_queries__are_mostly_called_unsure(index):
    assert sum(index.find(query, limit=5).confident for query in OFF_TOPIC) / len(OFF_TOPIC) <= 0.15


def test_search__queries_it_answers_rightly__are_hardly_ever_called_unsure(services, index):
    found = [(index.find(query, limit=5), right) for query, right in munich.judged_queries(services).items()]
    answered = [matches for matches, right in found if any(match.document in right for match in matches.items)]
    assert sum(matches.confident for matches in answered) / len(answered) >= 0.94


def test_search__one_query__takes_less_than_three_milliseconds(services, index):
    queries = list(munich.judged_queries(services))
    started = time.process_time()
    for query in queries:
        index.find(query, limit=10)
    assert (time.process_time() - started) / len(queries) < 0.003


def test_search__index__needs_less_than_60_megabytes(services):
    documents = munich.as_documents(services)
    tracemalloc.start()
    index = SearchIndex(documents)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert index.find("Reisepass", limit=1).items
    assert peak < 60_000_000
