"""Contract: every official rule tree of the schemas in ../shared/data/fim is in the form and does what it says.

`official` decides the trees on its own. Here random answers go through the form as a citizen's would, and each tree is
asked whether the form did right: what is required is there or an error, what is forbidden is not there or an error,
what must hold holds or is an error, and nobody is asked for what no tree demands.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms_engine.domain import evaluate, load_flow
from forms_engine.fim.report import LEFT
from tests.conftest import SHARED
from tests.forms_engine.fim.drafts import imported_folder
from tests.forms_engine.fim.official import Law, holds, read_laws
from tests.forms_engine.fim.sampling import Reading, Rows, random_answers

FOLDERS = sorted((SHARED / "fim/schemas").glob("*"))
ROUNDS = 40
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_official_trees__of_a_schema__are_all_in_the_form_and_do_what_they_say(folder: Path) -> None:
    laws, result = read_laws(folder), imported_folder(folder)
    assert [note.text for note in result.report.notes if note.kind == LEFT and "Regelbaum" in note.text] == []
    flow, wanted, pick = load_flow(result.document), _wanted(laws), random.Random(folder.name)
    seen: Counter[str] = Counter()
    for _round in range(ROUNDS if laws else 0):
        answers = random_answers(result.document, wanted, pick)
        reading = Reading(result.document, evaluate(flow, answers, today=TODAY))
        for law in laws:
            for rows in reading.rows_of(law.bearer):
                assert _judge(law, rows, reading) == "", (law.bearer.address, rows, law.condition, answers)
                seen[law.effect] += 1
        for bearer in {law.bearer for law in laws}:
            for rows in reading.rows_of(bearer):
                assert list(_too_much([law for law in laws if law.bearer is bearer], rows, reading)) == [], answers
    assert set(seen) == {law.effect for law in laws}


def _judge(law: Law, rows: Rows, reading: Reading) -> str:
    """What the form did wrong, empty where it did right."""
    true = holds(law, law.condition, lambda part: reading.answer(part, rows))
    if law.target is None:
        return "accepted what must not be" if true is False and not reading.errors(law.bearer, rows) else ""
    is_filled = reading.answer(law.target, rows) is not None
    if law.target.is_label:  # a text is "filled in" where it can be read
        is_filled = reading.is_shown(law.target, rows)
    errors = reading.errors(law.target, rows)
    if true and law.effect == "required" and not is_filled and not errors:
        return "did not ask for what is required"
    if true and law.effect == "forbidden" and is_filled and not errors:
        return "took what is forbidden"
    return ""


def _too_much(laws: list[Law], rows: Rows, reading: Reading) -> Iterator[str]:
    """What the form demands or hides and no tree does. `laws`: all of one bearer."""
    true = {law: holds(law, law.condition, lambda part: reading.answer(part, rows)) for law in laws}
    for message in {law.message for law in laws if law.target is None}:
        meant = [true[law] for law in laws if law.target is None and law.message == message]
        if all(meant) and message in reading.messages(laws[0].bearer, rows):
            yield f"said „{message}“"
    for target in {law.target for law in laws if law.target}:
        of_target = [law for law in laws if law.target is target]
        is_wanted = any(law.effect == "required" and true[law] for law in of_target)
        is_free = target.is_optional and not target.children and not is_wanted
        if is_free and "required" in reading.errors(target, rows):
            yield f"required {target.id}"
        only_forbids = all(law.effect == "forbidden" and true[law] is False for law in of_target)
        if only_forbids and not reading.is_shown(target, rows):
            yield f"hid {target.id}"


def _wanted(laws: list[Law]) -> dict[str, set[str]]:
    """Codes that the conditions name, by address of the question."""
    found: dict[str, set[str]] = defaultdict(set)

    def look(law: Law, condition: Any) -> None:
        for name, inner in condition.items() if isinstance(condition, dict) else ():
            if name in {"equal", "not_equal"}:
                found[law.child(inner[0]).address] |= {str(inner[1]), str(inner[1]).split()[0]}
            for part in inner if isinstance(inner, list) else [inner]:
                look(law, part)

    for law in laws:
        look(law, law.condition)
    return found
