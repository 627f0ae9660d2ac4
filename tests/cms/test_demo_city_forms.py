"""The demo city's application forms are flawless, say why they ask, and can be filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from forms_engine.api import check_document, check_requirements, evaluate, load_flow
from tests.cms.demo_city import FORMS, keys_of, nodes_of, read_answers, read_form

TODAY = date(2026, 11, 23)


def paths_in(rule: Any) -> Iterator[str]:
    """The paths a rule reads, as written."""
    if isinstance(rule, dict):
        for name, inner in rule.items():
            if name == "var":
                yield inner
            else:
                yield from paths_in(inner)
    elif isinstance(rule, list):
        for inner in rule:
            yield from paths_in(inner)


def parts_of(node: dict[str, Any]) -> list[str]:
    """What a rule can read of an answer beside the whole: lines of a matrix, ends of a period."""
    lines = [line["value"] for line in node.get("questions", ())]
    return lines or (["from", "to"] if node["type"] == "date_range" else [])


def test_forms__together__show_what_the_engine_can_do() -> None:
    types = {key: [node["type"] for _, node in nodes_of(read_form(key))] for key in FORMS}
    assert sum("file" in found for found in types.values()) >= 4
    assert sum("calculated" in found for found in types.values()) >= 3
    assert sum("group" in found for found in types.values()) >= 3
    assert sum("de-simple" in read_form(key)["locales"] for key in FORMS) >= 3
    assert set().union(*types.values()) >= {
        "text",
        "long_text",
        "integer",
        "decimal",
        "money",
        "date",
        "yes_no",
        "choice",
    }
    assert set().union(*types.values()) >= {"multi_choice", "email", "phone", "iban", "address", "content"}
    assert set().union(*types.values()) >= {"matrix", "date_range", "signature", "ranking", "scale", "vehicle_plate"}


@pytest.mark.parametrize("key", FORMS)
def test_form__checked__has_no_error_and_no_warning(key: str) -> None:
    assert [str(finding) for finding in check_document(read_form(key))] == []


@pytest.mark.parametrize("key", FORMS)
def test_form__its_rules__read_only_questions_that_exist(key: str) -> None:
    form = read_form(key)
    known = {path for path, _ in nodes_of(form)} | {"today", "municipality"}
    known |= {f"{path}.{part}" for path, node in nodes_of(form) for part in parts_of(node)}
    rows = {path.rpartition(".")[2] for path, _ in nodes_of(form)}
    read = set(paths_in(form))
    assert {path for path in read if not path.startswith("row.")} <= known
    assert {path.removeprefix("row.") for path in read if path.startswith("row.")} <= rows


@pytest.mark.parametrize("key", FORMS)
def test_form__its_steps__have_one_theme_and_one_to_six_questions(key: str) -> None:
    """A group counts as one, calculated values and texts do not count."""
    for step in read_form(key)["steps"]:
        questions = [node for node in step["nodes"] if node["type"] not in {"content", "calculated"}]
        assert 1 <= len(questions) <= 8, step["id"]
        always = [node for node in questions if "visible" not in node]
        assert len(always) <= 6, step["id"]


@pytest.mark.parametrize("key", FORMS)
def test_form__read__says_why_it_asks_and_how_to_go_on(key: str) -> None:
    form = read_form(key)
    assert form["key"] == key
    assert form["unit"] in keys_of("units.yaml")
    assert 2 <= len(form["requirements"]) <= 5
    assert all(len(found["failed"]["de"]) > 60 for found in form["requirements"])
    assert form["bring"]
    assert form["declaration"]["de"]
    assert form["purpose"]["de"]
    assert form["legal_basis"]
    assert form["retention"]["submission_months"] >= 12
    questions = [node for _, node in nodes_of(form) if node["type"] not in {"content", "group"}]
    assert all(node["data_category"] in {"none", "personal", "special"} for node in questions)


@pytest.mark.parametrize("key", FORMS)
def test_form__every_text__is_in_every_language_of_the_form(key: str) -> None:
    form = read_form(key)

    def incomplete(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, dict) and "de" in value:
            if set(value) != set(form["locales"]):
                yield path
        elif isinstance(value, dict | list):
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            for name, inner in pairs:
                yield from incomplete(inner, f"{path}/{name}")

    assert list(incomplete(form, key)) == []


@pytest.mark.parametrize("key", FORMS)
def test_example__evaluated__is_complete_and_eligible(key: str) -> None:
    flow = load_flow(read_form(key))
    answers = read_answers(key)
    found = evaluate(flow, answers, today=TODAY)
    assert [(problem.path, problem.code) for problem in found.errors] == []
    assert found.complete
    assert set(answers) <= set(found.values), "an answer of the example does not count"
    assert check_requirements(flow, answers, today=TODAY, municipality=None, locale="de").eligible is True


@pytest.mark.parametrize("key", FORMS)
def test_example__left_out__every_first_step_asks_again(key: str) -> None:
    found = evaluate(load_flow(read_form(key)), {}, today=TODAY)
    assert not found.complete
    assert found.next_step == read_form(key)["steps"][0]["id"]


CALCULATED = [
    ("hundesteuer-anmelden", {}, "payment.yearly_tax", "72"),
    ("hundesteuer-anmelden", {"household.other_dogs": False, "relief.reason": "none"}, "payment.yearly_tax", "108"),
    ("hundesteuer-anmelden", {"relief.reason": "assistance"}, "payment.yearly_tax", "0"),
    ("hundesteuer-anmelden", {"dog.breed": "903"}, "payment.yearly_tax", "600"),
    ("hundesteuer-anmelden", {"safety.declared_dangerous": True}, "payment.yearly_tax", "600"),
    ("bewohnerparkausweis", {}, "permit.fee", "110"),
    ("bewohnerparkausweis", {"permit.reason": "change"}, "permit.fee", "10"),
    ("halteverbotszone", {}, "fee.total", "55"),
    ("halteverbotszone", {"place.side": "same", "dates.last_day": "2026-12-18"}, "fee.total", "32.50"),
    ("meldebescheinigung", {}, "certificate.fee", "24"),
    ("meldebescheinigung", {"certificate.purpose": "social"}, "certificate.fee", "0"),
    ("sperrmuell-abholen", {}, "date.fee", "35"),
    ("sperrmuell-abholen", {"start.first_this_year": True, "date.express": True}, "date.fee", "40"),
    ("sperrmuell-abholen", {}, "items.volume", "2.9"),
    ("baumfaellung", {}, "trees.fee", "30"),
    ("baumfaellung", {"trees.list.r1.reason": "other"}, "trees.fee", "60"),
    ("baumfaellung", {"trees.list.r2.girth": 40}, "trees.fee", "0"),
    ("gewerbe-anmelden", {"start.legal_form": "single"}, "documents.fee", "26"),
    ("kita-beitragsermaessigung", {}, "income.estimate", "90.60"),
    ("kita-beitragsermaessigung", {"income.rent": "2400.00"}, "income.estimate", "0"),
    ("wohngeld", {}, "situation.total_income", "2480.40"),
    ("ferienfreizeit-anmelden", {}, "trip.cost", "144"),
    ("wohngeld", {"start.people": 1}, "situation.total_income", "1500.00"),
]


@pytest.mark.parametrize(("key", "changes", "path", "expected"), CALCULATED)
def test_calculated_value__answers_changed__follows(
    key: str, changes: dict[str, Any], path: str, expected: str
) -> None:
    found = evaluate(load_flow(read_form(key)), {**read_answers(key), **changes}, today=TODAY)
    assert found.values[path] == Decimal(expected)


REFUSED = [
    ("hundesteuer-anmelden", {"start.kept_in_jena": False}, "kept_in_jena"),
    ("hundesteuer-anmelden", {"holder.birth_date": "2012-01-01"}, "adult"),
    ("bewohnerparkausweis", {"residence.zone": "none"}, "zone"),
    ("bewohnerparkausweis", {"vehicle.own_space": True}, "no_space"),
    ("kita-vormerkung", {"start.moving": False}, "residence"),
    ("kita-beitragsermaessigung", {"start.net_income": "3300.01"}, "income"),
    ("wohngeld", {"start.gets_benefit": True}, "no_benefit"),
    ("wohngeld", {"start.total_income": "2730.01"}, "income"),
    ("meldebescheinigung", {"start.for_whom": "other"}, "own"),
    ("sperrmuell-abholen", {"start.rubble": True}, "no_rubble"),
    ("halteverbotszone", {"dates.first_day": "2026-12-02", "dates.last_day": "2026-12-02"}, "early"),
    ("halteverbotszone", {"dates.last_day": "2026-12-25"}, "short"),
    ("baumfaellung", {"start.large": False}, "protected"),
    ("gewerbe-anmelden", {"start.freelance": True}, "trade"),
    ("ferienfreizeit-anmelden", {"start.birth_date": "2022-01-01"}, "age"),
    ("ferienfreizeit-anmelden", {"start.custody": False}, "custody"),
]


@pytest.mark.parametrize(("key", "changes", "failed"), REFUSED)
def test_requirement__not_met__fails_alone(key: str, changes: dict[str, Any], failed: str) -> None:
    result = check_requirements(
        load_flow(read_form(key)), {**read_answers(key), **changes}, today=TODAY, municipality=None, locale="de"
    )
    assert result.eligible is False
    assert [found["id"] for found in result.results if found["state"] == "failed"] == [failed]
