"""A form gets a section's questions, follows a newer state, lets go. Everything here is pure."""

from __future__ import annotations

from datetime import date

import pytest

from forms_engine.domain import check_document, content_hash, editing, evaluate, load_flow
from forms_engine.domain.differences import list_differences
from forms_engine.domain.sections.changing import (
    TakeOverRefused,
    detach,
    insert_section,
    is_true_copy,
    list_obstacles,
    take_over,
)
from forms_engine.domain.sections.copying import section_hash
from forms_engine.domain.sections.uses import find_use_around, list_uses
from forms_engine.domain.tree import find_raw
from tests.forms_engine.factories import de, dog_document
from tests.forms_engine.sections import changed_section, form_using, person_section

TODAY = date(2026, 11, 24)


def errors(document):
    return [str(found) for found in check_document(document) if found.is_error]


def test_insert__as_group__has_the_questions_whole_in_themselves():
    form = form_using(person_section())

    name, _, has_title, title = find_raw(form, "dog.holder")["nodes"]
    assert (name["purpose"], name["legal_basis"]) == (
        person_section()["purpose"],
        [{"title": "DSGVO Artikel 6"}],
    )
    assert title["options"] == person_section()["codelists"]["titles"]
    assert "codelist" not in title
    assert title["visible"] == {"==": [{"var": "dog.holder.has_title"}, True]}
    assert has_title["id"] == "has_title"
    assert check_document(form) == check_document(dog_document(key=form["key"]))


def test_insert__as_step__is_a_step_with_the_same_paths_below():
    form = form_using(person_section(), parent="", new_id="applicant")

    assert [use.path for use in list_uses(form)] == ["applicant"]
    assert form["steps"][-1]["title"] == de("Zur Person")
    assert find_raw(form, "applicant.title")["visible"] == {"==": [{"var": "applicant.has_title"}, True]}


def test_insert__twice__are_two_persons_whose_answers_and_rules_do_not_meet():
    section = person_section()
    form = insert_section(form_using(section), section, "dog", new_id="vet", title=de("Tierarzt"), is_other=True)

    assert errors(form) == []
    assert find_raw(form, "dog.holder.name")["autocomplete"] == "name"
    assert "autocomplete" not in find_raw(form, "dog.vet.name")
    found = evaluate(load_flow(form), {"dog.holder.has_title": True, "dog.vet.has_title": False}, today=TODAY)
    assert "dog.holder.title" in found.visible
    assert "dog.vet.title" not in found.visible
    with pytest.raises(editing.EditRefused, match="gibt es hier schon"):
        insert_section(form, section, "dog", new_id="vet", title=de("Noch einer"))


def test_insert__into_a_repeated_group__its_rules_stay_in_the_row():
    form = insert_section(dog_document(), person_section(), "family.children", new_id="teacher", title=de("Lehrkraft"))

    assert find_raw(form, "family.children.teacher.title")["visible"] == {
        "==": [{"var": "row.teacher.has_title"}, True]
    }
    assert errors(form) == []
    answers = {
        "family.children": ["r1", "r2"],
        "family.children.r1.teacher.has_title": True,
        "family.children.r2.teacher.has_title": False,
    }
    found = evaluate(load_flow(form), answers, today=TODAY)
    assert "family.children.r1.teacher.title" in found.visible
    assert "family.children.r2.teacher.title" not in found.visible


def test_insert__section_with_rows_into_rows__inner_rules_look_outwards():
    section = person_section()
    rule = {"==": [{"var": "angaben.has_title"}, True]}
    pet = {"id": "pet", "type": "text", "label": de("Tier"), "visible": rule}
    pets = {"id": "pets", "type": "group", "label": de("Tiere"), "repeat": {"min": 1}, "nodes": [pet]}
    some = {"some": [{"var": "angaben.pets"}, {"==": [{"var": "row.pet"}, "Hund"]}]}
    note = {"id": "note", "type": "text", "label": de("Hundename"), "visible": some}
    section["steps"][0]["nodes"] += [pets, note]
    assert errors(section) == []

    form = insert_section(dog_document(), section, "family.children", new_id="owner", title=de("Halter"))

    base = "family.children.owner"
    assert find_raw(form, f"{base}.pets.pet")["visible"] == {"==": [{"var": "outer.owner.has_title"}, True]}
    assert find_raw(form, f"{base}.note")["visible"]["some"][0] == {"var": "row.owner.pets"}
    assert errors(form) == []


