"""A second import: nothing of the editors' work is lost, nothing new of the file is missed."""

from __future__ import annotations

from copy import deepcopy

import pytest

from forms_engine.fim.mapping import map_schema
from forms_engine.fim.reader import read_schema
from forms_engine.fim.revision import Merged, known_steps, merge, stamp
from tests.forms_engine.fim.drafts import Json, node_at
from tests.forms_engine.fim.xdf import field, group, rule, schema

FIRST = schema(
    group("G1", field("F1", label="Name"), field("F2", kind="select", codes={"1": "Ja"}), rules=(rule("R1", "Alt."),))
)


def _read(content: bytes, draft: Json | None = None) -> Json:
    steps = known_steps(draft or {})
    return stamp(map_schema(read_schema(content), key="probe", unit="amt", known_steps=steps).document)


def _again(draft: Json, content: bytes) -> Merged:
    return merge(draft, _read(content, draft))


def _newer(content: bytes, *changes: tuple[str, str]) -> bytes:
    text = content.decode()
    for old, new in (*changes, ("<xdf3:version>1.0.0</xdf3:version>", "<xdf3:version>1.1.0</xdf3:version>")):
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def test_same_file__changes_nothing() -> None:
    draft = _read(FIRST)
    merged = _again(draft, FIRST)
    assert (merged.document, merged.changes, merged.kept) == (draft, [], [])


def test_same_file__after_edits__changes_nothing() -> None:
    draft = _edited(_read(FIRST))
    merged = _again(draft, FIRST)
    assert (merged.document, merged.changes, merged.kept) == (draft, [], [])


def _edited(draft: Json) -> Json:
    """An editor at work: renames, requires, adds, deletes, translates, deals with a rule."""
    draft = deepcopy(draft)
    step = draft["steps"][0]
    step["nodes"][0]["label"] = {"de": "Ihr Name", "en": "Your name"}
    step["nodes"][0]["required"] = False
    step["nodes"].append({"id": "eigene", "type": "text", "label": {"de": "Eigene Frage"}})
    draft["codelists"]["f2"][0]["label"]["en"] = "Yes"
    draft["todo"] = []
    draft["title"] = {"de": "Schöner Titel"}
    return draft


def test_new_version__with_a_new_label__takes_it_and_keeps_the_translation() -> None:
    draft = _read(FIRST)
    node_at(draft, "g1.f1")["label"]["en"] = "Name"
    merged = _again(draft, _newer(FIRST, (">Name<", ">Familienname<")))
    assert node_at(merged.document, "g1.f1")["label"] == {"de": "Familienname", "en": "Name"}
    assert merged.changes == ["Version 1.0.0 wird 1.1.0", "Geändert: g1.f1 (Texte)"]


def test_new_version__where_the_editor_changed_the_same__keeps_the_editors_and_says_so() -> None:
    merged = _again(_edited(_read(FIRST)), _newer(FIRST, (">Name<", ">Familienname<")))
    assert node_at(merged.document, "g1.f1")["label"]["de"] == "Ihr Name"
    assert merged.kept == ["g1.f1 (Texte)"]


def test_new_version__where_the_editor_changed_a_rule__still_takes_the_new_words() -> None:
    draft = _read(FIRST)
    node_at(draft, "g1.f1")["required"] = False
    merged = _again(draft, _newer(FIRST, (">Name<", ">Familienname<")))
    assert node_at(merged.document, "g1.f1")["label"] == {"de": "Familienname"}
    assert node_at(merged.document, "g1.f1")["required"] is False


def test_new_version__with_another_field__puts_it_where_the_file_has_it() -> None:
    newer = schema(group("G1", field("F0"), field("F1", label="Name"), field("F3")), version="1.1.0")
    merged = _again(_edited(_read(FIRST)), newer)
    ids = [node["id"] for node in merged.document["steps"][0]["nodes"]]
    assert ids == ["f0", "f1", "f3", "eigene"]
    assert {"Neu: g1.f0", "Neu: g1.f3", "Entfällt: g1.f2"} <= set(merged.changes)


def test_new_version__without_a_field_the_editor_changed__keeps_it_and_says_so() -> None:
    draft = _edited(_read(FIRST))
    merged = _again(draft, schema(group("G1", field("F3")), version="1.1.0"))
    assert "f1" in [node["id"] for node in merged.document["steps"][0]["nodes"]]
    assert any("g1.f1 (steht nicht mehr" in kept for kept in merged.kept)


def test_field__that_the_editor_deleted__stays_away() -> None:
    draft = _read(FIRST)
    del draft["steps"][0]["nodes"][0]
    merged = _again(draft, _newer(FIRST))
    assert [node["id"] for node in merged.document["steps"][0]["nodes"]] == ["f2"]


def test_rule__that_the_editor_dealt_with__stays_away_until_it_reads_differently() -> None:
    draft = _edited(_read(FIRST))
    assert _again(draft, _newer(FIRST)).document["todo"] == []
    merged = _again(draft, _newer(FIRST, ("Alt.", "Neu.")))
    assert [one["text"] for one in merged.document["todo"]] == ["Neu."]


def test_list__with_a_new_code__is_taken_and_keeps_translations() -> None:
    newer = FIRST.decode().replace("<xdf3:werte>", "<xdf3:werte><xdf3:wert><xdf3:code>0</xdf3:code>"
                                   "<xdf3:name>Nein</xdf3:name></xdf3:wert>")  # fmt: skip
    merged = _again(_edited(_read(FIRST)), newer.encode())
    assert merged.document["codelists"]["f2"] == [
        {"value": "0", "label": {"de": "Nein"}},
        {"value": "1", "label": {"de": "Ja", "en": "Yes"}},
    ]


def test_steps__stay_as_they_were__when_a_group_grows() -> None:
    children = [field(f"F2{number}") for number in range(5)]
    small = schema(group("G1", field("F1"), group("G2", *children)))
    large = schema(group("G1", *(field(f"F1{n}") for n in range(9)), group("G2", *children)), version="1.1.0")
    assert [step["id"] for step in _read(large)["steps"]] == ["g1", "g1_g2"]
    assert [step["id"] for step in _again(_read(small), large).document["steps"]] == ["g1"]


@pytest.mark.parametrize("times", [2, 3])
def test_merge__again_and_again__settles_at_once(times: int) -> None:
    newer = _newer(FIRST, (">Name<", ">Familienname<"))
    draft = _again(_edited(_read(FIRST)), newer).document
    for _ in range(times):
        merged = _again(draft, newer)
        assert (merged.document, merged.changes, merged.kept) == (draft, [], [])
