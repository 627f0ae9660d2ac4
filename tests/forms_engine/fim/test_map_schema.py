"""From FIM to a form: types, limits, lists, repeats, steps, paths. One small file a test."""

from __future__ import annotations

import pytest

from forms_engine.fim.codelists import CodeLists, FoundList
from forms_engine.fim.model import Code
from tests.forms_engine.fim.drafts import document, imported, node_at, only_node, walk
from tests.forms_engine.fim.xdf import field, group, rule, schema

PATTERN = "[A-Z]{2}$"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (field("F1", limits={"minLength": "2", "maxLength": "9"}), {"type": "text", "min_length": 2, "max_length": 9}),
        (field("F1", limits={"pattern": PATTERN}), {"type": "text", "pattern": "[A-Z]{2}"}),
        (field("F1", limits={"maxLength": "4000"}), {"type": "long_text", "max_length": 4000}),
        (field("F1", name="Begründung"), {"type": "long_text"}),
        (field("F1", datatype="num_int", limits={"minValue": "1", "maxValue": "31"}),
         {"type": "integer", "min": 1, "max": 31}),
        (field("F1", datatype="num", limits={"minValue": "0.1"}), {"type": "decimal", "min": "0.1"}),
        (field("F1", datatype="num_currency"), {"type": "money", "currency": "EUR"}),
        (field("F1", datatype="bool"), {"type": "yes_no"}),
        (field("F1", datatype="date", limits={"minValue": "2020-01-01"}), {"type": "date", "min": "2020-01-01"}),
        (field("F1", datatype="time"), {"type": "text"}),
        (field("F60000000242"), {"type": "email"}),
        (field("F60000000240"), {"type": "phone"}),
        (field("F1", name="IBAN"), {"type": "iban"}),
        (field("F1", "0:1", datatype="file", max_size=5, media=("application/pdf",)),
         {"type": "file", "max_bytes": 5, "accept": ["application/pdf"], "max": 1, "required": False}),
        (field("F1", "0:*", datatype="file"), {"type": "file", "max": 20, "required": False}),
        (field("F1", "1:3", datatype="file"), {"type": "file", "min": 1, "max": 3, "required": True}),
        (field("F1", kind="select", codes={"1": "a"}), {"type": "choice", "codelist": "f1"}),
        (field("F1", "1:2", kind="select", codes={"1": "a"}), {"type": "multi_choice", "min": 1, "max": 2}),
        (field("F1", kind="label", content="Erste\n\n<Zweite>"),
         {"type": "content", "text": {"de": "<p>Erste</p><p>&lt;Zweite&gt;</p>"}}),
        (field("F1", kind="hidden", content="7"), {"type": "calculated", "value": "7", "show": False}),
        (field("F1", kind="locked", content="7"), {"type": "calculated", "value": "7", "show": True}),
    ],
)  # fmt: skip
def test_field__of_each_kind__becomes_its_type_with_limits(xml: str, expected: dict[str, object]) -> None:
    node = only_node(xml)
    assert {key: node.get(key) for key in expected} == expected


@pytest.mark.parametrize(("count", "required"), [("1:1", True), ("0:1", False)])
def test_field__required__follows_the_position_not_the_element(count: str, required: bool) -> None:
    assert only_node(field("F1", count))["required"] is required


def test_node__of_a_field__says_where_it_comes_from() -> None:
    node = only_node(field("F1", name="Amtswort", label="Ihre Frage", help="So geht es", version="2.1.0"))
    assert node["label"] == {"de": "Ihre Frage"}
    assert node["help"] == {"de": "So geht es"}
    assert node["source"] == {"fim": {"id": "F1", "version": "2.1.0", "name": "Amtswort", "at": "0", "count": "1:1"}}


def test_legal_basis__of_a_group__is_inherited_by_its_fields_and_that_of_the_schema_is_the_forms() -> None:
    found = document(schema(group("G1", field("F1"), field("F2", basis="§ 3"), basis="§ 2")))
    assert node_at(found, "g1.f1")["legal_basis"] == [{"title": "§ 2"}]
    assert node_at(found, "g1.f2")["legal_basis"] == [{"title": "§ 3"}]
    assert found["legal_basis"] == [{"title": "§ 1 Probegesetz", "url": "https://example.org/1"}]


