"""What front ends get: a step as inputs, the answers as text, the pre-check."""

from __future__ import annotations

import json

import pytest

from forms_engine.domain import (
    as_json,
    check_requirements,
    evaluate,
    known_paths,
    load_flow,
    question_views,
    step_view,
    summary_view,
    waiting_values,
)
from tests.forms_engine.domain.flows import TODAY, check, document, group, node, options, step, text

FLOW = load_flow(
    document(
        step(
            "person",
            node("birth", "date", label="Geburtsdatum", max="today", autocomplete="bday"),
            node("kids", "yes_no", label="Haben Sie Kinder?", help=text("Auch Pflegekinder")),
            group(
                "children",
                node("name", label="Vorname"),
                node("note", required=False, label="Notiz"),
                label="Kinder",
                repeat={"min": 1, "max": 4, "item_label": text("Kind", en="Child"), "add_label": text("Noch ein Kind")},
                visible={"var": "person.kids"},
            ),
            node("hint", "content", text=text("<p>Gut zu wissen.</p>")),
        ),
        step(
            "money",
            node("pay", "money", label="Einkommen", required=False),
            node("tax", "calculated", result="money", value={"*": [{"var": "money.pay"}, "0.5"]}, label="Steuer"),
            node("inner", "calculated", result="money", value={"var": "money.pay"}, show=False, label="Intern"),
            node("proof", "file", label="Nachweis", required={">": [{"var": "money.pay"}, 1000]}),
            node("adult", label="Beruf", visible={">=": [{"age": [{"var": "person.birth"}]}, 18]}),
            when={"not": {"is_empty": {"var": "person.birth"}}},
        ),
        requirements=[
            {
                "id": "adult",
                "title": text("Sie sind mindestens 18 Jahre alt."),
                "rule": {">=": [{"age": [{"var": "person.birth"}]}, 18]},
                "failed": text("Bitte kommen Sie mit Ihren Eltern."),
            }
        ],
        bring=[
            {"id": "pass", "text": text("Ausweis")},
            {"id": "papers", "text": text("Geburtsurkunden"), "when": {"var": "person.kids"}},
        ],
        declaration=text("Alles ist richtig."),
        locales=["de", "en"],
    )
)
ANSWERS = {
    "person.birth": "1990-12-31",
    "person.kids": True,
    "person.children": ["r1", "r2"],
    "person.children.r1.name": "Ada",
    "person.children.r2.name": "Bo",
    "money.pay": "1500.00",
    "money.adult": "Gärtnerin",
}


def by_path(view):
    return {item["path"]: item for item in view["nodes"]}


def test_step_view__of_a_page__has_what_an_input_needs():
    view = step_view(FLOW, check(FLOW, ANSWERS), "person", "de", ANSWERS)
    assert view["step"] == {
        "id": "person", "title": "Schritt person", "description": "", "lang": "de", "index": 0, "count": 2,
    }  # fmt: skip
    assert (view["previous"], view["next"]) == (None, "money")
    birth = by_path(view)["person.birth"]
    assert birth | {"purpose": None} == {
        "path": "person.birth", "type": "date", "label": "Geburtsdatum", "lang": "de", "help": "", "visible": True,
        "depends_on_step": False, "condition": None, "required": True, "optional_hint": None, "value": "1990-12-31",
        "text": "31.12.1990", "autocomplete": "bday", "purpose": None, "max": "2026-03-01",
    }  # fmt: skip
    assert "errors" not in birth
    json.dumps(view)


def test_step_view__hidden_by_this_page__is_there_with_its_condition():
    outcome = check(FLOW, {"person.kids": False})
    children = by_path(step_view(FLOW, outcome, "person", "de"))["person.children"]
    assert children["visible"] is False
    assert children["depends_on_step"] is True
    assert children["condition"] == "Wenn „Haben Sie Kinder?“ mit „Ja“ beantwortet ist"


def test_step_view__hidden_by_another_page__is_absent():
    outcome = check(FLOW, ANSWERS | {"person.birth": "2020-01-01"})
    assert "money.adult" not in by_path(step_view(FLOW, outcome, "money", "de"))
    assert "money.adult" in by_path(step_view(FLOW, check(FLOW, ANSWERS), "money", "de"))