def test_insert__languages_and_main_language__are_those_of_the_form():
    form = insert_section(
        dog_document(locales=["de"]), person_section(), "dog", new_id="holder", title={"de": "Zur Person"}
    )

    assert find_raw(form, "dog.holder.name")["label"] == {"de": "Name"}
    assert find_raw(form, "dog.holder.name")["purpose"] == {"de": "Damit wir wissen, wer Sie sind."}
    assert find_raw(form, "dog.holder.title")["options"][0]["label"] == {"de": "Dr."}


def test_hash__title_office_or_tests_change__stays_and_a_question_changes_it():
    section = person_section()
    same = section | {"title": de("Mensch"), "unit": "steuern", "minutes": 3, "tests": []}

    assert section_hash(same) == section_hash(section)
    assert section_hash(changed_section(section, label="Ihr Name")) != section_hash(section)
    assert section_hash(section | {"purpose": de("Anders")}) != section_hash(section)
    assert content_hash(same) != content_hash(section)


@pytest.mark.parametrize(
    "edit",
    [
        lambda form: editing.update_node(form, "dog.holder.name", {"label": de("Anders")}),
        lambda form: editing.replace_node(form, "dog.holder.name", {"type": "text"}),
        lambda form: editing.rename_node(form, "dog.holder.name", "other"),
        lambda form: editing.delete_node(form, "dog.holder.birth_date"),
        lambda form: editing.move_node(form, "dog.holder.name", "dog"),
        lambda form: editing.move_node(form, "dog.count", "dog.holder"),
        lambda form: editing.copy_node(form, "dog.holder.name"),
        lambda form: editing.shift(form, "dog.holder.name", 1),
        lambda form: editing.add_node(form, "dog.holder", {"id": "new", "type": "text", "label": de("Neu")}),
        lambda form: editing.set_texts(form, "dog.holder.name", "en", {"label": "Anders"}),
    ],
)
def test_edit__inside_a_section__is_refused_and_says_where_to_change_it(edit):
    with pytest.raises(editing.EditRefused, match=r"„Zur Person“ kommen aus einem Baustein.*lösen Sie die Verbindung"):
        edit(form_using(person_section()))


def test_edit__of_the_group_itself__keeps_the_connection_and_its_rules():
    form = form_using(person_section())
    shown = {"==": [{"var": "dog.has_chip"}, True]}

    form = editing.replace_node(form, "dog.holder", {"type": "group", "label": de("Halterin"), "visible": shown})
    form = editing.rename_node(form, "dog.holder", "keeper")
    form = editing.move_node(form, "dog.keeper", "family")

    assert is_true_copy(form, "family.keeper", person_section())
    assert find_raw(form, "family.keeper")["visible"] == shown
    copied = editing.copy_node(form, "family.keeper")
    assert is_true_copy(copied, "family.keeper_2", person_section())
    assert errors(copied) == []


def test_take_over__newer_state__keeps_what_the_form_says_and_names_the_difference():
    section = person_section()
    form = editing.update_node(form_using(section), "dog.holder", {"visible": {"==": [{"var": "dog.has_chip"}, True]}})
    newer = changed_section(section, label="Ihr voller Name")
    before = content_hash(form)

    taken = take_over(form, "dog.holder", newer)

    assert find_raw(taken, "dog.holder.name")["label"] == de("Ihr voller Name")
    assert find_raw(taken, "dog.holder")["visible"] == {"==": [{"var": "dog.has_chip"}, True]}
    assert list_uses(taken)[0].hash == section_hash(newer)
    assert content_hash(form) == before
    assert [one.sentence for one in list_differences(form, taken)] == [
        "„Zur Person“ hat einen anderen Stand des Bausteins „person“.",
        "Die Beschriftung von „Name“ lautet jetzt „Ihr voller Name“; vorher „Name“.",
        "Die Beschriftung von „Name“ (Englisch) lautet jetzt „Ihr voller Name (en)“; vorher „Name (en)“.",
    ]
    assert take_over(taken, "dog.holder", newer) == taken


