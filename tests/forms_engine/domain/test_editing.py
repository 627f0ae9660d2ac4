"""Changes of a draft, node by node: nothing else moves, rules follow, refusals are said."""

from __future__ import annotations

import copy

import pytest

from forms_engine.domain import check_document, load_flow
from forms_engine.domain.editing import (
    EditRefused,
    add_node,
    add_step,
    copy_node,
    delete_node,
    list_paths,
    move_node,
    rename_node,
    replace_node,
    set_texts,
    shift,
    update_node,
)
from forms_engine.domain.texts import list_texts
from forms_engine.domain.tree import find_raw
from tests.forms_engine.domain.flows import document, group, node, options, step, text


def draft():
    return document(
        step(
            "a",
            node("yes", "yes_no"),
            node("pick", "choice", options=options("x", "y")),
            group(
                "kids",
                node("age", "integer"),
                node("school", visible={">": [{"var": "row.age"}, 5]}),
                group(
                    "pets",
                    node("old", "yes_no", visible={"var": "a.yes"}),
                    node("older", visible={">": [{"var": "outer.age"}, 5]}),
                    repeat={},
                ),
                repeat={},
                valid=[{"rule": {"<": [{"var": "row.age"}, 18]}, "message": text("Kind")}],
            ),
        ),
        step(
            "b",
            node("sum", "calculated", result="integer", value={"sum": [{"var": "a.kids.age"}]}),
            node("any", visible={"some": [{"var": "a.kids"}, {">": [{"var": "row.age"}, 5]}]}),
            when={"var": "a.yes"},
        ),
        requirements=[{"id": "r", "title": text("T"), "failed": text("F"), "rule": {"var": "a.yes"}}],
        todo=[{"path": "a.kids.school", "text": "Prosa"}],
        locales=["de", "en"],
    )


def valid(source):
    return [one for one in check_document(source) if one.is_error] == []


def test_draft__of_these_tests__is_valid():
    assert valid(draft())


@pytest.mark.parametrize(
    "change",
    [
        lambda d: add_step(d, {"id": "c", "title": text("C")}),
        lambda d: add_node(d, "a", node("new")),
        lambda d: add_node(d, "a.kids", node("new"), at=0),
        lambda d: update_node(d, "a.yes", {"help": text("Hilfe")}),
        lambda d: replace_node(d, "a.kids", {"id": "ignored", "type": "group", "label": text("K"), "repeat": {}}),
        lambda d: rename_node(d, "a.yes", "yep"),
        lambda d: rename_node(d, "a.kids", "children"),
        lambda d: rename_node(d, "a.kids.age", "years"),
        lambda d: rename_node(d, "a", "start"),
        lambda d: move_node(d, "a.pick", "b"),
        lambda d: move_node(d, "b.any", "b", at=0),
        lambda d: shift(d, "a.kids", -1),
        lambda d: copy_node(d, "a.kids"),
        lambda d: copy_node(d, "a"),
        lambda d: delete_node(d, "a.pick"),
        lambda d: delete_node(d, "b"),
        lambda d: set_texts(d, "a.pick", "en", {"label": "Pick", "option.x": "X"}),
    ],
)  # fmt: skip
def test_edit__any__leaves_the_given_document_alone_and_gives_a_valid_one(change):
    before = draft()
    untouched = copy.deepcopy(before)
    after = change(before)
    assert before == untouched
    assert after != before
    assert valid(after), [str(one) for one in check_document(after) if one.is_error]


def test_rename_node__question__rules_and_notes_follow():
    after = rename_node(draft(), "a.kids.age", "years")
    kids = find_raw(after, "a.kids")
    assert kids["nodes"][1]["visible"] == {">": [{"var": "row.years"}, 5]}
    assert kids["nodes"][2]["nodes"][1]["visible"] == {">": [{"var": "outer.years"}, 5]}
    assert kids["valid"][0]["rule"] == {"<": [{"var": "row.years"}, 18]}
    assert find_raw(after, "b.sum")["value"] == {"sum": [{"var": "a.kids.years"}]}
    assert find_raw(after, "b.any")["visible"]["some"][1] == {">": [{"var": "row.years"}, 5]}


def test_rename_node__group_and_step__paths_below_follow():
    after = rename_node(rename_node(draft(), "a.kids", "children"), "a", "start")
    assert find_raw(after, "b.sum")["value"] == {"sum": [{"var": "start.children.age"}]}
    assert find_raw(after, "b")["when"] == {"var": "start.yes"}
    assert after["requirements"][0]["rule"] == {"var": "start.yes"}
    assert after["todo"][0]["path"] == "start.children.school"


def test_rename_node__address__rules_on_its_parts_follow():
    source = document(step("s", node("home", "address"), node("x", visible={"==": [{"var": "s.home.place"}, "Jena"]})))
    assert find_raw(rename_node(source, "s.home", "flat"), "s.x")["visible"] == {
        "==": [{"var": "s.flat.place"}, "Jena"]
    }


def test_copy_node__group_with_rules__the_copy_reads_itself():
    source = document(
        step("s", node("out", "yes_no"), group("g", node("a", "yes_no"), node("b", visible={"var": "s.g.a"})))
    )
    source["steps"][0]["nodes"][1]["nodes"].append(node("c", visible={"var": "s.out"}))
    after = copy_node(source, "s.g")
    assert list_paths(after) == [
        "s",
        "s.out",
        "s.g",
        "s.g.a",
        "s.g.b",
        "s.g.c",
        "s.g_2",
        "s.g_2.a",
        "s.g_2.b",
        "s.g_2.c",
    ]
    assert find_raw(after, "s.g_2.b")["visible"] == {"var": "s.g_2.a"}
    assert find_raw(after, "s.g_2.c")["visible"] == {"var": "s.out"}
    assert find_raw(after, "s.g.b")["visible"] == {"var": "s.g.a"}