def test_step_view__rows__carry_paths_labels_and_limits():
    children = by_path(step_view(FLOW, check(FLOW, ANSWERS), "person", "de", ANSWERS))["person.children"]
    assert (children["min"], children["max"], children["add_label"]) == (1, 4, "Noch ein Kind")
    assert [(row["id"], row["label"]) for row in children["rows"]] == [("r1", "Kind 1"), ("r2", "Kind 2")]
    name, note = children["rows"][1]["nodes"]
    assert (name["path"], name["value"], name["required"]) == ("person.children.r2.name", "Bo", True)
    assert (note["required"], note["optional_hint"]) == (False, "freiwillig")


def test_step_view__row_needed_at_least__is_shown_before_it_is_stored():
    outcome = check(FLOW, {"person.kids": True})
    children = by_path(step_view(FLOW, outcome, "person", "de"))["person.children"]
    assert [row["id"] for row in children["rows"]] == ["r1"]


def test_step_view__with_errors__puts_them_beside_the_input_and_keeps_the_typing():
    answers = {"person.birth": "31.2.1990"}
    outcome = check(FLOW, answers)
    birth = by_path(step_view(FLOW, outcome, "person", "de", answers, outcome.errors))["person.birth"]
    assert birth["value"] == "31.2.1990"
    assert [error["code"] for error in birth["errors"]] == ["date_impossible"]
    assert birth["errors"][0]["message"].startswith("„Geburtsdatum“: Diesen Tag gibt es nicht")


def test_step_view__english_where_german_only__says_the_language():
    view = step_view(FLOW, check(FLOW, ANSWERS), "person", "en", ANSWERS)
    assert by_path(view)["person.birth"]["lang"] == "de"
    assert by_path(view)["person.birth"]["text"] == "31 December 1990"
    assert by_path(view)["person.children"]["rows"][0]["label"] == "Child 1"


def test_step_view__calculated__shows_its_value_unless_it_is_internal():
    nodes = by_path(step_view(FLOW, check(FLOW, ANSWERS), "money", "de", ANSWERS))
    assert (nodes["money.tax"]["value"], nodes["money.tax"]["text"]) == ("750.00", "750,00 €")
    assert "money.inner" not in nodes


def test_step_view__calculated_without_a_value_yet__is_there_with_null():
    outcome = check(FLOW, ANSWERS | {"money.pay": None})
    tax = by_path(step_view(FLOW, outcome, "money", "de"))["money.tax"]
    assert (tax["visible"], tax["value"], tax["text"]) == (True, None, "")
    assert "money.inner" not in by_path(step_view(FLOW, outcome, "money", "de"))
    assert waiting_values(FLOW, outcome) == ["money.tax"]
    assert waiting_values(FLOW, check(FLOW, ANSWERS)) == []


def test_waiting_values__hidden_on_this_page__are_not_waited_for():
    fee = node("fee", "calculated", result="integer", value={"var": "s.n"}, visible={"var": "s.yes"})
    flow = load_flow(document(step("s", node("yes", "yes_no"), node("n", "integer"), fee)))
    hidden = check(flow, {"s.yes": False})
    view = by_path(step_view(flow, hidden, "s", "de"))["s.fee"]
    assert (view["visible"], view["depends_on_step"], view["value"]) == (False, True, None)
    assert waiting_values(flow, hidden) == []
    assert waiting_values(flow, check(flow, {"s.yes": True})) == ["s.fee"]


def test_step_view__required_by_a_rule__follows_the_answers():
    nodes = by_path(step_view(FLOW, check(FLOW, ANSWERS), "money", "de", ANSWERS))
    assert nodes["money.proof"]["required"] is True
    low = check(FLOW, ANSWERS | {"money.pay": "10"})
    assert by_path(step_view(FLOW, low, "money", "de"))["money.proof"]["required"] is False


