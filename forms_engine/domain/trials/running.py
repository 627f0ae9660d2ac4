"""Run test cases against a flow: which expectation differs, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from forms_engine.domain.evaluation import Evaluation, evaluate
from forms_engine.domain.model import Flow
from forms_engine.domain.reading import Reporter

from .case import SavedCase
from .expecting import KINDS, Kind

MEND = "Ist es so richtig, bestätigen Sie den Testfall neu; sonst ändern Sie das Formular."


@dataclass(frozen=True, slots=True)
class Deviation:
    """One expectation that is not met. `message` says what was expected, what is, and why where a rule decides."""

    kind: str
    key: str
    message: str


@dataclass(slots=True)
class CaseResult:
    case: SavedCase
    evaluation: Evaluation
    deviations: list[Deviation] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # answers to questions that are not there (any more)

    @property
    def is_green(self) -> bool:
        return not self.deviations


def run_case(flow: Flow, case: SavedCase) -> CaseResult:
    """Evaluate the answers of a case on its day and compare. Pure; never raises."""
    evaluation = evaluate(flow, case.answers, today=case.today, municipality=case.municipality)
    result = CaseResult(case, evaluation, unknown=[path for path in case.answers if flow.find_node(path) is None])
    result.deviations += deviations(flow, evaluation, case)
    return result


def run_cases(flow: Flow, cases: Iterable[SavedCase]) -> list[CaseResult]:
    return [run_case(flow, case) for case in cases]


def check_cases(flow: Flow, cases: Iterable[SavedCase], report: Reporter) -> None:
    """Red test cases as errors (they block publishing), answers nobody asks for as hints."""
    for result in run_cases(flow, cases):
        for one in result.deviations[:20]:
            report.error("test_red", result.case.place, f"{one.message} {MEND}")
        if result.unknown:
            names = ", ".join(f"„{path}“" for path in result.unknown[:5])
            message = f"Der Testfall beantwortet {names}; danach wird nicht (mehr) gefragt. Speichern Sie ihn neu."
            report.warn("test_answer_unknown", result.case.place, message)


def deviations(flow: Flow, evaluation: Evaluation, case: SavedCase) -> Iterator[Deviation]:
    for name, key, wanted in case.pairs():
        kind = KINDS[name]
        now = kind.actual(flow, evaluation, key)
        if now != wanted or type(now) is not type(wanted):
            yield Deviation(name, key, say_deviation(flow, kind, key, wanted, now))


def say_deviation(flow: Flow, kind: Kind, key: str, wanted: Any, now: Any) -> str:
    subject = kind.subject(flow, key)
    if not kind.exists(flow, key):
        return f"{subject} gibt es nicht mehr. Erwartet war: {kind.say(flow, key, wanted)}."
    message = f"{subject}: Erwartet war „{kind.say(flow, key, wanted)}“, jetzt aber: {kind.say(flow, key, now)}."
    condition = kind.condition(flow, key)
    return f"{message} Die Bedingung dazu: {condition.rstrip('.')}." if condition else message
