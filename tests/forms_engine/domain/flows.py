"""Small flows for tests: build a document from as little as a test has to say."""

from __future__ import annotations

from datetime import date
from typing import Any

from forms_engine.domain import Evaluation, Flow, evaluate, load_flow
from forms_engine.domain.logic import Frame, compile_rule
from forms_engine.domain.logic.types import ANY
from forms_engine.domain.scope import FlowScope

TODAY = date(2026, 3, 1)
Json = dict[str, Any]


def text(de: str, **others: str) -> Json:
    return {"de": de, **others}


def node(node_id: str, kind: str = "text", label: str = "", **settings: Any) -> Json:
    return {"id": node_id, "type": kind, "label": text(label or node_id.title()), **settings}


def options(*values: str) -> list[Json]:
    return [{"value": value, "label": text(value.title())} for value in values]


def group(node_id: str, *nodes: Json, repeat: Json | None = None, **settings: Any) -> Json:
    return node(node_id, "group", nodes=list(nodes), **({"repeat": repeat} if repeat is not None else {}), **settings)


def step(step_id: str, *nodes: Json, **settings: Any) -> Json:
    return {"id": step_id, "title": text(f"Schritt {step_id}"), "nodes": list(nodes), **settings}


def document(*steps: Json, **settings: Any) -> Json:
    return {
        "format": "flow/1",
        "key": "probe",
        "kind": "application",
        "locales": ["de"],
        "default_locale": "de",
        "title": text("Probe"),
        "purpose": text("Prüfung"),
        "legal_basis": [{"title": "§ 1 Probesatzung"}],
        "steps": list(steps),
        **settings,
    }


def one_step(*nodes: Json, **settings: Any) -> Json:
    return document(step("s", *nodes), **settings)


def flow_of(*nodes: Json, **settings: Any) -> Flow:
    return load_flow(one_step(*nodes, **settings))


def check(flow: Flow, answers: Any, today: date = TODAY, **context: Any) -> Evaluation:
    return evaluate(flow, answers, today=today, **context)


def codes(evaluation: Evaluation) -> list[tuple[str, str]]:
    return [(error.path, error.code) for error in evaluation.errors]


LAB = flow_of(
    node("yes", "yes_no", required=False),
    node("no", "yes_no", required=False),
    node("open", "yes_no", required=False),
    node("name", required=False),
    node("whole", "integer", required=False),
    node("part", "decimal", required=False),
    node("price", "money", required=False),
    node("day", "date", required=False),
    node("birth", "date", required=False),
    node("pick", "choice", options=options("a", "b", "c"), required=False),
    node("many", "multi_choice", options=options("a", "b", "c"), required=False),
    node("home", "address", required=False),
    node("papers", "file", max=3, required=False),
    node("note", "content", text=text("<p>Hinweis</p>")),
    group("pair", node("left", required=False), node("right", required=False)),
    group(
        "kids",
        node("name", required=False),
        node("income", "money", required=False),
        node("school", "yes_no", required=False),
        group("pets", node("age", "integer", required=False), repeat={}),
        repeat={},
    ),
)
FULL: Json = {
    "s": {
        "yes": True,
        "no": False,
        "name": "Zoë",
        "whole": 5,
        "part": "2.50",
        "price": "12.50",
        "day": "2026-02-28",
        "birth": "2000-02-29",
        "pick": "b",
        "many": ["a", "c"],
        "home": {"street": "Markt", "house_number": "1", "postcode": "07743", "place": "Jena"},
        "papers": ["f1", "f2"],
        "pair": {"left": "x"},
        "kids": [
            {"name": "A", "income": "10.10", "school": True, "pets": [{"age": 3}, {"age": 4}]},
            {"name": "B", "school": False, "pets": [{"age": 1}]},
            {"name": "C", "income": "0.20"},
        ],
    }
}


class RuleWrong(AssertionError):
    """The rule has troubles; `codes` names them."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(found)
        self.codes = found


def ask(rule: Any, answers: Any = FULL, today: date = TODAY, municipality: str | None = "16053000") -> Any:
    """The value of a rule over the laboratory flow; raises `RuleWrong` with the codes of its troubles."""
    compiled = compile_rule(rule, FlowScope(LAB.nodes, {one.id: one for one in LAB.steps}), ANY)
    if compiled.troubles:
        raise RuleWrong([trouble.code for trouble in compiled.troubles])
    return compiled.run(check(LAB, answers, today, municipality=municipality).context, ())


def ask_in_row(rule: Any, row: str, group_path: str = "s.kids") -> Any:
    """The value of a rule that stands inside a row of the laboratory flow."""
    scope = FlowScope(LAB.nodes, {one.id: one for one in LAB.steps})
    compiled = compile_rule(rule, scope, ANY, (Frame(group=group_path),))
    if compiled.troubles:
        raise RuleWrong([trouble.code for trouble in compiled.troubles])
    return compiled.run(check(LAB, FULL).context, (f"{group_path}.{row}",))
