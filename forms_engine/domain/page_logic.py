"""What the page of a step needs to show at once what an answer changes there: the rules of its questions as written,
and the values they look at that are not on the page. The twin in the browser evaluates them
(`frontend/src/lib/flow/logic/page.ts`); what it cannot judge for certain, it leaves to the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .evaluation import Evaluation
from .logic import wire
from .model import Flow, Node
from .outline import list_nodes, write_outline
from .references import list_references

Json = dict[str, Any]

#: Types whose plainest forms the page can read; a limit it does not know makes a question opaque all the same.
READABLE = frozenset({"yes_no", "choice", "multi_choice", "integer", "decimal", "money", "date", "text"})
LIMITS = ("min", "max", "places", "max_length")
UNKNOWN_LIMITS = frozenset({"pattern", "min_length"})


def write_page_logic(flow: Flow, evaluation: Evaluation, step_id: str) -> Json | None:
    """`{outline, nodes, values}`; None where no rule of the step looks at the step itself."""
    nodes = [node for path in flow.order if (node := flow.nodes.get(path)) and node.step.id == step_id]
    reads = {path for node in nodes for path in list_reads(node)}
    if not any(path.startswith(f"{step_id}.") for path in reads):
        return None
    needed = with_surroundings(flow, reads) | {node.path for node in nodes}
    outline = [node for node in list_nodes(flow) if node.path in needed]
    return {
        "outline": write_outline(outline, with_codes=False),
        "nodes": [write_node(node, evaluation) for node in nodes],
        "values": dict(list_values(flow, evaluation, step_id, needed)),
    }


def list_reads(node: Node) -> Iterator[str]:
    """What the rules that show, need or compute a node name, without row ids."""
    for rule in (node.visible, node.required, node.value):
        if isinstance(rule, dict):
            yield from list_references(rule, node.frames)


def with_surroundings(flow: Flow, paths: set[str]) -> set[str]:
    """The nodes of these paths (the address for a part of one), all in them, and the groups they lie in."""
    found: set[str] = set()
    for path in paths:
        node = flow.nodes.get(path) or flow.nodes.get(path.rpartition(".")[0])
        if node is None:
            continue
        found.update(inner.path for inner in node.walk())
        while node.parent is not None:
            node = node.parent
            found.add(node.path)
    return found


def write_node(node: Node, evaluation: Evaluation) -> Json:
    """One node in the order of evaluation. `input` is how the page reads it, `opaque` where only the server can."""
    written: Json = {"path": node.path, "parent": (node.parent or node.step).path}
    for name, rule in (("visible", node.visible), ("required", node.required), ("value", node.value)):
        if rule is not None and rule is not False:
            written[name] = rule
    if node.type == "calculated":
        written["result"] = node.settings["result"]
    if node.is_question and node.type != "file":
        limits = node.field.view(node.settings, evaluation.today, "de")
        written["input"] = "opaque" if is_opaque(node, limits) else node.type
        written["limits"] = {name: limits[name] for name in LIMITS if name in limits}
    return written


def is_opaque(node: Node, limits: Json) -> bool:
    counted = node.type == "multi_choice" and ("min" in limits or "max" in limits)
    return node.type not in READABLE or bool(node.option_rules) or counted or bool(UNKNOWN_LIMITS & limits.keys())


def list_values(flow: Flow, evaluation: Evaluation, step_id: str, needed: set[str]) -> Iterator[tuple[str, Any]]:
    """What is not typed on the page: today, the municipality, rows, files, and answers of other steps."""
    for name in ("today", "municipality"):
        if name in evaluation.context:
            yield name, wire.write_value(evaluation.context[name])
    for path, value in evaluation.values.items():
        node = flow.find_node(path)
        if node is None or node.path not in needed:
            continue
        if node.step.id != step_id or node.repeat or node.type == "file":
            yield path, wire.write_value(value)
