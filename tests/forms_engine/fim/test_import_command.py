"""`manage.py import_fim`: what it saves, what it says, and that a bad file changes nothing."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.api import Unit, ensure_unit
from forms_engine.domain import load_flow
from forms_engine.models import Form, FormChange
from forms_engine.services.forms import publish_form
from tests.forms_engine.fim.xdf import field, group, rule, schema

pytestmark = pytest.mark.django_db
IDENT, KEY = "S12345678901", "s12345678901"
FILE = schema(group("G1", field("F1", label="Name"), rules=(rule("R1", "Immer lächeln."),)), label="Hund anmelden")

F1, F2 = "F00000000001", "F00000000002"
WHEN = {"equal": [{"identifier": F1}, "001"]}
RULED = schema(
    group(
        "G1",
        field(F1, kind="select", codes={"001": "ja", "002": "nein"}),
        field(F2, "0:1"),
        rules=(rule("R1", f"Wenn {F1} ja ist, ist {F2} zu nennen."), rule("R2", "Immer lächeln.")),
    )
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "schema.xdf.xml"
    found.write_bytes(FILE)
    return found


def _import(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_fim", str(path), *options, stdout=out)
    return out.getvalue()


def test_import__first_time__creates_the_form_and_says_what_it_took(path: Path) -> None:
    ensure_unit("steuern", name="Steuern")
    said = _import(path, "--key", "hund", "--unit", "steuern")
    form = Form.objects.get(key="hund")
    assert (form.title, form.unit.key, form.draft["source"]["fim"]["id"]) == ("Hund anmelden", "steuern", IDENT)
    assert (
        "Übernommen: 1 Schritte, 1 Gruppen, 1 Felder, 0 Codelisten (0 Werte), 1 Regeln, 0 amtliche Regelbäume." in said
    )
    assert "R1 an g1: Immer lächeln." in said


def test_import__without_key_and_unit__takes_the_fim_id_and_says_that_the_unit_is_open(path: Path) -> None:
    ensure_unit("a", name="A")
    ensure_unit("b", name="B")
    said = _import(path)
    assert Form.objects.get(key=KEY).unit.name == "Noch keinem Amt zugeordnet"
    assert "Kein Amt angegeben" in said


def test_import__where_there_is_one_unit__takes_it(path: Path) -> None:
    ensure_unit("buergerbuero", name="Bürgerbüro")
    _import(path)
    assert Form.objects.get(key=KEY).unit.key == "buergerbuero"


def test_import__twice__changes_nothing_and_says_so(path: Path) -> None:
    _import(path)
    before = Form.objects.values().get(key=KEY)
    assert "Keine Änderung" in _import(path)
    assert Form.objects.values().get(key=KEY) == before
    assert FormChange.objects.count() == 1


def test_import__of_a_newer_version__updates_the_draft_and_shows_the_difference(path: Path) -> None:
    _import(path)
    path.write_bytes(schema(group("G1", field("F1", label="Rufname"), field("F2")), version="1.10.0"))
    said = _import(path)
    form = Form.objects.get(key=KEY)
    assert [node["id"] for node in form.draft["steps"][0]["nodes"]] == ["f1", "f2"]
    assert form.draft_version == 2
    for line in ("Version 1.0.0 wird 1.10.0", "Neu: g1.f2", "Geändert: g1.f1 (Texte)", "Regel entfällt: R1"):
        assert line in said


def test_import__of_an_older_version__is_refused(path: Path) -> None:
    path.write_bytes(schema(group("G1", field("F1")), version="1.10.0"))
    _import(path)
    path.write_bytes(schema(group("G1", field("F1")), version="1.9.0"))
    with pytest.raises(CommandError, match=r"steht schon auf Version 1\.10\.0"):
        _import(path)


def test_child_day_care_permit__imported__can_be_published_at_once(shared_data: Path) -> None:
    _import(shared_data / "fim/schemas/S05000001299/schema.xdf.xml", "--key", "kindertagespflege")
    version = publish_form(Form.objects.get(key="kindertagespflege"), by=None)
    assert version.number == 1
    assert len(load_flow(version.document).steps) == 11


def _graph(*edges: Any, ident: str = IDENT) -> str:
    return json.dumps({"schema": {"fim_id": ident, "fim_version": "1.0.0"}, "edges": list(edges)})


def _edge(**changed: Any) -> dict[str, Any]:
    return {
        "kind": "condition", "origin": "api", "context": [IDENT, "G1"], "actions": ["required"], "target_id": F2,
        "text": "Bitte nennen.", "condition": WHEN, "scope": None,
    } | changed  # fmt: skip


def test_import__with_rule_trees_beside_the_schema__models_them_and_says_for_each_rule_what_became_of_it(
    path: Path,
) -> None:
    path.write_bytes(RULED)
    path.with_name("graph.json").write_text(_graph(_edge()))
    said = _import(path)
    draft = Form.objects.get(key=KEY).draft
    assert draft["steps"][0]["nodes"][1]["required"] == {"==": [{"var": "g1.f00000000001"}, "001"]}
    assert [(one["source"], one["by"]) for one in draft["source"]["modelled"]] == [("R1", "tree")]
    assert [one["source"] for one in draft["todo"]] == ["R2"]
    for line in ("Amtliche Regelbäume: graph.json.", "Nach dem amtlichen Regelbaum modelliert (1 von 2 Regeln):",
                 "Noch zu modellieren (1 von 2 Regeln):", "Vorschlag: "):  # fmt: skip
        assert line in said


def test_import__told_to_leave_the_trees__leaves_them(path: Path) -> None:
    path.write_bytes(RULED)
    path.with_name("graph.json").write_text(_graph(_edge()))
    assert "keine Datei gelesen" in _import(path, "--no-rules")
    assert len(Form.objects.get(key=KEY).draft["todo"]) == 2


@pytest.mark.parametrize(("land", "taken"), [("TH", True), ("BY", False)])
def test_import__of_a_tree_that_holds_in_some_laender__takes_it_there_only(path: Path, land: str, taken: bool) -> None:
    path.write_bytes(RULED)
    path.with_name("graph.json").write_text(_graph(_edge(scope=["TH", "NW"])))
    said = _import(path, "--land", land)
    assert ("gelten nur in anderen Ländern" in said) is not taken
    assert bool(Form.objects.get(key=KEY).draft["source"]["modelled"]) is taken


@pytest.mark.parametrize(
    ("graph", "says"),
    [
        ("{", "kein gültiges JSON"),
        ("[]", "kein JSON-Objekt"),
        ("{}", "keine Angabe zum Schema"),
        (_graph(ident="S99999999999"), "gehören zu S99999999999"),
        (_graph(_edge(context="G1")), "context"),
        (_graph(_edge(actions=["explode"])), "unbekannte Wirkung"),
        (_graph(_edge(target_id="")), "kein Ziel"),
        (_graph(_edge(condition={"eval": "x"})), "„eval“"),
        (_graph(_edge(condition={"not": {"not": {}}})), "keine Bedingung"),
    ],
)
def test_import__with_a_broken_file_of_trees__gives_one_sentence_and_changes_nothing(
    path: Path, graph: str, says: str
) -> None:
    path.with_name("graph.json").write_text(graph)
    with pytest.raises(CommandError, match=r"^graph\.json: ") as refused:
        _import(path)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert Form.objects.count() == 0


def test_import__with_trees_of_a_place_that_is_not_there__says_so_and_takes_the_rest(path: Path) -> None:
    path.write_bytes(RULED)
    path.with_name("graph.json").write_text(_graph(_edge(), _edge(context=["G9"])))
    assert "1 amtliche Regelbäume zu einer Stelle, die es im Schema nicht gibt (G9)" in _import(path)
    assert len(Form.objects.get(key=KEY).draft["source"]["modelled"]) == 1


def test_import__over_a_form_of_another_origin__is_refused(path: Path) -> None:
    _import(path, "--key", "hund")
    path.write_bytes(schema(field("F1"), ident="S99999999999"))
    with pytest.raises(CommandError, match="stammt nicht aus dem Schema S99999999999"):
        _import(path, "--key", "hund")


def test_dry_run__reports_and_saves_nothing(path: Path) -> None:
    said = _import(path, "--dry-run")
    assert "Probelauf" in said
    assert (Form.objects.count(), Unit.objects.count()) == (0, 0)


def test_dry_run__over_a_draft__shows_the_difference_and_saves_nothing(path: Path) -> None:
    _import(path)
    path.write_bytes(schema(group("G1", field("F1", label="Rufname")), version="2.0.0"))
    assert "Geändert: g1.f1 (Texte)" in _import(path, "--dry-run")
    assert Form.objects.get(key=KEY).draft_version == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (FILE[:-40], "abgeschnitten"),
        (FILE.replace(b"xdatenfelder_3.0.0", b"xdatenfelder_2"), "XDatenfelder 2"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DTD"),
        (b"", "kein vollständiges XML"),
    ],
)
def test_import__of_a_bad_file__gives_one_sentence_and_changes_nothing(path: Path, content: bytes, says: str) -> None:
    _import(path)
    before = Form.objects.values().get()
    path.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        _import(path)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 1
    assert Form.objects.values().get() == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--unit", "mondamt"), "„mondamt“ gibt es nicht"),
        (("--key", "Große Hunde"), "Kürzel"),
        (("--codelists", "/nirgends"), "Ordner"),
    ],
)
def test_import__with_a_wrong_option__says_which(path: Path, options: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        _import(path, *options)
    assert Form.objects.count() == 0
