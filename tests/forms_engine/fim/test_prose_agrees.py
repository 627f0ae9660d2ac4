"""Our reading of prose against the official rule trees of the FIM portal (graph.json, edges of origin "api").

Wherever both speak about one target and one source, every possible answer of the source must have the same effect.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from forms_engine.fim.codelists import CodeLists
from forms_engine.fim.mapping.effects import Effect, Effects
from forms_engine.fim.mapping.layout import Place, plan_layout
from forms_engine.fim.mapping.rules import apply_rules
from forms_engine.fim.model import DataField
from forms_engine.fim.reader import read_schema

Tree = Any
Ids = tuple[str, ...]


def test_prose__where_an_official_tree_exists__has_the_same_effect_for_every_answer(shared_data: Path) -> None:
    seen: Counter[str] = Counter()
    for folder in sorted((shared_data / "fim/schemas").iterdir()):
        for place, effect, trees, source in _pairs(folder):
            for value in _answers(source):
                seen["answers"] += 1
                assert _agree(place, effect, trees, source, value), (folder.name, place.ids, value)
            seen["targets"] += 1
    assert seen["targets"] >= 120


def _pairs(folder: Path) -> Iterator[tuple[Place, Effect, list[tuple[str, Tree]], Place]]:
    """Targets that we have a rule for, with the official trees and the one source they all depend on."""
    schema = read_schema((folder / "schema.xdf.xml").read_bytes())
    layout, effects = plan_layout(schema), Effects()
    apply_rules(layout, schema, effects, codelists=CodeLists())
    places = {place.ids: place for place in layout.walk()}
    for target, trees in _official(folder / "graph.json").items():
        place = places[target]
        effect = effects.at(place)
        sources = set[str]().union(*(_names(tree) for _kind, tree in trees))
        source = places.get((*target[:-1], next(iter(sources)))) if len(sources) == 1 else None
        ours = effect.visible is not None or isinstance(effect.required, dict)
        if ours and source is not None and _answers(source):
            yield place, effect, trees, source


def _official(path: Path) -> dict[Ids, list[tuple[str, Tree]]]:
    found: dict[Ids, list[tuple[str, Tree]]] = defaultdict(list)
    for edge in json.loads(path.read_text())["edges"]:
        if edge["kind"] != "condition" or edge.get("origin") != "api" or not edge.get("target_id"):
            continue
        around = tuple(ident for ident in edge["context"] if not ident.startswith("S"))
        target = (*around, edge["target_id"].removeprefix("self."))
        found[target] += [(kind, edge["condition"]) for kind in edge["actions"] if kind in {"required", "forbidden"}]
    return {target: trees for target, trees in found.items() if trees}


def _answers(source: Place) -> list[str | bool]:
    element = source.element
    if not isinstance(element, DataField):
        return []
    return [True, False] if element.datatype == "bool" else [code.value for code in element.codes or ()]


def _agree(place: Place, effect: Effect, trees: list[tuple[str, Tree]], source: Place, value: str | bool) -> bool:
    required = any(_holds(tree, value) for kind, tree in trees if kind == "required")
    forbidden = any(_holds(tree, value) for kind, tree in trees if kind == "forbidden")
    shown = effect.visible is None or _ours(effect.visible, value)
    needed = shown and (not isinstance(effect.required, dict) or _ours(effect.required, value))
    if required or forbidden:
        return shown is required and (needed or not required)
    return not shown or place.position.minimum == 0  # one that must stand is shown only where a rule asks for it


def _names(tree: Tree) -> set[str]:
    if isinstance(tree, list):
        return set[str]().union(*map(_names, tree))
    if not isinstance(tree, dict):
        return set()
    own = {tree["identifier"].removeprefix("self.")} if "identifier" in tree else set()
    return own.union(*(_names(part) for part in tree.values()))


def _holds(tree: Tree, value: str | bool) -> bool:
    """An official condition when its only source has this value."""
    name, parts = next(iter(tree.items()))
    match name:
        case "identifier":
            return value is True
        case "equal" | "not_equal":
            return (str(value).lower() == str(parts[1]).lower()) is (name == "equal")
        case "not":
            return not _holds(parts, value)
        case "or" | "and":
            return (any if name == "or" else all)(_holds(part, value) for part in parts)
    raise AssertionError(name)


def _ours(rule: Tree, value: str | bool) -> bool:
    name, parts = next(iter(rule.items()))
    match name:
        case "==":
            return value == parts[1]
        case "not":
            return not _ours(parts[0], value)
        case "or" | "and":
            return (any if name == "or" else all)(_ours(part, value) for part in parts)
    raise AssertionError(name)
