"""The official rule trees of ../shared/data/fim (`graph.json`, edges of origin "api"), as form rules and as JSON-Logic.

Names in a tree are resolved as the field guide says: the context without the schema, then the name. The form is made of
the fields and groups of the graph; what kind a field is follows from how the trees use it. Repeats are left out: a tree
names direct children of one element only.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forms_engine.domain import Flow, load_flow
from forms_engine.domain.logic import compile_rule
from forms_engine.domain.logic.types import BOOL
from forms_engine.domain.outline import read_values
from forms_engine.domain.scope import FlowScope

Json = dict[str, Any]
Ids = tuple[str, ...]

SCHEMAS = Path(__file__).resolve().parents[3] / "shared/data/fim/schemas"
SAMPLES = 20  # answers a form
ANSWERED = 0.7
SIGNS = {"equal": "==", "not_equal": "!=", "less_than": "<"}
KINDS = ("text", "choice", "yes_no", "date", "integer")  # a later one wins


@dataclass(frozen=True, slots=True)
class Tree:
    condition: Any
    context: Ids

    @property
    def has_peer_operators(self) -> bool:
        """JSON-Logic has no test for days of the calendar."""
        return "is_valid_date" not in json.dumps(self.condition)

    def ids(self, name: str) -> Ids:
        return (*self.context, name.removeprefix("self."))


@dataclass(slots=True)
class Use:
    """How the trees use a field."""

    kind: str = "text"
    codes: set[str] = field(default_factory=set)

    def raise_to(self, kind: str) -> None:
        self.kind = max(self.kind, kind, key=KINDS.index)


@dataclass(frozen=True, slots=True)
class Rule:
    """One tree in both notations. `run` is the compiled form rule."""

    run: Any
    source: Any
    peer: Any | None


@dataclass(frozen=True, slots=True)
class Form:
    """The rules of one schema and answers to evaluate them on: values by path for us, flat data for the peers."""

    rules: list[Rule]
    values: list[Json]
    data: list[Json]


def list_forms() -> Iterator[Form]:
    for path in sorted(SCHEMAS.glob("*/graph.json")):
        graph = json.loads(path.read_text())
        trees = [tree for edge in graph["edges"] if (tree := read_edge(edge))]
        if trees:
            yield make_form(graph, trees)


def read_edge(edge: Json) -> Tree | None:
    if edge.get("kind") != "condition" or edge.get("origin") != "api" or edge.get("condition") in (None, True):
        return None
    return Tree(edge["condition"], tuple(one for one in edge["context"] if not one.startswith("S")))


def make_form(graph: Json, trees: list[Tree]) -> Form:
    uses: dict[Ids, Use] = {}
    for tree in trees:
        note_uses(tree, tree.condition, uses)
    flow = load_flow(document(graph, uses))
    scope = FlowScope(flow.nodes, {step.id: step for step in flow.steps})
    rules = []
    for tree in trees:
        compiled = compile_rule(form_rule(tree, tree.condition), scope, BOOL)
        assert not compiled.troubles, compiled.troubles
        peer = peer_rule(tree, tree.condition) if tree.has_peer_operators else None
        rules.append(Rule(compiled.run, form_rule(tree, tree.condition), peer))
    chance = random.Random(len(trees))
    answers = [answer(flow, uses, chance) for _ in range(SAMPLES)]
    return Form(rules, [read_values(flow, one) for one in answers], [flat(one) for one in answers])


def note_uses(tree: Tree, condition: Any, uses: dict[Ids, Use]) -> None:
    [(name, inner)] = condition.items()
    if name == "identifier":
        uses.setdefault(tree.ids(inner), Use()).raise_to("yes_no")
    elif name in {"equal", "not_equal"}:
        use = uses.setdefault(tree.ids(inner[0]["identifier"]), Use())
        use.raise_to("yes_no" if isinstance(inner[1], bool) else "choice")
        use.codes |= {inner[1]} if isinstance(inner[1], str) else set()
    elif name in {"is_empty", "is_valid_date", "less_than"}:
        kind = {"is_empty": "text", "is_valid_date": "integer", "less_than": "date"}[name]
        for one in inner if isinstance(inner, list) else [inner]:
            uses.setdefault(tree.ids(one["identifier"]), Use()).raise_to(kind)
    else:
        for one in inner if isinstance(inner, list) else [inner]:
            note_uses(tree, one, uses)


def path_of(ids: Ids) -> str:
    return ".".join(("s", *ids)).lower()


def document(graph: Json, uses: dict[Ids, Use]) -> Json:
    """Fields and groups as they contain each other, everything optional."""
    step: Json = {"id": "s", "title": say("Schema"), "nodes": []}
    below: dict[str, Json] = {"s": step}
    for node in graph["nodes"]:
        ids = tuple(part for part in node["path_id"].split(".") if not part.startswith("S"))
        use = uses.get(ids, Use())
        made: Json = {"id": ids[-1].lower(), "label": say(ids[-1]), "required": False, "type": use.kind}
        if node["kind"] == "group":
            made |= {"type": "group", "nodes": []}
        elif use.kind == "choice":
            codes = use.codes | {value["code"] for value in node.get("werte") or ()}
            made["options"] = [{"value": code, "label": say(code)} for code in sorted(codes)]
        parent = below.get(path_of(ids[:-1]))
        if parent is not None:
            parent["nodes"].append(made)
            below[path_of(ids)] = made
    return {
        "format": "flow/1", "key": "fim", "kind": "application", "locales": ["de"], "default_locale": "de",
        "title": say("FIM"), "steps": [step],
    }  # fmt: skip


def say(text: str) -> Json:
    return {"de": text}


def form_rule(tree: Tree, condition: Any) -> Any:
    [(name, inner)] = condition.items()
    if name == "identifier":
        return {"var": path_of(tree.ids(inner))}
    if name in {"equal", "not_equal"}:
        return {SIGNS[name]: [form_rule(tree, inner[0]), inner[1]]}
    parts = [form_rule(tree, one) for one in inner] if isinstance(inner, list) else form_rule(tree, inner)
    return {SIGNS.get(name, name): parts}


def peer_rule(tree: Tree, condition: Any) -> Any:
    """Classic JSON-Logic over flat data: the shortest way there is for an engine that looks names up as it goes."""
    [(name, inner)] = condition.items()
    if name == "identifier":
        return {"var": key_of(path_of(tree.ids(inner)))}
    if name in {"equal", "not_equal"}:
        return {SIGNS[name]: [peer_rule(tree, inner[0]), inner[1]]}
    if name == "is_empty":
        is_group = inner["identifier"].removeprefix("self.").startswith("G")
        found = peer_rule(tree, inner)
        return {"!": [found]} if is_group else {"==": [found, None]}
    parts = [peer_rule(tree, one) for one in (inner if isinstance(inner, list) else [inner])]
    if name == "xor":
        return {"!==": [{"!!": [part]} for part in parts]}
    return {SIGNS.get(name, {"not": "!"}.get(name, name)): parts}


def key_of(path: str) -> str:
    return path.replace(".", "_")


def answer(flow: Flow, uses: dict[Ids, Use], chance: random.Random) -> Json:
    found: Json = {}
    for path, node in flow.nodes.items():
        if node.is_question and chance.random() < ANSWERED:
            found[path] = {
                "text": "Antwort", "yes_no": chance.random() < 0.5, "integer": chance.randint(1, 12),
                "date": f"202{chance.randint(0, 9)}-01-31",
                "choice": chance.choice(node.options).value if node.options else None,
            }[node.type]  # fmt: skip
    return found


def flat(answers: Json) -> Json:
    """Answers by one key each; a group in which something is answered is a truthy object."""
    found: Json = {}
    for path, value in answers.items():
        found[key_of(path)] = value
        parts = path.split(".")
        for at in range(2, len(parts)):
            found.setdefault(key_of(".".join(parts[:at])), {})[parts[at]] = value
    return found
