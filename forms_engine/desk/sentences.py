"""Rules of a draft as German sentences, also when the draft cannot be published yet."""

from __future__ import annotations

from typing import Any

from forms_engine.desk.outline import StepLines
from forms_engine.domain import read_flow, sentence

Document = dict[str, Any]


def rule_sentence(document: Document, rule: Any) -> str:
    """One rule as a sentence; "" when the draft cannot be read at all."""
    flow, _ = read_flow(document)
    return sentence(rule, flow, "de") if flow else ""


def add_conditions(document: Document, steps: list[StepLines]) -> None:
    """Write beside each conditional step and question when it appears."""
    flow, _ = read_flow(document)
    if flow is None:
        return
    for step in steps:
        if step.step.get("when") is not None:
            step.condition = sentence(step.step["when"], flow, "de")
        for line in step.lines:
            if line.is_conditional:
                line.condition = sentence(line.node["visible"], flow, "de", place=line.path)
