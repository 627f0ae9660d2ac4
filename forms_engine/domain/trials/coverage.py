"""Which rules the test cases exercise, true and false, and which case is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from forms_engine.domain.logic import Run
from forms_engine.domain.model import Flow
from forms_engine.domain.ruling import Ruled
from forms_engine.domain.wording import sentence

from .expecting import rows_of
from .judging import CONDITIONS, EFFECTS, compile_at, frames_of, is_asked, path_of, subject_of
from .running import CaseResult

OVER_ROWS = {"map", "filter", "some", "all", "none", "sum", "count"}
VALID = "valid"


@dataclass(slots=True)
class CoveredRule:
    """A condition, or the condition of a branch in a formula, with the names of the cases that made it (un)true."""

    path: str
    subject: str
    effect: str
    sentence: str
    opposite: str
    true_by: list[str] = field(default_factory=list)
    false_by: list[str] = field(default_factory=list)

    @property
    def is_covered(self) -> bool:
        return bool(self.true_by and self.false_by)

    @property
    def hint(self) -> str:
        """The situation a test case is missing for; "" when there is one for both."""
        missing = [say for cases, say in ((self.true_by, self.sentence), (self.false_by, self.opposite)) if not cases]
        said = ", und einer, in dem ".join(text.removeprefix("Wenn ").rstrip(".") for text in missing)
        return f"Es fehlt ein Testfall, in dem {said}." if missing else ""


@dataclass(frozen=True, slots=True)
class Coverage:
    rules: list[CoveredRule]

    @property
    def branches(self) -> int:
        return 2 * len(self.rules)

    @property
    def seen(self) -> int:
        return sum(bool(rule.true_by) + bool(rule.false_by) for rule in self.rules)

    @property
    def percent(self) -> int:
        return 100 * self.seen // self.branches if self.rules else 100

    @property
    def missing_first(self) -> list[CoveredRule]:
        return sorted(self.rules, key=lambda rule: rule.is_covered)

    @property
    def missing(self) -> list[CoveredRule]:
        return [rule for rule in self.rules if not rule.is_covered]


@dataclass(frozen=True, slots=True)
class Watched:
    """A condition to watch: the rule it stands in, the condition itself, compiled."""

    rule: Ruled
    source: Any
    run: Run
    effect: str


def measure_coverage(flow: Flow, ruled: Iterable[Ruled], results: list[CaseResult]) -> Coverage:
    """Conditions and branches of formulas, each with the cases in which it was true and in which it was not."""
    return Coverage([cover(flow, watched, results) for rule in ruled for watched in list_watched(flow, rule)])


def list_watched(flow: Flow, rule: Ruled) -> Iterator[Watched]:
    if rule.role in CONDITIONS and isinstance(rule.source, dict):
        effect = f"Antwort „{rule.option}“ wird angeboten" if rule.role == "option" else EFFECTS[rule.role]
        yield Watched(rule, rule.source, rule.compiled.run, effect)
    for condition in list_branches(rule.source):
        yield Watched(rule, condition, compile_at(flow, condition, frames_of(flow, rule)), "Verzweigung in der Formel")


def list_branches(source: Any) -> Iterator[Any]:
    """The conditions of every `if` that does not stand inside a loop over rows."""
    if isinstance(source, list):
        for item in source:
            yield from list_branches(item)
    elif isinstance(source, dict):
        for name, inner in source.items():
            if name == "if" and isinstance(inner, list):
                yield from (condition for condition in inner[:-1:2] if isinstance(condition, dict))
            if name not in OVER_ROWS:
                yield from list_branches(inner)


def cover(flow: Flow, watched: Watched, results: list[CaseResult]) -> CoveredRule:
    rule, place = watched.rule, watched.rule.path or None
    made = CoveredRule(
        path=rule.path,
        subject=subject_of(flow, rule, rule.path),
        effect=watched.effect,
        sentence=sentence(watched.source, flow, "de", place=place),
        opposite=sentence({"not": [watched.source]}, flow, "de", place=place),
    )
    for result in results:
        seen = set(outcomes(flow, watched, result))
        if True in seen:
            made.true_by.append(result.case.name)
        if False in seen:
            made.false_by.append(result.case.name)
    return made


def outcomes(flow: Flow, watched: Watched, result: CaseResult) -> Iterator[bool]:
    """What the condition was, wherever it was looked at. A missing answer counts as "not true", as in the form
    itself; a check without its answers is not looked at."""
    rule, evaluation = watched.rule, result.evaluation
    for rows in rows_of(evaluation, frames_of(flow, rule)):
        if not is_asked(flow, rule, evaluation, path_of(rule, flow.nodes.get(rule.path), rows)):
            continue
        value = watched.run(evaluation.context, rows)
        if value is None and rule.role in {VALID, "value"}:
            continue
        yield value is True
