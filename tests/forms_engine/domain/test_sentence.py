# ruff: noqa: E501, ISC004 (a table of sentences reads best one a line)
"""Rules as sentences: what an editor confirms and a citizen reads."""

from __future__ import annotations

import pytest

from forms_engine.domain import load_flow, sentence
from tests.forms_engine.domain.flows import document, group, node, step, text

NAMES = {
    "age": ("integer", "Alter", "Age"),
    "dog": ("yes_no", "Haben Sie einen Hund?", "Do you have a dog?"),
    "birth": ("date", "Geburtsdatum", "Date of birth"),
    "pay": ("money", "Einkommen", "Income"),
    "name": ("text", "Name", "Name"),
    "home": ("address", "Anschrift", "Address"),
}


def lab():
    nodes = [node(key, kind) | {"label": text(de, en=en)} for key, (kind, de, en) in NAMES.items()]
    breeds = [
        {"value": "001", "label": text("Dackel", en="Dachshund")},
        {"value": "002", "label": text("Mops", en="Pug")},
        {"value": "009", "label": text("Andere", en="Other")},
    ]
    nodes.append(node("breed", "choice", options=breeds) | {"label": text("Rasse", en="Breed")})
    nodes.append(node("help", "multi_choice", options=breeds) | {"label": text("Hilfen", en="Aids")})
    kids = group("kids", node("school", "yes_no", label="Schule"), node("cost", "money", label="Kosten"), repeat={})
    nodes.append(kids | {"label": text("Kinder", en="Children")})
    nodes.append(group("pair", node("a")) | {"label": text("Paar", en="Pair")})
    return load_flow(document(step("s", *nodes), locales=["de", "en"]))


FLOW = lab()
AGE, DOG, BIRTH, BREED = ({"var": f"s.{name}"} for name in ("age", "dog", "birth", "breed"))
ADULT = {">=": [AGE, 18]}


