"""Counting amounts and readability in prose: pure functions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cms.domain.amounts import find_amounts, find_untyped_amounts
from cms.domain.readability import assess_readability, split_sentences
from cms.wording import split_lines, split_phrases


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Das kostet 12,50 Euro.", ["12.50"]),
        ("Das kostet 37 €.", ["37.00"]),
        ("Gebühr: EUR 1.234,56", ["1234.56"]),
        ("50 bis 60 Euro", ["50.00", "60.00"]),
        ("12,50–15,00 EUR", ["12.50", "15.00"]),
        ("100,- Euro und 100 Euro", ["100.00"]),
        ("1,5 Euro", ["1.50"]),
        ("10.000 Euro", ["10000.00"]),
        ("Am 12.05.2026 um 10 Uhr, Zimmer 37, 24 Jahre", []),
        ("Eurofighter 12, § 3 Absatz 2", []),
        ("", []),
    ],
)
def test_find_amounts__german_prose__exact(text, amounts):
    assert find_amounts(text) == [Decimal(amount) for amount in amounts]


def test_find_untyped_amounts__typed_as_other_scale__not_reported():
    assert find_untyped_amounts("12 Euro und 13 Euro", [Decimal("12.0")]) == [Decimal("13.00")]


def test_assess_readability__short_text__unknown():
    assert assess_readability("Zu kurz.").level == "unknown"


def test_assess_readability__simple_sentences__easy():
    assert assess_readability("Sie haben einen Hund. Sie melden den Hund an. Das ist leicht. " * 5).level == "easy"


def test_assess_readability__officialese__hard_with_the_worst_sentence():
    sentence = (
        "Die Festsetzung der Hundesteuer erfolgt durch schriftlichen Bescheid der zuständigen Steuerverwaltungsbehörde "
        "unter Berücksichtigung satzungsrechtlicher Ermäßigungstatbestände sowie etwaiger "
        "Befreiungsvorschriften im jeweils zu prüfenden Einzelfall. "
    )
    result = assess_readability(sentence * 3)
    assert result.level == "hard"
    assert len(result.long_sentences) == 3


def test_split_sentences__abbreviations__no_end():
    assert len(split_sentences("Bringen Sie z. B. den Pass bzw. den Ausweis mit. Danke.")) == 2


def test_split_lines_and_phrases__empty__nothing():
    assert (split_lines(" \n"), split_phrases(" ,;\n")) == ([], [])
