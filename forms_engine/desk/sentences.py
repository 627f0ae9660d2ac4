"""Rules of a draft as German sentences, also when the draft cannot be published yet."""

from __future__ import annotations

from typing import Any

from forms_engine.desk.findings import content_key
from forms_engine.desk.outline import StepLines
from forms_engine.domain import Flow, read_flow, sentence

Document = dict[str, Any]
KEEP = 16
_kept: dict[bytes, Flow | None] = {}


def readable(document: Document) -> Flow | None:
    """What can be read of a draft. Kept in the process by content: it is a third of opening a large form."""
    key = content_key(document)
    kept = _kept.get(key)
    if kept is not None:
        return kept
    flow, _ = read_flow(document)
    _kept[key] = flow
    while len(_kept) > KEEP:
        _kept.pop(next(iter(_kept)), None)
    return flow


def rule_sentence(document: Document, rule: Any) -> str:
    """One rule as a sentence; "" when the draft cannot be read at all."""
    flow = readable(document)
    return sentence(rule, flow, "de") if flow else ""


def add_conditions(document: Document, steps: list[StepLines]) -> None:
    """Write beside each conditional step and question when it appears."""
    flow = readable(document)
    if flow is None:
        return
    for step in steps:
        if step.step.get("when") is not None:
            step.condition = sentence(step.step["when"], flow, "de")
        for line in step.lines:
            if line.is_conditional:
                line.condition = sentence(line.node["visible"], flow, "de", place=line.path)
