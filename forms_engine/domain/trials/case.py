"""A test case as it stands in the document: answers on a day, and what an editor confirmed to come of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms_engine.domain.findings import TESTS
from forms_engine.domain.reading import ID, Fields, Place, Reporter
from forms_engine.fields import dates

MOST_CASES = 200
LONGEST_NAME = 200
MEMBERS = {"id", "name", "today", "municipality", "answers", "expected"}
MAPS = ("steps", "questions", "values", "errors", "requirements")
YES_NO_MAPS = frozenset({"steps", "questions", "requirements"})
EXPECTED = {*MAPS, "complete"}


@dataclass(frozen=True, slots=True)
class SavedCase:
    """`expected` maps a kind (`steps`, `questions`, `values`, `errors`, `requirements`) to what is expected of each
    path or id; `complete` is a bool. What is not named is not looked at."""

    id: str
    name: str
    today: date
    municipality: str | None
    answers: Mapping[str, Any]
    expected: Mapping[str, Any]

    @property
    def path(self) -> str:
        """What findings about it carry as path."""
        return f"{TESTS}{self.id}"

    @property
    def place(self) -> Place:
        return Place(self.path, (f"Testfall „{self.name}“",))

    def pairs(self) -> Iterator[tuple[str, str, Any]]:
        """(kind, key, expected value) of everything that is expected."""
        for kind in MAPS:
            for key, value in self.expected.get(kind, {}).items():
                yield kind, key, value
        if "complete" in self.expected:
            yield "complete", "", self.expected["complete"]


def read_cases(source: Any, report: Reporter) -> list[SavedCase]:
    """The test cases of a document (its member `tests`); what is no test case becomes a finding."""
    head = Fields({"tests": source} if source is not None else {}, Place(), report)
    found: dict[str, SavedCase] = {}
    for index, raw in head.objects("tests"):
        at = Place("", (f"Testfall {index + 1}",))
        case = read_case(Fields(raw, at, report)) if index < MOST_CASES else None
        if index == MOST_CASES:
            report.error("test_invalid", at, f"Ein Formular hat höchstens {MOST_CASES} Testfälle.")
        elif case is not None and case.id in found:
            report.error("test_invalid", at, f"Den Testfall „{case.id}“ gibt es zweimal.")
        elif case is not None:
            found[case.id] = case
    return list(found.values())


def read_case(entry: Fields) -> SavedCase | None:
    known = len(entry.report.findings)
    case_id = entry.string("id", pattern=ID, longest=60)
    name = entry.string("name", longest=LONGEST_NAME)
    today, municipality = entry.string("today"), entry.string("municipality", longest=20)
    answers, expected = entry.object("answers"), entry.object("expected")
    entry.unknown(MEMBERS)
    day = dates.parse_iso(today) if today else None
    if not case_id or not name or day is None:
        entry.report.error("test_invalid", entry.at, "Dem Testfall fehlt Kürzel, Name oder Tag (today).")
        return None
    check_expected(expected or {}, entry)
    if any(finding.is_error for finding in entry.report.findings[known:]):
        return None
    return SavedCase(case_id, name, day, municipality, dict(answers or {}), dict(expected or {}))


def check_expected(expected: Mapping[str, Any], entry: Fields) -> None:
    below = Fields(expected, entry.at / "Erwartet", entry.report)
    below.unknown(EXPECTED)
    pairs = [(kind, value) for kind in MAPS for value in (below.object(kind) or {}).values()]
    if any(kind in YES_NO_MAPS and not isinstance(value, bool) for kind, value in pairs):
        entry.report.error("test_invalid", below.at, "Bei Schritten, Fragen und Voraussetzungen steht true oder false.")
    if any(kind == "errors" and not isinstance(value, str) for kind, value in pairs):
        entry.report.error("test_invalid", below.at, "Bei Fehlern steht der Code des Fehlers, „“ für keinen.")
    if not isinstance(expected.get("complete", True), bool):
        entry.report.error("test_invalid", below.at, "Bei complete steht true oder false.")
    if not pairs and "complete" not in expected:
        entry.report.error("test_invalid", below.at, "Der Testfall erwartet nichts. Bestätigen Sie, was herauskommt.")