def test_repeated_text__becomes_rows_of_one_question() -> None:
    node = only_node(field("F1", "2:5", label="Zeile"))
    assert (node["type"], node["repeat"]["min"], node["repeat"]["max"]) == ("group", 2, 5)
    assert [(child["id"], child["type"]) for child in node["nodes"]] == [("wert", "text")]


def test_repeated_list__of_yes_and_no__takes_one_answer() -> None:
    node = only_node(field("F1", "1:*", kind="select", codes={"1": "Ja", "2": "Nein"}))
    assert node["type"] == "choice"


def test_repeats__deeper_than_three__stand_once_and_are_reported() -> None:
    deep = field("F1", "0:*")
    for number in range(3):
        deep = group(f"G{number}", deep, count="0:*")
    result = imported(schema(deep))
    assert node_at(result.document, "g2.g2.g1.g0.f1")["type"] == "text"
    assert any("Mehr als 3 Wiederholungen" in note.text for note in result.report.notes)


def test_repeated_group__optional__starts_with_no_row() -> None:
    node = node_at(document(schema(group("G1", field("F1"), count="0:*"))), "g1.g1")
    assert node["repeat"]["min"] == 0
    assert "max" not in node["repeat"]


def test_optional_group__with_required_questions__is_asked_for() -> None:
    found = document(schema(group("G1", field("F0"), group("G2", field("F1"), count="0:1", label="Ihr Hund"))))
    question = node_at(found, "g1.g2_angeben")
    assert question["type"] == "yes_no"
    assert question["label"] == {"de": "Ihr Hund: Möchten Sie dazu etwas angeben?"}
    assert node_at(found, "g1.g2")["visible"] == {"==": [{"var": "g1.g2_angeben"}, True]}
    assert node_at(found, "g1.g2.f1")["required"] is True


def test_optional_group__with_nothing_required__is_just_shown() -> None:
    found = document(schema(group("G1", group("G2", field("F1", "0:1"), count="0:1"))))
    assert [path for path, _node in walk(found)] == ["g1.g2", "g1.g2.f1"]


def test_choice_group__asks_once_which_of_its_groups__and_shows_that_one() -> None:
    found = document(schema(group("G1", group("G2", field("F1")), group("G3", field("F2")), art="X")))
    chooser = node_at(found, "g1.g1.auswahl")
    assert [option["value"] for option in chooser["options"]] == ["g2", "g3"]
    assert node_at(found, "g1.g1.g3")["visible"] == {"==": [{"var": "g1.g1.auswahl"}, "g3"]}


def test_equal_ids_among_siblings__get_numbers_and_elsewhere_stay() -> None:
    found = document(schema(group("G1", field("F1"), field("F1"), group("G2", field("F1")))))
    assert [path for path, _node in walk(found)] == ["g1.f1", "g1.f1_2", "g1.g2", "g1.g2.f1"]


def test_single_fields_on_top__gather_in_one_step_and_uploads_come_last() -> None:
    found = document(schema(field("F1"), group("G1", field("F2")), field("F3"), field("F4", datatype="file")))
    steps = [(step["id"], [node["id"] for node in step["nodes"]]) for step in found["steps"]]
    assert steps == [("antrag", ["f1", "f3"]), ("g1", ["f2"]), ("unterlagen", ["f4"])]


def test_large_group__is_spread_over_steps_by_its_sub_groups() -> None:
    found = document(schema(group("G1", field("F0"), _large("G2"), _large("G3"), label="Oben")))
    assert [step["id"] for step in found["steps"]] == ["g1", "g1_g2", "g1_g3"]
    assert found["steps"][1]["source"]["within"][0]["id"] == "G1"


def test_large_optional_group__is_asked_for_first_and_its_steps_depend_on_the_answer() -> None:
    parts = [_large("G2"), _large("G3"), _large("G4")]
    found = document(schema(group("G1", field("F0"), *parts, count="0:1")))
    assert [step["id"] for step in found["steps"]] == ["g1", "g1_g2", "g1_g3", "g1_g4"]
    assert [node["id"] for node in found["steps"][0]["nodes"]] == ["g1_angeben", "g1"]
    assert found["steps"][2]["when"] == {"==": [{"var": "g1.g1_angeben"}, True]}


def test_rule__of_a_group_that_is_all_steps__stands_at_the_first_of_them() -> None:
    found = document(schema(group("G1", _large("G2"), _large("G3"), rules=(rule("R1", "Immer."),))))
    assert [step["id"] for step in found["steps"]] == ["g1_g2", "g1_g3"]
    assert found["todo"][0]["path"] == "g1_g2"