def test_copy_node__repeated_group__row_rules_stay_row_rules():
    after = copy_node(draft(), "a.kids")
    assert find_raw(after, "a.kids_2.school")["visible"] == {">": [{"var": "row.age"}, 5]}
    assert find_raw(after, "a.kids_2")["valid"][0]["rule"] == {"<": [{"var": "row.age"}, 18]}


def test_move_node__out_of_its_row__row_names_become_full_paths():
    after = move_node(draft(), "a.kids.school", "b")
    assert find_raw(after, "b.school")["visible"] == {">": [{"var": "row.age"}, 5]}
    assert "row_outside" in [one.code for one in check_document(after)]


def test_move_node__source_leaves_the_row__the_rule_names_its_new_path():
    after = move_node(draft(), "a.kids.age", "a", at=0)
    assert find_raw(after, "a.kids.school")["visible"] == {">": [{"var": "a.age"}, 5]}


def test_move_node__to_a_position__lands_there():
    after = move_node(draft(), "a.kids", "a", at=0)
    assert [one["id"] for one in find_raw(after, "a")["nodes"]] == ["kids", "yes", "pick"]
    assert [one["id"] for one in move_node(draft(), "b", "", at=0)["steps"]] == ["b", "a"]


def test_shift__at_the_end__stays():
    assert shift(draft(), "a.yes", -1) == draft()
    assert [one["id"] for one in find_raw(shift(draft(), "a.yes", 1), "a")["nodes"]] == ["pick", "yes", "kids"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: add_node(d, "a", node("yes")), "gibt es hier schon"),
        (lambda d: add_node(d, "a", node("Yes")), "kleinen Buchstaben"),
        (lambda d: add_node(d, "a", node("row")), "vergeben"),
        (lambda d: add_node(d, "", node("x")), "Schritt oder eine Gruppe"),
        (lambda d: add_node(d, "a.yes", node("x")), "keine Gruppe"),
        (lambda d: add_node(d, "a.gone", node("x")), "gibt es in diesem Formular nicht"),
        (lambda d: add_node(d, "a", node("x", "nope")), "Art „nope“"),
        (lambda d: add_step(d, {"id": "pruefen"}), "vergeben"),
        (lambda d: update_node(d, "a.yes", {"id": "other"}), "Umbenennen"),
        (lambda d: rename_node(d, "a.yes", "pick"), "gibt es hier schon"),
        (lambda d: move_node(d, "a.kids", "a.kids.pets"), "in sich selbst"),
        (lambda d: move_node(d, "a.kids", ""), "Schritt"),
        (lambda d: move_node(d, "a", "b"), "Schritt"),
        (lambda d: delete_node(d, "a.yes"), "„Old“, „Schritt b“, „Voraussetzungen“"),
        (lambda d: delete_node(d, "a"), "beziehen sich noch darauf"),
        (lambda d: delete_node(delete_node(d, "b"), "a", force=True), "einzige Schritt"),
        (lambda d: set_texts(d, "a.yes", "fr", {"label": "X"}), "Sprache"),
        (lambda d: set_texts(d, "a.yes", "en", {"option.z": "X"}), "Den Text"),
        (lambda d: delete_node(d, "nowhere"), "gibt es in diesem Formular nicht"),
    ],
)
def test_edit__impossible__is_refused_with_the_reason(change, words):
    with pytest.raises(EditRefused, match=words):
        change(draft())


def test_delete_node__forced__leaves_findings_where_rules_break():
    after = delete_node(draft(), "a.yes", force=True)
    assert {one.path for one in check_document(after) if one.code == "question_unknown"} == {"a.kids.pets.old", "b", ""}


def test_delete_node__with_open_notes__takes_them_along():
    assert delete_node(draft(), "a.kids.school")["todo"] == []


def test_set_texts__of_a_language__are_put_and_removed():
    after = set_texts(draft(), "a.pick", "en", {"label": "Pick", "option.x": "Ex", "help": "Help"})
    pick = find_raw(after, "a.pick")
    assert (pick["label"], pick["options"][0]["label"]["en"], pick["help"]) == (
        {"de": "Pick", "en": "Pick"},
        "Ex",
        {"en": "Help"},
    )
    assert "help" not in find_raw(set_texts(after, "a.pick", "en", {"help": ""}), "a.pick")


def test_list_texts__of_a_draft__names_every_text_and_set_texts_takes_the_names():
    source = draft()
    entries = list_texts(source, "en")
    assert {"title", "label", "option.x", "valid.0", "failed"} <= {entry.name for entry in entries}
    for entry in entries:
        source = set_texts(source, entry.path, "en", {entry.name: f"en {entry.source}"})
    assert all(entry.text for entry in list_texts(source, "en"))
    missing = [one for one in load_flow(source).warnings if one.code == "translation_missing"]
    assert missing == []


def test_edit__of_a_broken_draft__still_works():
    broken = draft() | {"requirements": [7, {"rule": {"var": []}}], "todo": "x"}
    broken["steps"].append({"id": 5})
    broken["steps"][0]["nodes"].append("oops")
    assert find_raw(rename_node(broken, "a.yes", "yep"), "a.yep")
    assert find_raw(delete_node(broken, "a.pick"), "a.pick") is None