def test_step_view__options_with_a_rule__are_those_offered():
    limited = [*options("a"), {"value": "b", "label": text("B"), "visible": {"==": [{"var": "row.n"}, 2]}}]
    rows = group("g", node("n", "integer"), node("p", "choice", options=limited), repeat={})
    flow = load_flow(document(step("s", rows)))
    outcome = check(flow, {"s": {"g": [{"n": 1}, {"n": 2}]}})
    view = by_path(step_view(flow, outcome, "s", "de"))["s.g"]
    assert [[one["value"] for one in row["nodes"][1]["options"]] for row in view["rows"]] == [["a"], ["a", "b"]]


def test_step_view__unknown_step__raises():
    with pytest.raises(LookupError):
        step_view(FLOW, check(FLOW, {}), "nowhere", "de")


def test_summary_view__complete__has_labels_and_texts_and_nothing_hidden():
    summary = summary_view(FLOW, check(FLOW, ANSWERS | {"person.children": ["r2"]}), "de")
    assert summary["declaration"] == "Alles ist richtig."
    person, money = summary["sections"]
    assert [item["path"] for item in person["items"]] == ["person.birth", "person.kids", "person.children"]
    assert [(item["label"], item["text"]) for item in person["items"][:2]] == [
        ("Geburtsdatum", "31.12.1990"),
        ("Haben Sie Kinder?", "Ja"),
    ]
    [row] = person["items"][2]["rows"]
    assert (row["label"], row["items"][0]["text"]) == ("Kind 1", "Bo")
    assert [item["path"] for item in money["items"]] == ["money.pay", "money.tax", "money.proof", "money.adult"]
    json.dumps(summary)


def summary_items(flow, answers):
    outcome = check(flow, answers)
    sections = summary_view(flow, outcome, "de", answers, outcome.errors)["sections"]
    return {item["path"]: item for section in sections for item in section["items"]}


@pytest.mark.parametrize(
    ("question", "raw", "text", "code"),
    [
        (node("x", "date"), {"day": "31", "month": "2", "year": "1990"}, "31.2.1990", "date_impossible"),
        (node("x", "date"), "irgendwann", "irgendwann", "date_invalid"),
        (node("x", "date", max="today"), "2099-01-31", "31.01.2099", "date_too_late"),
        (node("x", "integer", max=3), 7, "7", "number_too_large"),
        (node("x", "integer"), "viele", "viele", "number_invalid"),
        (node("x", "money"), "12,345", "12,345", "number_places"),
        (node("x", "email"), "ada@", "ada@", "email_invalid"),
        (node("x", "iban"), "DE00", "DE00", "iban_invalid"),
        (node("x", "choice", options=options("a")), "z", "z", "choice_invalid"),
        (node("x", "multi_choice", options=options("a")), ["a", "z"], "a, z", "choice_invalid"),
        (
            node("x", "address"),
            {"place": "Jena", "street": "Markt", "house_number": "1", "postcode": "774"},
            "Markt 1, 774 Jena",
            "address_postcode",
        ),
    ],
)
def test_summary_view__wrong_answer__stands_there_as_typed_with_what_is_wrong(question, raw, text, code):
    item = summary_items(load_flow(document(step("s", question))), {"s.x": raw})["s.x"]
    assert item["text"] == text
    assert [error["code"] for error in item["errors"]] == [code]
    assert item["errors"][0]["message"]


def test_summary_view__missing_answer_and_right_one__say_so():
    items = summary_items(FLOW, {"person.kids": False})
    assert [error["code"] for error in items["person.birth"]["errors"]] == ["required"]
    assert items["person.birth"]["text"] == ""
    assert items["person.kids"]["errors"] == []


def test_summary_view__rule_of_a_row__is_said_at_the_row():
    rule = {"rule": {"all": [{"var": "s.g"}, {">": [{"var": "row.n"}, 0]}]}, "message": text("Mindestens 1.")}
    flow = load_flow(document(step("s", group("g", node("n", "integer"), repeat={}, valid=[rule]))))
    group_item = summary_items(flow, {"s": {"g": [{"n": 1}, {"n": 0}]}})["s.g"]
    said = [group_item["errors"], *(row["errors"] for row in group_item["rows"])]
    assert sum(len(errors) for errors in said) == 1


