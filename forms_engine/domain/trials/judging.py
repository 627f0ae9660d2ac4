"""Why something is asked or not: each rule as a sentence, whether it holds with these answers, and which part not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms_engine.domain.evaluation import Evaluation
from forms_engine.domain.logic import Frame, Rows, compile_rule
from forms_engine.domain.logic.types import BOOL
from forms_engine.domain.model import Flow, Node
from forms_engine.domain.ruling import Ruled, names_row
from forms_engine.domain.scope import FlowScope
from forms_engine.domain.wording import sentence
from forms_engine.fields import say

from .expecting import path_in_rows, rows_of, title_of

CONDITIONS = ("when", "visible", "required", "valid", "option", "requirement", "bring")
EFFECTS = {
    "when": "wird gefragt",
    "visible": "erscheint",
    "required": "ist Pflicht",
    "valid": "Prüfung",
    "requirement": "Voraussetzung",
    "bring": "Bereithalten",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One rule with these answers. `holds` is None where an answer it needs is missing; `is_asked` false where what is
    around it is hidden, so that nobody looks at the rule."""

    path: str
    subject: str
    effect: str
    sentence: str
    holds: bool | None
    is_asked: bool
    parts: tuple[tuple[str, bool | None], ...] = ()

    @property
    def verdict(self) -> str:
        if not self.is_asked:
            return "nicht geprüft, weil das davor ausgeblendet ist"
        return {True: "trifft zu", False: "trifft nicht zu", None: "noch offen: es fehlt eine Antwort"}[self.holds]


def judge_rules(flow: Flow, ruled: list[Ruled], evaluation: Evaluation) -> list[Judgement]:
    """Every condition of the flow, in each row there is, in document order."""
    return [found for rule in ruled if rule.role in CONDITIONS for found in judge(flow, rule, evaluation)]


def judge(flow: Flow, rule: Ruled, evaluation: Evaluation) -> Iterator[Judgement]:
    for rows in rows_of_rule(flow, rule, evaluation):
        node = flow.nodes.get(rule.path)
        path = path_of(rule, node, rows)
        yield Judgement(
            path=path,
            subject=subject_of(flow, rule, path),
            effect=f"Antwort „{rule.option}“ wird angeboten" if rule.role == "option" else EFFECTS[rule.role],
            sentence=sentence(rule.source, flow, "de", place=rule.path or None),
            holds=as_truth(rule.compiled.run(evaluation.context, rows)),
            is_asked=is_asked(flow, rule, evaluation, path),
            parts=tuple(parts_of(flow, rule, evaluation, rows)),
        )


def frames_of(flow: Flow, rule: Ruled) -> tuple[str, ...]:
    """The repeated groups in sight of a rule: for checks of one row also the group they stand at."""
    node = flow.nodes.get(rule.path)
    if node is None:
        return ()
    per_row = rule.role == "valid" and node.repeat is not None and names_row(rule.source)
    return (*node.frames, node.path) if per_row else node.frames


def rows_of_rule(flow: Flow, rule: Ruled, evaluation: Evaluation) -> list[tuple[str, ...]]:
    return rows_of(evaluation, frames_of(flow, rule))


def path_of(rule: Ruled, node: Node | None, rows: tuple[str, ...]) -> str:
    if node is None or not rows:
        return rule.path
    return rows[-1] if len(rows) > len(node.frames) else path_in_rows(node, rows)


def is_asked(flow: Flow, rule: Ruled, evaluation: Evaluation, path: str) -> bool:
    """Is what the rule belongs to looked at at all?"""
    if rule.role in {"when", "requirement", "bring"}:
        return True
    return (path.rpartition(".")[0] if rule.role == "visible" else path) in evaluation.shown


def parts_of(flow: Flow, rule: Ruled, evaluation: Evaluation, rows: Rows) -> Iterator[tuple[str, bool | None]]:
    """The operands of an outer `and` or `or`, each with its sentence."""
    name, operands = next(iter(rule.source.items())) if isinstance(rule.source, dict) and rule.source else ("", [])
    if name not in {"and", "or"} or not isinstance(operands, list) or len(operands) < 2:
        return
    for operand in operands:
        run = compile_at(flow, operand, frames_of(flow, rule))
        yield sentence(operand, flow, "de", place=rule.path or None), as_truth(run(evaluation.context, rows))


def compile_at(flow: Flow, source: Any, frames: tuple[str, ...]) -> Any:
    """A part of a rule as a condition of its own, seen from the same place."""
    scope = FlowScope(flow.nodes, {step.id: step for step in flow.steps}, suggestions=0)
    return compile_rule(source, scope, BOOL, tuple(Frame(group=group) for group in frames)).run


def as_truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def subject_of(flow: Flow, rule: Ruled, path: str) -> str:
    node, step = flow.nodes.get(rule.path), flow.find_step(rule.path)
    if node is not None:
        label = say(node.label, "de", flow.default_locale) or node.path
        rows = [part for part in path.split(".") if part not in node.path.split(".")]
        return f"„{label}“" + (f" ({', '.join(rows)})" if rows else "")
    if step is not None:
        return f"Schritt „{title_of(flow, step)}“"
    return precheck_subject(flow, rule)


def precheck_subject(flow: Flow, rule: Ruled) -> str:
    titles = [one.title for one in flow.requirements if one.rule is rule.source]
    texts = titles or [one.text for one in flow.bring if one.when is rule.source]
    return f"„{say(texts[0], 'de', flow.default_locale)}“" if texts else str(rule.at)