def test_take_over__rules_of_the_form_need_what_is_gone__is_refused_with_their_names():
    section = person_section()
    rule = {">=": [{"age": [{"var": "dog.holder.birth_date"}]}, 18]}
    form = editing.update_node(form_using(section), "dog.chip", {"visible": rule})
    newer = changed_section(section, without="birth_date")

    with pytest.raises(TakeOverRefused) as refused:
        take_over(form, "dog.holder", newer)

    [said] = refused.value.obstacles
    assert said.startswith("„Geburtsdatum“ gibt es in diesem Stand des Bausteins nicht")
    assert "Regeln bei „Chip-Nummer“ fragen danach" in said
    assert list_obstacles(form_using(section), "dog.holder", newer) == []
    own_rule = changed_section(changed_section(section, without="title"), without="has_title")
    assert list_obstacles(form_using(section), "dog.holder", own_rule) == []


def test_take_over__another_section_or_none__is_refused():
    form = form_using(person_section())

    for path in ("dog.count", "dog.nothing"):
        with pytest.raises(editing.EditRefused):
            take_over(form, path, person_section())
    with pytest.raises(editing.EditRefused):
        take_over(form, "dog.holder", person_section(key="bank"))


def test_detach__makes_ordinary_questions_of_the_same_answers():
    form = form_using(person_section())

    loose = detach(form, "dog.holder")

    assert list_uses(loose) == []
    assert find_use_around(loose, "dog.holder.name") is None
    assert find_raw(loose, "dog.holder")["nodes"] == find_raw(form, "dog.holder")["nodes"]
    assert editing.delete_node(loose, "dog.holder.title") != loose
    assert [one.sentence for one in list_differences(form, loose)] == [
        "„Zur Person“ ist nicht mehr mit dem Baustein „person“ verbunden."
    ]


def test_true_copy__document_changed_elsewhere__is_seen():
    form = form_using(person_section())
    find_raw(form, "dog.holder.name")["max_length"] = 3

    assert not is_true_copy(form, "dog.holder", person_section())


def with_second_step(section):
    return section | {"steps": [*section["steps"], {"id": "more", "title": de("Mehr"), "nodes": []}]}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (with_second_step(person_section()), "section_steps"),
        (person_section(steps=[person_section()["steps"][0] | {"when": True}]), "section_steps"),
        (person_section(bring=[{"id": "b", "text": de("Ausweis")}]), "section_member"),
        (person_section() | {"steps": form_using(person_section())["steps"][1:2]}, "section_nested"),
    ],
)
def test_check__what_no_section_can_be__is_said(document, code):
    assert code in {found.code for found in check_document(document)}


def test_check__sound_section__needs_no_retention_and_no_purpose():
    section = person_section()
    del section["purpose"], section["legal_basis"]

    assert check_document(section) == []


@pytest.mark.parametrize(
    "reference", ["person", {"key": "person"}, {"key": "person", "hash": "abc"}, {"hash": "0" * 64}]
)
def test_check__broken_reference__is_an_error(reference):
    form = form_using(person_section())
    find_raw(form, "dog.holder")["section"] = reference

    assert {"section_invalid", "wrong_type"} & {found.code for found in check_document(form) if found.is_error}


def test_insert__a_section_into_a_section__is_refused():
    with pytest.raises(editing.EditRefused, match="keinen anderen Baustein"):
        insert_section(person_section(key="bank"), person_section(), "angaben", new_id="p", title=de("P"))
    with pytest.raises(editing.EditRefused, match="keinen anderen Baustein"):
        insert_section(form_using(person_section()), person_section(), "dog.holder", new_id="p", title=de("P"))
