"""Several questions with the same answers: what is stored, what must be answered, what rules and people see."""

from __future__ import annotations

import jsonschema
import pytest

from forms_engine.domain import check_document, load_flow, parse_input, step_view, summary_view
from forms_engine.domain.differences import list_differences
from forms_engine.domain.paper import paper_view
from forms_engine.domain.texts import list_texts, put_text
from forms_engine.domain.wording import sentence
from tests.forms_engine.domain.flows import check, codes, flow_of, node, one_step, options, text

LINES = [
    {"value": "swim", "label": text("Schwimmen", en="Swimming")},
    {"value": "bike", "label": text("Rad fahren"), "required": False},
]


BOTH = {"locales": ["de", "en"]}


def matrix(**settings):
    made = {"label": "Was kann Ihr Kind?", "questions": LINES, "options": options("yes", "no", "help")}
    return node("care", "matrix", **made | settings)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ({"bike": "no", "swim": " yes "}, {"swim": "yes", "bike": "no"}),
        ({"swim": "yes", "bike": ""}, {"swim": "yes"}),
        ("Schwimmen: Yes\nRad fahren: help", {"swim": "yes", "bike": "help"}),
        ("Swimming: no", {"swim": "no"}),
        ({"swim": "", "bike": ""}, None),
    ],
)
def test_matrix__as_it_is_posted_or_written__is_stored_line_by_line(raw, stored):
    assert parse_input(flow_of(matrix(), **BOTH), {"s.care": raw}) == {"s.care": stored}


def test_matrix__parts_sent_one_by_one__are_put_together():
    flow = flow_of(matrix(several=True))
    assert parse_input(flow, {"s.care.swim": ["no", "yes"], "s.care.bike": []}) == {"s.care": {"swim": ["yes", "no"]}}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, "required"),
        ({"bike": "yes"}, "matrix_incomplete"),
        ({"swim": "perhaps"}, "choice_invalid"),
        ({"swim": ["yes"]}, "choice_invalid"),
        ({"fly": "yes"}, "matrix_invalid"),
        (["yes"], "matrix_invalid"),
        ("swim", "matrix_invalid"),
    ],
)
def test_matrix__wrong_or_not_complete__is_told(answer, expected):
    flow = flow_of(matrix())
    assert codes(check(flow, {} if answer is None else {"s.care": answer})) == [("s.care", expected)]


def test_matrix__a_needed_line_is_open__is_named_and_pointed_at():
    flow = flow_of(matrix())
    answers = {"s.care": {"bike": "yes"}}
    evaluation = check(flow, answers)
    [error] = evaluation.errors
    assert error.message("de") == "„Was kann Ihr Kind?“: Bitte beantworten Sie noch „Schwimmen“."
    [view] = step_view(flow, evaluation, "s", "de", answers, evaluation.errors)["nodes"]
    assert view["errors"][0]["part"] == "swim"
    assert view["value"] == {"bike": "yes"}


def test_matrix__optional_and_untouched__is_fine():
    assert codes(check(flow_of(matrix(required=False)), {})) == []


def test_matrix__in_a_rule__each_line_is_an_answer_of_its_own():
    ask = node("why", visible={"==": [{"var": "s.care.swim"}, "no"]}, required=False)
    many = node("who", visible={"in": ["help", {"var": "s.more.bike"}]}, required=False)
    flow = flow_of(matrix(), {**matrix(several=True), "id": "more"}, ask, many)
    shown = check(flow, {"s.care": {"swim": "no"}, "s.more": {"swim": ["yes"], "bike": ["no", "help"]}}).visible
    assert {"s.why", "s.who"} <= set(shown)
    assert not {"s.why", "s.who"} & set(check(flow, {"s.care": {"swim": "yes"}}).visible)
    assert sentence(ask["visible"], flow, "de") == "Wenn bei „Schwimmen“ von „Was kann Ihr Kind?“ „No“ gewählt ist"


def test_matrix__rule_with_an_answer_there_is_not__is_found_at_saving():
    wrong = node("why", visible={"==": [{"var": "s.care.swim"}, "never"]})
    assert "literal_not_in_list" in {found.code for found in check_document(one_step(matrix(), wrong))}


def test_matrix__option_with_a_condition__cannot_be_chosen_while_it_is_false():
    listed = [*options("yes"), {**options("no")[0], "visible": {"==": [{"var": "s.may"}, True]}}]
    flow = flow_of(node("may", "yes_no"), matrix(options=listed))
    assert codes(check(flow, {"s.may": False, "s.care": {"swim": "no"}})) == [("s.care", "option_not_available")]
    assert codes(check(flow, {"s.may": True, "s.care": {"swim": "no"}})) == []


def test_matrix__stored__fits_its_json_schema_and_is_shown_line_by_line():
    flow = flow_of(matrix(), **BOTH)
    found = flow.find_node("s.care")
    jsonschema.validate({"swim": "yes"}, found.field.json_schema(found.settings))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"bike": "yes"}, found.field.json_schema(found.settings))
    [item] = summary_view(flow, check(flow, {"s.care": {"swim": "yes", "bike": "no"}}), "en")["sections"][0]["items"]
    assert item["text"] == "Swimming: Yes\nRad fahren: No"
    assert parse_input(flow, {"s.care": item["text"]}) == {"s.care": {"swim": "yes", "bike": "no"}}


def test_matrix__on_paper__is_one_line_of_boxes_a_question():
    head, swim, bike = paper_view(flow_of(matrix()), "de")[0].items
    assert (head.kind, head.notes) == ("text", ["Bitte in jeder Zeile eine Antwort ankreuzen."])
    assert (swim.label, swim.ticks) == ("Schwimmen", ["Yes", "No", "Help"])
    assert bike.notes == ["freiwillig"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], "questions_missing"),
        ([{"value": "Schwimmen", "label": text("x")}], "option_invalid"),
        ([LINES[0], LINES[0]], "option_duplicate"),
        ([{"value": "swim"}], "text_missing"),
        ([{**LINES[0], "required": "ja"}], "wrong_type"),
    ],
)
def test_matrix__with_wrong_lines__is_not_published(lines, expected):
    assert expected in {found.code for found in check_document(one_step(matrix(questions=lines))) if found.is_error}


def test_matrix__its_lines__are_translated_like_any_text():
    document = one_step(matrix(), **BOTH)
    [missing] = [one for one in list_texts(document, "en") if one.name == "question.bike"]
    assert (missing.source, missing.text) == ("Rad fahren", "")
    put_text(document, "s.care", "question.bike", "en", "Cycling")
    assert load_flow(document).find_node("s.care").settings["questions"][1].label["en"] == "Cycling"


def test_matrix__lines_changed__is_said_in_the_differences():
    old = one_step(matrix())
    new = one_step(matrix(questions=[{**LINES[1], "required": True}, {"value": "run", "label": text("Laufen")}]))
    said = " ".join(str(found) for found in list_differences(old, new))
    assert "Die Zeile „Laufen“ ist neu" in said
    assert "Die Zeile „Schwimmen“" in said
    assert "ist jetzt Pflicht" in said
