"""Official rule trees: the FIM portal's translation of prose rules, as graphs compiled beside the schemas hold it.

Source: `GET /api/v1/translated-rules/{id}/{version}` of the FIM portal for the element that carries the rule;
`graph.json` of BUND-T/Prototype (edges of origin `api`). A condition is true or an object with one operator:

    {"identifier": "F…"}  {"equal": [identifier, literal]}  {"not_equal": [identifier, literal]}
    {"is_empty": identifier}  {"is_valid_date": [day, month, year]}  {"less_than": [identifier, identifier]}
    {"not": c}  {"and": [c, …]}  {"or": [c, …]}  {"xor": [c, c]}

An identifier names a direct child of the element that carries the tree, with or without `self.` in front.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from forms_engine.fim.errors import FimInvalid
from forms_engine.fim.model import Element, Group, Position, Schema, Tree

REQUIRE, FORBID, VALID = "require", "forbid", "valid"
EFFECTS = {"required": REQUIRE, "forbidden": FORBID, "validation": VALID}
MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 24
SCRIPT_FORMAT = "fim-translated-rules"
IDENTIFIER = re.compile(r"(self\.)?[FG][0-9]{1,20}")

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleGraph:
    """The trees of one schema by the FIM ids from the top down to the element that carries them; () is the schema.

    `elsewhere`: how many trees were left out because they hold in other Länder only.
    """

    schema_id: str
    schema_version: str
    trees: Mapping[Ids, tuple[Tree, ...]]
    elsewhere: int = 0


def read_graph(content: bytes, *, land: str = "") -> RuleGraph:
    """The official trees in a `graph.json`; of those that hold in some Länder only, the ones for `land` (TH).
    Raises `FimInvalid` with one German sentence."""
    graph = _json(content)
    schema = graph.get("schema")
    if not isinstance(schema, dict) or not isinstance(graph.get("edges"), list):
        raise FimInvalid("Die Regeldatei hat keine Angabe zum Schema oder keine Kanten (edges).")
    found: dict[Ids, list[Tree]] = {}
    elsewhere = 0
    for edge in filter(_is_official, graph["edges"]):
        for context, tree in _edge(edge):
            if not _holds_in(edge.get("scope"), land):
                elsewhere += 1
            elif tree not in (trees := found.setdefault(context, [])):
                trees.append(tree)
    return RuleGraph(
        str(schema.get("fim_id", "")),
        str(schema.get("fim_version", "")),
        {context: tuple(trees) for context, trees in found.items()},
        elsewhere,
    )


def with_trees(schema: Schema, graph: RuleGraph) -> tuple[Schema, frozenset[Ids]]:
    """The schema with the trees at the elements that carry them, and the places the schema does not have."""
    used: set[Ids] = set()
    made = _with_trees(schema, (), graph, used)
    assert isinstance(made, Schema)  # noqa: S101 - for the type checker
    return made, frozenset(graph.trees.keys() - used)


def to_script(trees: tuple[Tree, ...]) -> str:
    """The trees as the text of a `skript` element, in the words of the portal."""
    rules = [
        {
            "effect": tree.effect,
            **({"target": tree.target} if tree.target else {}),
            "message": tree.message,
            "condition": tree.condition,
        }
        for tree in trees
    ]
    return json.dumps({"format": SCRIPT_FORMAT, "rules": rules}, ensure_ascii=False, separators=(",", ":"))


def from_script(script: str) -> tuple[Tree, ...]:
    """The trees in a `skript` that `to_script` wrote; () for any other script."""
    try:
        found = json.loads(script)  # noqa: TID251 - bounded by the size of the file
    except (ValueError, RecursionError):
        return ()
    if not isinstance(found, dict) or found.get("format") != SCRIPT_FORMAT or not isinstance(found.get("rules"), list):
        return ()
    return tuple(_tree(rule.get("effect"), rule) for rule in found["rules"] if isinstance(rule, dict))


def _json(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise FimInvalid(f"Die Regeldatei ist größer als {MAX_BYTES // 1024 // 1024} MB.")
    try:
        graph = json.loads(content)  # noqa: TID251 - a graph may be larger than a request
    except (ValueError, RecursionError) as problem:
        raise FimInvalid("Die Regeldatei ist kein gültiges JSON.") from problem
    if not isinstance(graph, dict):
        raise FimInvalid("Die Regeldatei enthält kein JSON-Objekt.")
    return graph


def _is_official(edge: Any) -> bool:
    return isinstance(edge, dict) and edge.get("kind") == "condition" and edge.get("origin") == "api"


def _holds_in(scope: Any, land: str) -> bool:
    """`scope`: the Länder a tree holds in; none named means everywhere."""
    return not isinstance(scope, list) or not scope or land in scope


def _edge(edge: Mapping[str, Any]) -> Iterator[tuple[Ids, Tree]]:
    around = edge.get("context")
    if not isinstance(around, list) or not all(isinstance(ident, str) for ident in around):
        raise FimInvalid("Ein Regelbaum sagt nicht, zu welchem Element er gehört (context).")
    context = tuple(ident for ident in around if not ident.startswith("S"))
    for action in edge.get("actions") or ():
        told = {"target": edge.get("target_id"), "message": edge.get("text"), "condition": edge.get("condition")}
        yield context, _tree(EFFECTS.get(action), told)


def _tree(effect: object, told: Mapping[str, Any]) -> Tree:
    if effect not in {REQUIRE, FORBID, VALID}:
        raise FimInvalid("Ein Regelbaum hat eine unbekannte Wirkung.")
    target = str(told.get("target") or "").removeprefix("self.")
    if effect != VALID and not IDENTIFIER.fullmatch(target):
        raise FimInvalid("Ein Regelbaum nennt kein Ziel.")
    _check(told.get("condition"), 0)
    return Tree(str(effect), target, " ".join(str(told.get("message") or "").split()), told.get("condition"))


def _check(condition: Any, depth: int) -> None:
    """Refuses what is no condition, so that whoever compiles need not look again."""
    if condition is True:
        return
    if depth > MAX_DEPTH or not isinstance(condition, dict) or len(condition) != 1:
        raise FimInvalid("Ein Regelbaum ist zu tief oder keine Bedingung.")
    name, parts = next(iter(condition.items()))
    if name == "identifier":
        fits = isinstance(parts, str) and IDENTIFIER.fullmatch(parts) is not None
    elif name in {"equal", "not_equal"}:
        fits = _is_list(parts, 2) and _is_name(parts[0]) and isinstance(parts[1], str | bool | int)
    elif name == "is_empty":
        fits = _is_name(parts)
    elif name in {"is_valid_date", "less_than"}:
        fits = _is_list(parts, 3 if name == "is_valid_date" else 2) and all(map(_is_name, parts))
    elif name == "not":
        _check(parts, depth + 1)
        return
    else:
        fits = name in {"and", "or"} and isinstance(parts, list) and bool(parts)
        fits = fits or (name == "xor" and _is_list(parts, 2))
        for part in parts if fits else ():
            _check(part, depth + 1)
    if not fits:
        raise FimInvalid(f"Ein Regelbaum benutzt „{str(name)[:40]}“ anders als bekannt.")


def _is_list(parts: Any, length: int) -> bool:
    return isinstance(parts, list) and len(parts) == length


def _is_name(part: Any) -> bool:
    """`is_empty` names its element as an identifier or as a bare string."""
    name = part.get("identifier") if isinstance(part, dict) and len(part) == 1 else part
    return isinstance(name, str) and IDENTIFIER.fullmatch(name) is not None


def _with_trees(element: Element, ids: Ids, graph: RuleGraph, used: set[Ids]) -> Element:
    if not isinstance(element, Schema | Group):
        return element
    trees = graph.trees.get(ids, element.trees)
    if ids in graph.trees:
        used.add(ids)
    children = tuple(_position(child, ids, graph, used) for child in element.children)
    return replace(element, trees=trees, children=children)


def _position(position: Position, ids: Ids, graph: RuleGraph, used: set[Ids]) -> Position:
    element = position.element
    made = _with_trees(element, (*ids, element.id), graph, used)
    return replace(position, element=made) if made is not element else position  # type: ignore[arg-type]  # a field or group stays one
