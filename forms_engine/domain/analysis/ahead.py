"""Rules that look ahead: at a later step, or further down on the same page."""

from __future__ import annotations

from collections.abc import Iterable

from forms_engine.domain.model import Flow, Node
from forms_engine.domain.reading import Reporter
from forms_engine.domain.ruling import Ruled

from . import sayings

MOST_NAMED = 5  # questions ahead that are named for one rule
LATER = {"when": "error", "visible": "error", "option": "error", "required": "warning", "valid": "warning"}


def check_ahead(flow: Flow, rule: Ruled, report: Reporter) -> None:
    """A condition can only look at what has been asked before."""
    node = flow.nodes.get(rule.path)
    step = node.step if node else flow.find_step(rule.path)
    if rule.role not in LATER or step is None:
        return
    asked = list_asked(flow, rule.compiled.reads)
    say = report.error if LATER[rule.role] == "error" else report.warn
    for read in [read for read in asked if read.step.index > step.index][:MOST_NAMED]:
        say("question_later", rule.at, sayings.later(read))
    if node is None or rule.role != "visible":
        return
    for read in [read for read in asked if read.step is step and read.index > node.index][:MOST_NAMED]:
        report.warn("question_below", rule.at, sayings.below(read))


def list_asked(flow: Flow, reads: Iterable[str]) -> list[Node]:
    """The questions behind what a rule reads: calculated values stand for what they are made of."""
    found: dict[str, Node] = {}
    stack, seen = list(reads), set(reads)
    while stack:
        node = flow.nodes.get(stack.pop())
        if node is None:
            continue
        if node.is_question:
            found[node.path] = node
        elif node.type == "calculated":
            new = set(flow.reads.get(node.path, ())) - seen - {(node.parent or node.step).path}
            seen |= new
            stack.extend(new)
    return sorted(found.values(), key=lambda node: node.index)
