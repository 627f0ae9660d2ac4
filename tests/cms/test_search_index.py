"""What a query finds."""

import pytest

from cms.search.index import SearchDocument, SearchIndex
from cms.search.synonyms import Synonym, SynonymTable

DOCUMENTS = [
    SearchDocument("Hundesteuer anmelden", "Wer einen Hund hält, zahlt Steuer."),
    SearchDocument(
        "Personalausweis beantragen", "Sie brauchen ein Foto und Ihren alten Ausweis.", ("Identitätskarte",)
    ),
    SearchDocument("Wohnsitz ummelden", "Sie sind innerhalb der Stadt umgezogen."),
    SearchDocument("Führerschein umtauschen", "Alte Führerscheine verlieren ihre Gültigkeit."),
]
TABLE = SynonymTable([Synonym("Perso", ("Personalausweis",)), Synonym("Lappen", ("Führerschein", "Fahrerlaubnis"))])


@pytest.fixture(scope="module")
def index():
    return SearchIndex(DOCUMENTS, TABLE)


def best(index, query, **options):
    matches = index.find(query, limit=5, **options)
    return matches.items[0].document if matches.items else None


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("Hundesteuer", 0),
        ("hund steuer", 0),
        ("Hunnde steuer", 0),
        ("Fuehrerschein", 3),
        ("fuhrerschien", 3),
        ("Perso", 1),
        ("Lappen", 3),
        ("Identitaetskarte", 1),
        ("umgezogen", 2),
    ],
)
def test_find__word_typo_umlaut_synonym__gives_the_service(index, query, document):
    assert best(index, query) == document


def test_find__half_a_word_while_typing__gives_the_service(index):
    assert best(index, "pers", as_you_type=True) == 1


@pytest.mark.parametrize("query", ["", "   ", "?", "\u0000", "constructor __proto__", "ξψ"])
def test_find__nothing_that_can_match__is_empty_or_not_confident(index, query):
    matches = index.find(query, limit=5)
    assert not matches.confident


def test_find__off_topic_query__is_not_confident(index):
    assert not index.find("Quantenchromodynamik", limit=5).confident
    assert index.find("Hundesteuer", limit=5).confident


def test_find__short_word_that_ends_like_others__leaves_out_what_only_shares_the_ending():
    """`und_` is in "und" as well as in "Hund"."""
    index = SearchIndex([*DOCUMENTS, *(SearchDocument(f"Ausweis {n}", "Foto und Antrag und Geld") for n in range(9))])
    assert [match.document for match in index.find("Hund", limit=50).items] == [0]


def test_find__two_words__keeps_what_fits_one_of_them_well(index):
    assert {match.document for match in index.find("Hund ummelden", limit=50).items} == {0, 2}


def test_find__equal_documents__keep_their_order():
    index = SearchIndex([SearchDocument("Gleich"), SearchDocument("Gleich")])
    assert [match.document for match in index.find("gleich", limit=5).items] == [0, 1]


def test_find__no_documents__is_empty():
    assert SearchIndex([]).find("Hund", limit=5).items == ()


def test_find__very_long_query__is_cut(index):
    assert index.find("Hundesteuer " * 10_000, limit=5).items[0].document == 0


def test_words_for__meaning_inside_another_word__is_not_expanded():
    assert TABLE.words_for("Vorläufiger Personalausweisersatz") == []
    assert TABLE.words_for("Der Personalausweis und die Fahrerlaubnis") == ["Perso", "Lappen"]