def test_summary_view__too_many_files__still_names_them():
    item = summary_items(load_flow(document(step("s", node("x", "file", max=1)))), {"s.x": ["f1", "f2"]})["s.x"]
    assert item["files"] == ["f1", "f2"]
    assert item["errors"]


def test_summary_view__of_what_was_handed_in__has_no_errors():
    items = [
        item for section in summary_view(FLOW, check(FLOW, ANSWERS), "de")["sections"] for item in section["items"]
    ]
    assert all("errors" not in item for item in items)


def test_summary_view__nothing_reachable__has_only_what_was_asked():
    summary = summary_view(FLOW, check(FLOW, {"person.kids": False, "money.pay": "5"}), "de")
    assert [section["step"] for section in summary["sections"]] == ["person"]
    assert [item["path"] for item in summary["sections"][0]["items"]] == ["person.birth", "person.kids"]


def test_known_paths__unknown_hidden_and_phantom__are_never_kept():
    answers = {
        "person.birth": "1990-01-01", "person.nope": "x", "money.pay": "1", "person.children.r9.name": "y",
        "person.children.r1.name": "z", "person.hint": "w", "money.tax": "99", "today": "x", "__proto__": 1,
    }  # fmt: skip
    found = known_paths(FLOW, answers, check(FLOW, answers))
    assert found.kept == {"person.birth": "1990-01-01", "money.pay": "1"}
    assert set(found.ignored) == set(answers) - set(found.kept)


def precheck(answers):
    return check_requirements(FLOW, answers, today=TODAY, locale="de")


def test_check_requirements__nothing_known__asks_what_the_rules_read():
    result = precheck({})
    assert result.questions == ["person.birth", "person.kids"]
    assert (result.eligible, [one["state"] for one in result.results]) == (None, ["open"])
    assert result.needed == [{"kind": "bring", "text": "Ausweis"}]


def test_check_requirements__met_and_failed__say_how_to_go_on():
    assert precheck({"person.birth": "1990-01-01"}).eligible is True
    failed = precheck({"person.birth": "2020-01-01", "person.kids": True})
    assert failed.eligible is False
    assert failed.results[0]["text"] == "Bitte kommen Sie mit Ihren Eltern."
    assert {"kind": "bring", "text": "Geburtsurkunden"} in failed.needed


def test_check_requirements__file_the_form_will_ask_for__is_needed():
    result = precheck({"person.birth": "1990-01-01", "money.pay": "5000"})
    assert {"kind": "file", "text": "Nachweis"} in result.needed


def test_question_views__of_the_pre_check__are_inputs():
    result = precheck({})
    views = question_views(FLOW, result.evaluation, result.questions, "de", {})
    assert [(view["path"], view["type"]) for view in views] == [("person.birth", "date"), ("person.kids", "yes_no")]


def test_as_json__of_an_evaluation__can_be_delivered():
    json.dumps(as_json(FLOW, check(FLOW, ANSWERS).values))


def test_step_view__hidden_group_that_may_come_up__already_holds_the_rows_it_needs():
    flow = load_flow(
        {
            "format": "flow/1",
            "key": "x",
            "kind": "application",
            "locales": ["de"],
            "default_locale": "de",
            "title": {"de": "X"},
            "steps": [
                {
                    "id": "s",
                    "title": {"de": "S"},
                    "nodes": [
                        {"id": "ask", "type": "yes_no", "label": {"de": "Telefon angeben?"}},
                        {
                            "id": "phones",
                            "type": "group",
                            "label": {"de": "Telefon"},
                            "visible": {"==": [{"var": "s.ask"}, True]},
                            "repeat": {"min": 1, "max": 3},
                            "nodes": [{"id": "number", "type": "phone", "label": {"de": "Nummer"}}],
                        },
                    ],
                }
            ],
        }
    )
    view = step_view(flow, evaluate(flow, {}, today=TODAY), "s", "de", {})
    group = view["nodes"][1]
    assert group["visible"] is False
    assert [row["id"] for row in group["rows"]] == ["r1"]
    assert group["rows"][0]["nodes"][0]["path"] == "s.phones.r1.number"
