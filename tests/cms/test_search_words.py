"""How a text becomes terms."""

import pytest

from cms.search.words import Vocabulary, grams, tokens


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Bürgerbüro", "Buergerbuero"),
        ("Bürgerbüro", "Burgerburo"),
        ("Straße", "Strasse"),
        ("Führerschein", "führerschein"),
    ],
)
def test_tokens__spelling_with_and_without_umlaut__are_the_same(left, right):
    assert tokens(left) == tokens(right)


def test_tokens__decomposed_umlaut__is_read_like_the_composed_one():
    assert tokens("Bu\u0308rger") == tokens("Bürger") == ["burger"]


def test_tokens__nothing_but_signs__is_empty():
    assert tokens("?! – …") == []


def test_grams__word__is_marked_at_both_ends():
    assert grams("hund") == ["_hun", "hund", "und_"]
    assert grams("ab") == ["_ab_"]


def test_grams__while_typing__end_stays_open():
    assert grams("hund", open_end=True) == ["_hun", "hund"]


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("hundesteuer", ("hund", "steuer")),
        ("wohnsitzanmeldung", ("wohnsitz", "anmeldung")),
        ("heiratsurkunde", ("heirat", "urkunde")),
    ],
)
def test_vocabulary__compound_of_known_words__is_cut(compound, parts):
    vocabulary = Vocabulary(["hund", "steuer", "wohnsitz", "anmeldung", "heirat", "urkunde"])
    assert vocabulary.terms(compound) == (compound, *parts)


def test_vocabulary__several_cuts__takes_the_most_even_one():
    vocabulary = Vocabulary(["haus", "hausboot", "bootsteg", "steg", "steganlage", "anlage"])
    assert vocabulary.terms("hausbootsteganlage") == ("hausbootsteganlage", "hausboot", "steganlage")


def test_vocabulary__unknown_or_short_word__stays_whole():
    vocabulary = Vocabulary(["hund"])
    assert vocabulary.terms("hundesteuer") == ("hundesteuer",)
    assert vocabulary.terms("hundhund") == ("hundhund",)
