"""Rules that hold in some Länder: what the form asks depends on the municipality of the evaluation."""

from __future__ import annotations

from datetime import date

import pytest

from forms_engine.domain import check_document, evaluate, load_flow
from forms_engine.fim.laender import Scope, sections
from tests.forms_engine.fim.drafts import document
from tests.forms_engine.fim.xdf import field, group, rule, schema

F1, F2 = "F00000000001", "F00000000002"
ASKED = field(F1, kind="select", codes={"001": "hier", "002": "dort"})
NEEDED = f"Das Datenfeld {F2} muss befüllt werden."
HIDDEN = f"Das Datenfeld {F2} darf nicht angezeigt werden."
ONLY_SAXONY = f"Für das Land SN gilt: {NEEDED} Für alle anderen Länder gilt: {HIDDEN}"
WHEN = (
    f"Für die Länder SN und NW gilt: WENN das Feld {F1} = 001, DANN muss das Feld {F2} befüllt werden. "
    f"WENN das Feld {F1} <> 001, DANN darf das Feld {F2} nicht angezeigt werden. Für alle anderen Länder gilt: {HIDDEN}"
)
PATH = "g1.f00000000002"


def _seen(text: str, municipality: str, answer: str = "001") -> tuple[bool, list[str]]:
    """Whether the second question is there, and what is wrong while it is empty."""
    found = document(schema(group("G1", ASKED, field(F2, "0:1"), rules=(rule("R1", text),))))
    assert found["todo"] == []
    assert [one for one in check_document(found) if one.severity == "error"] == []
    flow = load_flow(found)
    result = evaluate(flow, {"g1.f00000000001": answer}, today=date(2026, 11, 23), municipality=municipality)
    return PATH in result.visible, [error.path for error in result.errors]


@pytest.mark.parametrize(
    ("text", "municipality", "answer", "expected"),
    [
        (ONLY_SAXONY, "14713000", "001", (True, [PATH])),
        (ONLY_SAXONY, "16053000", "001", (False, [])),
        (ONLY_SAXONY, "05314000", "001", (False, [])),
        (WHEN, "05314000", "001", (True, [PATH])),
        (WHEN, "05314000", "002", (False, [])),
        (WHEN, "16053000", "001", (False, [])),
        (WHEN, "11000000", "001", (False, [])),
    ],
)
def test_rule__in_sections__holds_in_its_laender_only(
    text: str, municipality: str, answer: str, expected: tuple[bool, list[str]]
) -> None:
    assert _seen(text, municipality, answer) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"Für das Land SN gilt: {NEEDED} Für alle anderen Länder gilt: Bitte beim Amt nachfragen.",  # half is unread
        f"{NEEDED} Für das Land SN gilt: {HIDDEN}",  # something before the first head
        f"Für das Land XY gilt: {NEEDED} Für alle anderen Länder gilt: {HIDDEN}",  # no such Land
    ],
)
def test_rule__of_which_a_section_is_not_certain__stays_to_be_modelled(text: str) -> None:
    parts = (ASKED, field(F2, "0:1"))
    ruled = document(schema(group("G1", *parts, rules=(rule("R1", text),))))
    assert ruled["steps"] == document(schema(group("G1", *parts)))["steps"]
    assert len(ruled["todo"]) == 1


def test_sections__all_others__are_the_complement_of_those_named_before() -> None:
    found = sections(
        "Für die Länder NW, SL gilt: eins. Für das Land TH gilt: zwei. Für alle anderen Länder gilt: drei."
    )
    assert found == [
        (Scope(("NW", "SL")), "eins."),
        (Scope(("TH",)), "zwei."),
        (Scope(("NW", "SL", "TH"), others=True), "drei."),
    ]
    assert [scope.has("TH") for scope, _part in found] == [False, True, False]
    assert [scope.has("BY") for scope, _part in found] == [False, False, True]
