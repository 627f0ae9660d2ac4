"""The form the fuzzed rules are about: every kind of question, at the root and in rows three levels deep."""

from __future__ import annotations

from typing import Any

from forms_engine.domain import Flow, load_flow

Json = dict[str, Any]

CODES = {"pick": ["a", "b", "é", "x y"], "pack": ["a", "b", "z"], "many": ["a", "b", "001", "😀"]}
GROUPS = ("s.kids", "s.kids.pets", "s.kids.pets.toys")


def say(text: str) -> Json:
    return {"de": text}


def node(name: str, kind: str, **settings: Any) -> Json:
    return {"id": name, "type": kind, "label": say(name), "required": False, **settings}


def choice(name: str, kind: str, codes: str) -> Json:
    return node(name, kind, options=[{"value": code, "label": say(code)} for code in CODES[codes]])


def group(name: str, *nodes: Json, repeats: bool = False) -> Json:
    return node(name, "group", nodes=list(nodes), **({"repeat": {}} if repeats else {}))


def calculated(name: str, result: str, value: Any) -> Json:
    return {"id": name, "type": "calculated", "label": say(name), "result": result, "value": value}


def matrix(name: str, **settings: Any) -> Json:
    lines = [{"value": line, "label": say(line)} for line in ("swim", "bike")]
    return {**choice(name, "matrix", "pick"), "questions": lines, **settings}


def document() -> Json:
    toys = group("toys", node("price", "money"), node("bought", "date"), choice("pick", "choice", "pick"), repeats=True)
    pets = group(
        "pets", node("name", "text"), node("age", "integer"), choice("many", "multi_choice", "many"), toys, repeats=True
    )
    kids = group(
        "kids", node("name", "text"), node("income", "money"), node("school", "yes_no"), node("born", "date"),
        choice("pick", "choice", "pick"), node("home", "address"), node("trip", "date_range"),
        group("extra", node("street", "text"), calculated("twice", "money", {"*": [{"var": "row.income"}, 2]})), pets,
        calculated("half", "decimal", {"/": [{"var": "row.income"}, 2]}), repeats=True,
    )  # fmt: skip
    nodes = [
        *(node(name, "yes_no") for name in ("yes", "no", "maybe")), *(node(name, "text") for name in ("name", "other")),
        node("whole", "integer"), node("small", "integer"), node("part", "decimal"), node("price", "money"),
        node("day", "date"), node("birth", "date"), choice("pick", "choice", "pick"), choice("pack", "choice", "pack"),
        choice("many", "multi_choice", "many"), node("home", "address"), node("papers", "file", max=3),
        node("trip", "date_range"), matrix("care"), matrix("cares", several=True),
        {"id": "note", "type": "content", "label": say("note"), "text": say("<p>Hinweis</p>")},
        group("pair", node("left", "text"), group("deep", node("right", "integer"))), kids,
        calculated("total", "money", {"sum": [{"var": "s.kids.income"}]}),
    ]  # fmt: skip
    return {
        "format": "flow/1", "key": "lab", "kind": "survey", "locales": ["de"], "default_locale": "de",
        "title": say("Lab"), "purpose": say("Prüfung"), "legal_basis": [{"title": "§ 1"}],
        "steps": [{"id": "s", "title": say("Schritt"), "nodes": nodes}],
    }  # fmt: skip


LAB: Flow = load_flow(document())
