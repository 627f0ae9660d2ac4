"""The difference between two versions in plain words: every change has its sentence, no change has none."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from forms_engine.domain import editing
from forms_engine.domain.differences import list_differences
from tests.cms.demo_city import FORMS, read_form
from tests.forms_engine.domain.analysis.seeded import Seeded, read_corpus
from tests.forms_engine.domain.flows import document, group, node, options, step, text

YES = {"==": [{"var": "s.yes"}, True]}
NO = {"==": [{"var": "s.yes"}, False]}
SAID_YES = "„Ja?“ mit „Ja“ beantwortet ist"
SAID_NO = "„Ja?“ mit „Nein“ beantwortet ist"


def form(**extra: Any) -> dict[str, Any]:
    return document(
        step("s", node("yes", "yes_no", "Ja?"), node("more", visible=YES, label="Mehr"), node("n", "integer", "Zahl")),
        step("t", node("pick", "choice", "Wahl", options=options("a", "b")), group("g", node("x"), repeat={"min": 0})),
        **extra,
    )


def said(change: Any) -> list[str]:
    before = form()
    after = change(copy.deepcopy(before))
    return [one.sentence for one in list_differences(before, before if after is None else after)]


def with_node(path: str, **members: Any) -> Any:
    return lambda source: editing.update_node(source, path, members)


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (lambda source: source, []),
        (
            lambda source: editing.add_node(source, "t", node("new", visible=YES, label="Neu")),
            ["Frage „Neu“ ist neu im Schritt „Schritt t“ und erscheint, wenn „Ja?“ mit „Ja“ beantwortet ist."],
        ),
        (
            lambda source: editing.delete_node(source, "t.pick"),
            ["Frage „Wahl“ im Schritt „Schritt t“ ist entfallen."],
        ),
        (
            lambda source: editing.move_node(source, "s.n", "t"),
            ["Frage „Zahl“ steht jetzt im Schritt „Schritt t“; vorher im Schritt „Schritt s“."],
        ),
        (
            lambda source: editing.rename_node(source, "s.yes", "agreed"),
            ["Das Kürzel von „Ja?“ ist jetzt „agreed“; vorher „yes“."],
        ),
        (
            with_node("s.more", visible=NO),
            [f"„Mehr“ erscheint jetzt, wenn {SAID_NO}; vorher, wenn {SAID_YES}."],
        ),
        (with_node("s.more", visible=None), [f"„Mehr“ erscheint jetzt immer; vorher, wenn {SAID_YES}."]),
        (with_node("s.n", required=False), ["„Zahl“ ist jetzt freiwillig; vorher Pflicht."]),
        (
            with_node("s.n", label=text("Anzahl")),
            ["Die Beschriftung von „Zahl“ lautet jetzt „Anzahl“; vorher „Zahl“."],
        ),
        (with_node("s.n", help=text("Ganze")), ["Die Hilfe zu „Zahl“ ist neu: „Ganze“."]),
        (with_node("s.n", type="text"), ["„Zahl“ ist jetzt von der Art „Text (eine Zeile)“; vorher „Ganze Zahl“."]),
        (
            with_node("t.pick", options=options("b", "c")),
            ["Die Antwort „C“ ist neu bei „Wahl“.", "Die Antwort „A“ bei „Wahl“ ist entfallen."],
        ),
        (lambda source: editing.shift(source, "s.n", -1), ["Die Reihenfolge in „Schritt s“ hat sich geändert."]),
        (
            lambda source: editing.add_step(source, step("u", node("y"))),
            ["Der Schritt „Schritt u“ ist neu.", "Frage „Y“ ist neu im Schritt „Schritt u“."],
        ),
        (
            lambda source: source | {"retention": {"submission_months": 12}, "unit": "amt"},
            ["Das zuständige Amt ist jetzt „amt“.", "Die Aufbewahrung in Monaten ist jetzt 12."],
        ),
        (
            lambda source: source | {"tests": [{"id": "a", "name": "Fall"}]},
            ["Testfall „Fall“ ist neu."],
        ),
    ],
)  # fmt: skip
def test_change__of_one_thing__is_one_sentence(change: Any, sentences: list[str]) -> None:
    assert said(change) == sentences


def test_check__new_and_changed__says_condition_and_message() -> None:
    check = {"rule": {"<": [{"var": "s.n"}, 9]}, "message": text("Zu viel")}
    before = editing.update_node(form(), "s.n", {"valid": [check]})
    assert said(lambda source: before) == ["Prüfung 1 von „Zahl“ ist neu; bestanden, wenn „Zahl“ weniger als 9 ist."]
    after = editing.update_node(form(), "s.n", {"valid": [check | {"message": text("Viel zu viel")}]})
    [one] = list_differences(before, after)
    assert one.sentence == "Der Text zur Prüfung 1 von „Zahl“ lautet jetzt „Viel zu viel“; vorher „Zu viel“."


@pytest.mark.parametrize("seeded", read_corpus(), ids=lambda seeded: seeded.name)
def test_change__any_of_the_seeded_defects__has_a_sentence_at_its_place(seeded: Seeded) -> None:
    before = {name: value for name, value in read_form(seeded.form).items() if name != "tests"}
    after = seeded.document()
    found = list_differences(before, after)
    assert len(found) >= 1
    assert {path for path, _, _ in seeded.edits} - {one.path for one in found} <= {""}


@pytest.mark.parametrize("key", FORMS)
def test_versions__the_same__have_no_difference_and_a_new_form_is_new(key: str) -> None:
    assert list_differences(read_form(key), copy.deepcopy(read_form(key))) == []
    empty = {"format": "flow/1", "key": key, "steps": []}
    assert all(one.sentence[-1] in ".“" for one in list_differences(empty, read_form(key)))


@pytest.mark.parametrize("broken", [{}, {"steps": 7}, {"steps": [{"id": "s", "nodes": [None, {}]}]}, {"title": 3}])
def test_documents__that_are_none__are_compared_all_the_same(broken: dict[str, Any]) -> None:
    assert list_differences(broken, form())
    assert list_differences(form(), broken)
