"""Answers as they come in: flat or nested, typed by people. Made flat here and read by the field types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms_engine.fields import Fault, FieldType, field_types

from .logic.wire import ROW_ID
from .model import Flow, Node

MAX_ROWS_READ = 5_000


def value_field(node: Node) -> FieldType:
    """The field type that formats the value of a node: for calculated ones that of the result."""
    return field_types.get(node.settings["result"]) if node.type == "calculated" else node.field


def flatten_answers(flow: Flow, answers: Any) -> Mapping[str, Any]:
    """Answers by path. Takes also `{"step": {"question": …}}`, mixtures, and rows as a list of objects."""
    if not isinstance(answers, Mapping):
        return {}
    if not any(is_nested(value) for value in answers.values() if type(value) is not str):
        return answers
    return dict(walk_answers(flow, answers))


def is_nested(value: Any) -> bool:
    return isinstance(value, Mapping) or is_list_of_objects(value)


def walk_answers(flow: Flow, answers: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in answers.items():
        if not isinstance(key, str):
            continue
        step = flow.find_step(key) if isinstance(value, Mapping) else None
        if step is not None:
            yield from below(step.nodes, key, value)
        elif isinstance(value, dict | list) and (found := flow.find_node(key)):
            yield from read_one(found, key, value)
        elif isinstance(value, Mapping) and (group := flow.find_node(key.rpartition(".")[0])) and group.repeat:
            yield from below(group.nodes, key, value)  # one row: `<group path>.<row id>`
        else:
            yield key, value


def below(nodes: list[Node], prefix: str, answers: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """Answers of an object whose keys are node ids. What is no node stays, under its full path, to be reported."""
    by_id = {node.id: node for node in nodes}
    for key, value in answers.items():
        node = by_id.get(key) if isinstance(key, str) else None
        path = f"{prefix}.{key}"
        if node is None:
            yield path, value
        else:
            yield from read_one(node, path, value)


def read_one(node: Node, path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if node.repeat and (isinstance(value, Mapping) or is_list_of_objects(value)):
        yield from read_rows(node, path, value)
    elif node.is_group and not node.repeat and isinstance(value, Mapping):
        yield from below(node.nodes, path, value)
    else:
        yield path, value


def is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)


def read_rows(node: Node, path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Rows as `{"r1": {…}}` or `[{…}, {…}]`; the latter get the ids r1, r2, …"""
    if isinstance(value, Mapping) and not all(isinstance(row, str) and ROW_ID.fullmatch(row) for row in value):
        yield path, value
        return
    rows = value.items() if isinstance(value, Mapping) else [(f"r{at}", row) for at, row in enumerate(value, 1)]
    kept = list(rows)[:MAX_ROWS_READ]
    yield path, [row for row, _ in kept]
    for row, inner in kept:
        if isinstance(inner, Mapping):
            yield from below(node.nodes, f"{path}.{row}", inner)


def parse_input(flow: Flow, raw: Any) -> dict[str, Any]:
    """What a browser sends -> values as they are stored. What cannot be read stays as typed, and `evaluate` reports it.

    None means: cleared. Parts sent one by one (`<path>.day`, `<path>.street`) are put together. Unknown paths are left
    out (`known_paths` names them).
    """
    flat = fold_parts(flow, flatten_answers(flow, raw))
    found: dict[str, Any] = {}
    for path, value in flat.items():
        node = flow.find_node(path)
        if node is None or not (node.is_question or node.repeat):
            continue
        found[path] = value if node.repeat else stored(node, value)
    return found


def stored(node: Node, raw: Any) -> Any:
    value = node.field.parse(raw, node.settings)
    if type(value) is Fault:
        return raw
    return None if value is None and is_blank(raw) else raw if value is None else node.field.to_json(value)


def is_blank(raw: Any) -> bool:
    return raw is None or raw == "" or raw == [] or isinstance(raw, Mapping)


def fold_parts(flow: Flow, flat: Mapping[str, Any]) -> dict[str, Any]:
    """`person.birth.day`, `.month`, `.year` become one input `person.birth`."""
    found: dict[str, Any] = {}
    for path, value in flat.items():
        owner_path, _, part = path.rpartition(".")
        owner = flow.find_node(owner_path) if owner_path and not flow.find_node(path) else None
        if owner is not None and (part in owner.field.parts or part in owner.field.parts_of(owner.settings)):
            parts = found.get(owner_path)
            found[owner_path] = {**(parts if isinstance(parts, dict) else {}), part: value}
        else:
            found[path] = value
    return found