@pytest.mark.parametrize(
    ("rule", "de", "en"),
    [
        (ADULT, "Wenn „Alter“ mindestens 18 ist", "If “Age” is at least 18"),
        (
            {">": [{"period": [BIRTH, {"var": "today"}]}, "P1Y6M"]},
            "Wenn die Zeit von „Geburtsdatum“ bis heute mehr als 1 Jahr und 6 Monate beträgt",
            "If the time from “Date of birth” to today is more than 1 year and 6 months",
        ),
        (
            {"<": [{"add_duration": [BIRTH, "-P14D"]}, {"var": "today"}]},
            "Wenn „Geburtsdatum“ minus 14 Tage vor heute liegt",
            "If “Date of birth” minus 14 days is before today",
        ),
        (
            {"and": [ADULT, DOG]},
            "Wenn „Alter“ mindestens 18 ist und „Haben Sie einen Hund?“ mit „Ja“ beantwortet ist",
            "If “Age” is at least 18 and “Do you have a dog?” is answered “Yes”",
        ),
        (
            {"and": [ADULT, {"or": [DOG, {"==": [BREED, "001"]}]}]},
            "Wenn „Alter“ mindestens 18 ist und („Haben Sie einen Hund?“ mit „Ja“ beantwortet ist oder bei „Rasse“ "
            "„Dackel“ gewählt ist)",
            "If “Age” is at least 18 and (“Do you have a dog?” is answered “Yes” or “Dachshund” is chosen for “Breed”)",
        ),
        (
            {"not": {"and": [ADULT, DOG]}},
            "Wenn „Alter“ weniger als 18 ist oder „Haben Sie einen Hund?“ mit „Nein“ beantwortet ist",
            "If “Age” is less than 18 or “Do you have a dog?” is answered “No”",
        ),
        ({"==": [DOG, False]}, "Wenn „Haben Sie einen Hund?“ mit „Nein“ beantwortet ist", "If “Do you have a dog?” is answered “No”"),
        ({"<": [18, AGE]}, "Wenn „Alter“ mehr als 18 ist", "If “Age” is more than 18"),
        ({"<=": [6, AGE, 17]}, "Wenn „Alter“ zwischen 6 und 17 liegt", "If “Age” is between 6 and 17"),
        ({">": [{"var": "s.pay"}, "1000.50"]}, "Wenn „Einkommen“ mehr als 1.000,50 € ist", "If “Income” is more than €1,000.50"),
        ({"!=": [BREED, "001"]}, "Wenn bei „Rasse“ nicht „Dackel“ gewählt ist", "If “Dachshund” is not chosen for “Breed”"),
        (
            {"in": [BREED, ["001", "002", "009"]]},
            "Wenn bei „Rasse“ „Dackel“, „Mops“ oder „Andere“ gewählt ist",
            "If “Dachshund”, “Pug” or “Other” is chosen for “Breed”",
        ),
        (
            {"not": {"in": [BREED, ["001", "002"]]}},
            "Wenn bei „Rasse“ weder „Dackel“ noch „Mops“ gewählt ist",
            "If neither “Dachshund” nor “Pug” is chosen for “Breed”",
        ),
        ({"in": ["002", {"var": "s.help"}]}, "Wenn bei „Hilfen“ auch „Mops“ gewählt ist", "If “Pug” is among the answers to “Aids”"),
        (
            {">=": [{"age": [BIRTH]}, 18]},
            "Wenn das Alter laut „Geburtsdatum“ mindestens 18 Jahre beträgt",
            "If the age from “Date of birth” is at least 18 years",
        ),
        (
            {"<": [BIRTH, "1990-12-31"]},
            "Wenn „Geburtsdatum“ vor dem 31.12.1990 liegt",
            "If “Date of birth” is before 31 December 1990",
        ),
        ({"<=": [BIRTH, {"var": "today"}]}, "Wenn „Geburtsdatum“ nicht nach heute liegt", "If “Date of birth” is not after today"),
        (
            {"<=": [{"days_between": [{"var": "today"}, BIRTH]}, 1]},
            "Wenn die Zeit von heute bis „Geburtsdatum“ höchstens 1 Tag beträgt",
            "If the time from today to “Date of birth” is at most 1 day",
        ),
        ({"is_empty": AGE}, "Wenn „Alter“ nicht beantwortet ist", "If “Age” is not answered"),
        ({"not": {"is_empty": {"var": "s.pair"}}}, "Wenn in „Paar“ etwas angegeben ist", "If something is entered in “Pair”"),
        (
            {"some": [{"var": "s.kids"}, {"var": "row.school"}]},
            "Wenn in mindestens einem Eintrag von „Kinder“ „Schule“ mit „Ja“ beantwortet ist",
            "If in at least one entry of “Children” “Schule” is answered “Yes”",
        ),
        (
            {"not": {"all": [{"var": "s.kids"}, {"var": "row.school"}]}},
            "Wenn nicht in jedem Eintrag von „Kinder“ „Schule“ mit „Ja“ beantwortet ist",
            "If not in every entry of “Children” “Schule” is answered “Yes”",
        ),
        (
            {">=": [{"count": [{"var": "s.kids"}]}, 2]},
            "Wenn die Anzahl der Einträge bei „Kinder“ mindestens 2 ist",
            "If the number of entries in “Children” is at least 2",
        ),
        ({"==": [{"var": "s.home.place"}, "Jena"]}, "Wenn bei Ort von „Anschrift“ „Jena“ steht", "If Town of “Address” is “Jena”"),
        (
            {"xor": [DOG, ADULT]},
            "Wenn entweder „Haben Sie einen Hund?“ mit „Ja“ beantwortet ist oder „Alter“ mindestens 18 ist (nicht beides)",
            "If either “Do you have a dog?” is answered “Yes” or “Age” is at least 18 (not both)",
        ),
        (
            {"sum": [{"map": [{"var": "s.kids"}, {"*": [{"var": "row.cost"}, 12]}]}]},
            "die Summe von „Kosten“ mal 12 aller Einträge von „Kinder“",
            "the sum of “Kosten” times 12 of all entries of “Children”",
        ),
        (
            {"*": [{"-": [{"var": "s.pay"}, 100]}, "0.5"]},
            "(„Einkommen“ minus 100) mal 0,5",
            "(“Income” minus 100) times 0.5",
        ),
        (
            {"if": [ADULT, 10, DOG, 5, 0]},
            "10, wenn „Alter“ mindestens 18 ist; 5, wenn „Haben Sie einen Hund?“ mit „Ja“ beantwortet ist; sonst 0",
            "10 if “Age” is at least 18; 5 if “Do you have a dog?” is answered “Yes”; otherwise 0",
        ),
        ({"add_days": [BIRTH, -1]}, "„Geburtsdatum“ minus 1 Tag", "“Date of birth” minus 1 day"),
    ],
)  # fmt: skip
def test_rule__as_a_sentence__reads_well_in_german_and_english(rule, de, en):
    assert sentence(rule, FLOW, "de") == de
    assert sentence(rule, FLOW, "en") == en


def test_sentence__place_inside_rows__finds_the_question():
    assert (
        sentence({"var": "row.school"}, FLOW, "de", place="s.kids.school") == "Wenn „Schule“ mit „Ja“ beantwortet ist"
    )
    assert sentence({"var": "row.school"}, FLOW, "de") == "Wenn „Schule“ mit „Ja“ beantwortet ist"


@pytest.mark.parametrize("rule", [None, [], {}, {"x": 1, "y": 2}, {"var": []}, {"==": [1]}, {"some": []}, {"if": []}, "x", {"in": []}, {"xor": [1]}, {"is_valid_date": []}, {"min": []}, {"coalesce": [1]}, {"map": [{}]}, {"filter": []}, {"count": []}, {"not": []}])  # fmt: skip
def test_sentence__of_nonsense__is_still_a_text(rule):
    assert isinstance(sentence(rule, FLOW, "de"), str)


def test_sentence__of_a_bottomless_rule__is_an_ellipsis():
    rule = DOG
    for _ in range(5_000):
        rule = {"not": rule}
    assert sentence(rule, FLOW, "de") == "…"
