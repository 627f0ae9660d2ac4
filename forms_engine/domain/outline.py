"""A form as rules see it, as JSON: what the TypeScript twin resolves paths over, and the values it looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .logic import Type, wire
from .model import Flow, Node, Step
from .scope import type_of

Json = dict[str, Any]


def write_outline(nodes: Iterable[Step | Node], *, with_codes: bool = True) -> list[Json]:
    """`[{path, kind, values?, parts?, members?, isCalculated?}]`, for `frontend/src/lib/flow/logic/outline.ts`.

    Where rules have been checked already, the codes of choices can stay behind (`with_codes`).
    """
    return [write_entry(node, with_codes=with_codes) for node in nodes]


def list_nodes(flow: Flow) -> Iterator[Step | Node]:
    yield from flow.steps
    yield from flow.nodes.values()


def write_entry(node: Step | Node, *, with_codes: bool) -> Json:
    if isinstance(node, Step):
        return {"path": node.path, "kind": "step"}
    found = type_of(node)
    entry: Json = {"path": node.path, "kind": found.kind if found else "content"}
    choice = found.item or found if found else None
    if with_codes and choice and choice.kind == "enum":
        entry["values"] = list(choice.values or ())
    if entry["kind"] == "address":
        entry["parts"] = list(node.field.parts)
    if found and found.parts is not None:
        entry["members"] = {name: write_member(part, with_codes=with_codes) for name, part in found.parts.items()}
    if node.type == "calculated":
        entry["isCalculated"] = True
    return entry


def write_member(part: Type, *, with_codes: bool) -> Json:
    """A part of a record: `{kind, values?}`."""
    choice = part.item or part
    codes = {"values": list(choice.values or ())} if with_codes and choice.kind == "enum" else {}
    return {"kind": part.kind, **codes}


def read_values(flow: Flow, data: Mapping[str, Any]) -> Json:
    """Values as rules see them, from JSON by path (with row ids); what does not fit its type is left out."""
    values: Json = {}
    for name, kind in (("today", Type("date")), ("municipality", Type("text"))):
        put(values, name, wire.read_value(kind, data.get(name)))
    for step in flow.steps:
        for node in step.nodes:
            read_node(node, node.path, data, values)
    return values


def read_node(node: Node, path: str, data: Mapping[str, Any], values: Json) -> None:
    found = type_of(node)
    if found is None:
        return
    value = wire.read_value(found, data.get(path))
    put(values, path, value)
    if node.repeat:
        values[path + "#"] = [f"{path}.{row}" for row in value]
    for prefix in values[path + "#"] if node.repeat else [path]:
        for child in node.nodes:
            read_node(child, prefix + child.path[len(node.path) :], data, values)


def put(values: Json, path: str, value: Any) -> None:
    if value is not None:
        values[path] = value