def test_steps__with_one_title__are_told_apart() -> None:
    twins = [_large("G2", label="Anschrift"), _large("G3", label="Anschrift")]
    found = document(schema(group("G1", field("F0"), *twins, label="Kind")))
    assert [step["title"]["de"] for step in found["steps"]][1:] == ["Kind: Anschrift", "Kind: Anschrift"]


def test_inline_lists__that_are_equal__are_kept_once() -> None:
    yes = {"1": "Ja", "2": "Nein"}
    found = document(schema(field("F1", kind="select", codes=yes), field("F2", kind="select", codes=yes),
                            field("F3", kind="select", codes={"1": "Ja"})))  # fmt: skip
    assert list(found["codelists"]) == ["f1", "f3"]
    assert found["codelists"]["f1"][0] == {"value": "1", "label": {"de": "Ja"}}


def test_named_list__that_we_bring_along__is_taken_and_reported() -> None:
    result = imported(schema(field("F1", kind="select", code_list="urn:de:dsmeld:schluesseltabelle:familienstand")))
    assert node_at(result.document, "antrag.f1")["codelist"] == "familienstand"
    assert any("mitgelieferte Liste" in note.text for note in result.report.notes)


def test_named_list__that_the_office_gives__wins() -> None:
    uri = "urn:example:liste"
    lists = CodeLists({uri: FoundList("liste", (Code("A", "Eins"),), "liste.xml")})
    result = imported(schema(field("F1", kind="select", code_list=uri)), codelists=lists)
    assert result.document["codelists"] == {"liste": [{"value": "A", "label": {"de": "Eins"}}]}


def test_named_list__that_nobody_has__becomes_text_and_is_reported_with_its_name() -> None:
    result = imported(schema(field("F1", kind="select", code_list="urn:example:unbekannt")))
    assert node_at(result.document, "antrag.f1")["type"] == "text"
    assert any("urn:example:unbekannt" in note.text for note in result.report.notes)


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        (field("F1", kind="locked"), "gesperrt"),
        (field("F1", kind="hidden"), "verborgen"),
        (field("F1", limits={"pattern": "(?<=a)b"}), "Muster"),
        (field("F1", prefill="optional"), "Vorbefüllung"),
        (field("F1", datatype="datetime"), "Zeitpunkt"),
        (field("F1", datatype="obj"), "Objekt"),
        (field("F1", datatype="num", limits={"minValue": "viel"}), "keine Zahl"),
        (field("F1", "0:*"), "mehrfach"),
        (field("F1", datatype="file"), "Vorgabe des Hauses"),
        (field("F1", datatype="file", max_size=10**12), "gekürzt"),
    ],
)
def test_deviation__of_each_kind__stands_in_the_report(xml: str, says: str) -> None:
    assert any(says in note.text for note in imported(schema(xml)).report.notes)


def test_rules__each_of_them__stay_beside_their_element() -> None:
    rules = (rule("R1", "Es muss regnen."),)
    result = imported(schema(group("G1", field("F1"), rules=rules), rules=(rule("R2", "Immer."),)))
    assert [(one.get("path"), one["source"], one["text"]) for one in result.document["todo"]] == [
        (None, "R2", "Immer."),
        ("g1", "R1", "Es muss regnen."),
    ]
    assert any("R1 an g1: Es muss regnen." in line for line in result.report.lines())


def test_partial_date__keeps_three_fields_and_checks_them() -> None:
    parts = [field("F60000000231", "0:1", datatype="num_int"), field("F60000000232", "0:1", datatype="num_int"),
             field("F60000000233", datatype="num_int")]  # fmt: skip
    rules = (rule("R60000000023", "Wenn Tag, dann Monat."), rule("R60000000024", "Das Datum gibt es."))
    found = document(schema(group("G1", field("F1"), group("G60000000083", *parts, rules=rules))))
    day = {"var": "g1.g60000000083.f60000000231"}
    assert node_at(found, "g1.g60000000083.f60000000232")["required"] == {"not": [{"is_empty": [day]}]}
    assert "is_valid_date" in str(node_at(found, "g1.g60000000083.f60000000231")["valid"])


def _large(ident: str, label: str = "") -> str:
    return group(ident, *(field(f"{ident.replace('G', 'F')}{number}") for number in range(8)), label=label)
