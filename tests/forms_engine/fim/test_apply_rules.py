"""Prose rules in a form: applied where target, source and code are certain, left alone everywhere else."""

from __future__ import annotations

import pytest

from tests.forms_engine.fim.drafts import Json, document, imported, node_at
from tests.forms_engine.fim.xdf import field, group, rule, schema

F1, F2, F3, G2, G3 = "F00000000001", "F00000000002", "F00000000003", "G00000000002", "G00000000003"
ORT = field(F1, kind="select", codes={"001": "hier", "002": "dort"})
NEEDED = f"Wenn {F1} = 001, dann muss {F2} befüllt werden."
HIDDEN = f"Wenn {F1} <> 001, dann darf {F2} nicht befüllt werden."
IS_1 = {"==": [{"var": "g1.f00000000001"}, "001"]}


def _form(*parts: str, rules: tuple[str, ...]) -> Json:
    given = tuple(rule(f"R{number}", text) for number, text in enumerate(rules))
    return document(schema(group("G1", *parts, rules=given)))


def _second(found: Json) -> Json:
    return node_at(found, "g1.f00000000002")


def test_required_when__and_forbidden_otherwise__is_shown_exactly_then() -> None:
    node = _second(_form(ORT, field(F2, "0:1"), rules=(NEEDED + " " + HIDDEN,)))
    assert (node["visible"], node["required"]) == (IS_1, True)


def test_required_when__on_an_optional_field__stays_open_otherwise() -> None:
    node = _second(_form(ORT, field(F2, "0:1"), rules=(NEEDED,)))
    assert node["required"] == IS_1
    assert "visible" not in node


def test_required_when__on_a_field_that_must_stand__shows_it_only_then() -> None:
    node = _second(_form(ORT, field(F2), rules=(NEEDED,)))
    assert (node["visible"], node["required"]) == (IS_1, True)


def test_two_codes__one_shows_one_hides__are_one_rule() -> None:
    node = _second(_form(ORT, field(F2, "0:1"), rules=(NEEDED, f"Wenn {F1} = 002, dann ist {F2} auszublenden.")))
    assert node["visible"] == IS_1


def test_code__with_missing_zeros__is_repaired() -> None:
    node = _second(_form(ORT, field(F2), rules=(NEEDED.replace("= 001", "= 01"),)))
    assert node["visible"] == IS_1


def test_source__inside_rows__is_named_by_row() -> None:
    rows = group("G1", ORT, field(F2), count="0:*", rules=(rule("R1", NEEDED),))
    node = node_at(document(schema(rows)), "g1.g1.f00000000002")
    assert node["visible"] == {"==": [{"var": "row.f00000000001"}, "001"]}


def test_group__with_a_rule__is_not_asked_for() -> None:
    text = f"Wenn {F1} = 001, dann muss {G2} befüllt sein. Wenn {F1} <> 001, dann darf {G2} nicht befüllt sein."
    found = _form(ORT, group(G2, field(F3), count="0:1"), rules=(text,))
    assert [node["id"] for node in found["steps"][0]["nodes"]] == [F1.lower(), G2.lower()]


def test_fixed_value__is_not_asked() -> None:
    node = node_at(_form(ORT, field(F2), rules=(f"Das Feld {F1} ist mit 001 vorzubefüllen und auszublenden.",)),
                   "g1.f00000000001")  # fmt: skip
    assert (node["type"], node["value"], node["show"]) == ("calculated", "001", False)


def test_either_or__becomes_one_question() -> None:
    groups = [group(G2, field(F2), count="0:1"), group(G3, field(F3), count="0:1")]
    found = _form(*groups, rules=(f"Es muss entweder {G2} oder {G3} befüllt werden.",))
    assert [node["id"] for node in found["steps"][0]["nodes"]] == ["auswahl", G2.lower(), G3.lower()]


def test_at_least_one_of__makes_the_last_one_required_while_the_others_are_empty() -> None:
    text = f"Es muss mindestens eines der Felder {F2} oder {F3} befüllt sein."
    found = _form(field(F2, "0:1"), field(F3, "0:1"), rules=(text,))
    assert node_at(found, "g1.f00000000003")["required"] == {"is_empty": [{"var": "g1.f00000000002"}]}


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((ORT, field(F2)), NEEDED.replace("= 001", "= 007")),  # no such code
        ((field(F1), field(F2)), NEEDED),  # source has no list
        ((ORT, field(F3)), NEEDED),  # no such target
        ((ORT, group(G2, field(F2)), group(G3, field(F2))), NEEDED),  # two such targets
        ((group(G2, ORT, count="0:*"), field(F2)), NEEDED),  # source in a row, target outside
        ((ORT, field(F2)), NEEDED + f" Wenn {F1} = 001, dann darf {F2} nicht befüllt werden."),  # contradiction
        ((ORT, group(G2, field(F3), count="0:1")), NEEDED.replace(F2, G2)),  # group optional, otherwise unknown
        ((ORT,), f"Wenn {F1} = 001, dann muss {F1} befüllt werden."),  # depends on itself
    ],
)
def test_rule__that_is_not_certain_here__changes_nothing_and_stays_prose(parts: tuple[str, ...], text: str) -> None:
    plain = _form(*parts, rules=())
    ruled = _form(*parts, rules=(text,))
    assert ruled["steps"] == plain["steps"]
    assert len(ruled["todo"]) == 1


def test_rules__that_point_at_each_other__are_both_left() -> None:
    second = field(F2, kind="select", codes={"001": "a"})
    back = f"Wenn {F2} = 001, dann muss {F1} befüllt werden."
    assert _form(ORT, second, rules=(NEEDED, back))["steps"] == _form(ORT, second, rules=())["steps"]


def test_rule__that_was_applied__is_modelled_and_the_report_says_what_was_done() -> None:
    result = imported(schema(group("G1", ORT, field(F2), rules=(rule("R1", NEEDED),))))
    assert result.document["todo"] == []
    assert [(one["source"], one["by"]) for one in result.document["source"]["modelled"]] == [("R1", "prose")]
    assert any("Im Formular: " in line for line in result.report.lines())


def test_rule__that_is_not_certain__stays_to_be_modelled_with_a_proposal_and_the_reason() -> None:
    text = NEEDED.replace("= 001", "= 007")
    result = imported(schema(group("G1", ORT, field(F2, label="Zweites"), rules=(rule("R1", text),))))
    [entry] = result.document["todo"]
    assert "„Zweites“ zeigen und ausfüllen lassen" in entry["x_proposal"]
    assert f"„007“ steht nicht in der Liste von {F1}" in entry["x_proposal"]
