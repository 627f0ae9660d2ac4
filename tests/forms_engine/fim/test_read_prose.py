"""Prose rules: the sentences that leave no doubt, and those that stay prose."""

from __future__ import annotations

import time

import pytest

from forms_engine.fim.prose import (
    FORBID,
    REQUIRE,
    AtLeastOne,
    Condition,
    Conditional,
    Either,
    Meaning,
    Prefilled,
    read_prose,
)

F1, F2, F3, G1, G2 = "F00000000001", "F00000000002", "F00000000003", "G00000000001", "G00000000002"
IS_1, IS_NOT_1 = Condition(F1, ("001",)), Condition(F1, ("001",), negated=True)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ((f'Wenn das Feld {F1} "Ort" = 001 "hier", dann muss die Feldgruppe {G1} "Adresse" befüllt sein. Wenn das Feld '
          f'{F1} "Ort" <> 001 "hier", dann darf die Feldgruppe {G1} "Adresse" nicht befüllt sein.'),
         [Conditional(IS_1, REQUIRE, G1), Conditional(IS_NOT_1, FORBID, G1)]),
        (f'Wenn in Feld {F1} "Ort" Auswahl=001, dann muss {F2} "Nachweis" befüllt werden',
         [Conditional(IS_1, REQUIRE, F2)]),
        (f"WENN {F1} Ort (genau) = FALSCH, DANN zeige als Pflicht {F2} Hinweis an, SONST zeige {F2} Hinweis nicht an.",
         [Conditional(Condition(F1, ("FALSCH",)), REQUIRE, F2),
          Conditional(Condition(F1, ("FALSCH",), negated=True), FORBID, F2)]),
        (f'Wenn das Datenfeld {F1} "A" <> "wahr", dann muss das Datenfeld {F2} "B" befüllt werden.',
         [Conditional(Condition(F1, ("wahr",), negated=True), REQUIRE, F2)]),
        (f'Wenn {F1} "A" = 002 "x" ODER = 003 "y", dann muss {F2} befüllt sein.',
         [Conditional(Condition(F1, ("002", "003")), REQUIRE, F2)]),
        ((f'WENN {F1} "A" = 001 "x", DANN muss Feldgruppe {G1} "B" als Pflichtfeldgruppe angezeigt UND Feldgruppe {G2} '
          f'"C" ausgeblendet werden.'), [Conditional(IS_1, REQUIRE, G1), Conditional(IS_1, FORBID, G2)]),
        (f'Wenn {F1} = 001, dann muss Datenfeld {F2} "B" und Gruppe {G1} "C" befüllt werden.',
         [Conditional(IS_1, REQUIRE, F2), Conditional(IS_1, REQUIRE, G1)]),
        (f'Das Feld {F1} "Art" muss mit 04 = Betriebsstätte (unspezifisch) vorbefüllt und ausgeblendet werden.',
         [Prefilled(F1, "04")]),
        (f'Das Feld {F1} "Art" ist mit 001= Natürliche Person vorzubefüllen und auszublenden.', [Prefilled(F1, "001")]),
        (f'Es muss entweder Feldgruppe {G1} "A" oder Feldgruppe {G2} "B" befüllt werden.', [Either((G1, G2))]),
        (f'Es muss mindestens eines der Felder {F1} "A", {F2} "B" oder {F3} "C" befüllt sein.',
         [AtLeastOne((F1, F2, F3))]),
    ],
)  # fmt: skip
def test_sentence__of_a_known_pattern__is_read(text: str, meaning: list[Meaning]) -> None:
    assert list(read_prose(text)) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bitte mit dem Fachamt klären.",
        f"Wenn {F1} > 1970, dann muss {F2} befüllt werden.",
        f"Das Feld {F2} muss in Thüringen befüllt werden.",
        f"Wenn {F1} = 001, dann muss {F2} befüllt werden, wobei nur der Code G ausgewählt werden darf.",
        f"Wenn {F1} = 001 und {F3} = 002, dann muss {F2} befüllt werden.",
        f"Wenn {F1} = 001, dann kann {F2} befüllt werden.",
        f"Wenn {F1} = 001, dann gilt das Gesetz.",
        f"Wenn {F1} = 001, dann muss {F2} befüllt werden. Außerdem ist {F3} zu prüfen.",
        f"{F1} muss nach {F2} liegen.",
    ],
)
def test_sentence__with_any_doubt__is_left_as_prose(text: str) -> None:
    assert read_prose(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Wenn " * 1200,
        '"' * 5999,
        f"Wenn {F1} = " + "001 ODER " * 600,
        f"Es muss entweder {F1} " + f"oder {F2} " * 300,
        "Wenn " + f"{F1} " * 400,
        "x" * 10_000_000,
    ],
)
def test_sentence__made_to_take_long__is_given_up_quickly(text: str) -> None:
    started = time.process_time()
    assert read_prose(text) == ()
    assert time.process_time() - started < 1
