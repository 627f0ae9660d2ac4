"""Reading an XDatenfelder file: what is taken as it stands, and what is refused with one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms_engine.fim import xml_tree
from forms_engine.fim.errors import FimInvalid
from forms_engine.fim.model import DataField, Group
from forms_engine.fim.reader import read_schema
from tests.forms_engine.fim.xdf import CLOSE, NAMESPACE, OPEN, field, group, rule, schema


def test_schema__with_nested_groups__keeps_order_and_cardinality() -> None:
    found = read_schema(schema(group("G1", field("F1"), group("G2", field("F2", "2:5"), count="0:*"))))
    seen = [(one.element.id, one.minimum, one.maximum) for one in found.walk()]
    assert seen == [("G1", 1, 1), ("F1", 1, 1), ("G2", 0, None), ("F2", 2, 5)]


def test_field__with_everything__is_decoded() -> None:
    xml = field("F1", kind="select", name="Amtswort", label="Frage", help="Hilfe", limits={"maxLength": "3"},
                codes={"001": "Ja"}, basis="§ 2")  # fmt: skip
    found = read_schema(schema(xml)).children[0].element
    assert isinstance(found, DataField)
    assert (found.name, found.label, found.help, found.kind) == ("Amtswort", "Frage", "Hilfe", "select")
    assert found.constraints.max_length == 3
    assert found.codes is not None
    assert [(code.value, code.name) for code in found.codes] == [("001", "Ja")]
    assert [one.text for one in found.references] == ["§ 2"]


def test_rule__on_group__is_kept_with_its_prose() -> None:
    found = read_schema(schema(group("G1", field("F1"), rules=(rule("R1", "Wenn  es regnet."),)))).children[0].element
    assert isinstance(found, Group)
    assert [(one.id, one.text) for one in found.rules] == [("R1", "Wenn  es regnet.")]


def test_relations__are_counted_and_not_read() -> None:
    relation = "<xdf3:relation><xdf3:objekt><xdf3:id>F9</xdf3:id></xdf3:objekt></xdf3:relation>"
    content = schema(field("F1")).replace(
        b"<xdf3:bezeichnungEingabe>", relation.encode() * 3 + b"<xdf3:bezeichnungEingabe>"
    )
    assert read_schema(content).skipped["relation"] == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "kein vollständiges XML"),
        (b"%PDF-1.7 nothing", "kein vollständiges XML"),
        (schema(field("F1"))[:-60], "abgeschnitten"),
        (schema(field("F1")).replace(b"xdatenfelder_3.0.0", b"xdatenfelder_2"), "XDatenfelder 2"),
        (schema(field("F1")).replace(b"xdatenfelder_3.0.0", b"xdatenfelder_4.1"), "XDatenfelder 4.1"),
        (b'<a xmlns="urn:other"/>', "keine FIM-Datei"),
        (b"<html></html>", "keine FIM-Datei"),
        (f'<x:other.0101 xmlns:x="{NAMESPACE}"/>'.encode(), "wird nicht gelesen"),
        (f"{OPEN}{CLOSE}".encode(), "fehlt „stammdatenschema“"),
        (schema(), "kein Feld"),
        (schema(field("row")), "Kennung „row“ ist ungültig"),
        (schema(field("F1", version="neu")), "Version „neu“ ist ungültig"),
        (schema(field("F1", "1:0")), "unmöglich"),
        (schema(field("F1", "viele")), "Anzahl"),
        (schema(field("F1", datatype="blob")), "„datentyp“"),
        (schema(field("F1", limits={"maxLength": "viel"})), "keine ganze Zahl"),
        (schema(field("F1", limits={"colour": "red"})), "Präzisierung"),
        (schema(field("F1", codes={"1": "a"})).replace(b"</xdf3:werte>", b"<xdf3:wert><xdf3:code>1</xdf3:code>"
         b"<xdf3:name>b</xdf3:name></xdf3:wert></xdf3:werte>"), "zweimal"),
        (schema(field("F1")).replace(b"<xdf3:header/>", b"<!DOCTYPE x>"), "kein vollständiges XML"),
        (b"<?xml version='1.0' encoding='klingon'?>" + schema(field("F1")), "Zeichenkodierung"),
    ],
)  # fmt: skip
def test_file__that_is_none_of_ours__is_refused_in_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(FimInvalid) as refused:
        read_schema(content)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_billion_laughs__is_refused_before_any_entity_is_read() -> None:
    bomb = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + schema(field("F1", label="x")).decode()
    with pytest.raises(FimInvalid, match="DTD"):
        read_schema(bomb.encode())


def test_file__deeper_than_allowed__is_refused() -> None:
    deep = field("F1")
    for number in range(xml_tree.MAX_DEPTH):
        deep = group(f"G{number}", deep)
    with pytest.raises(FimInvalid, match="tiefer als 32"):
        read_schema(schema(deep))


def test_file__with_too_many_elements__is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_tree, "MAX_ELEMENTS", 20)
    with pytest.raises(FimInvalid, match="mehr als 20"):
        read_schema(schema(field("F1"), field("F2")))


def test_file__too_large__is_refused_unread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "gross.xml"
    path.write_bytes(b" " * 2048)
    monkeypatch.setattr(xml_tree, "MAX_BYTES", 1024)
    with pytest.raises(FimInvalid, match="größer"):
        xml_tree.read_bytes(path)


def test_file__that_is_a_folder__is_refused(tmp_path: Path) -> None:
    with pytest.raises(FimInvalid, match="lässt sich nicht lesen"):
        xml_tree.read_bytes(tmp_path)


def test_parser_cases__version_3__end_as_expected(shared_data: Path) -> None:
    cases = json.loads((shared_data / "fim/parser-cases/expected.json").read_text())
    ours = [case for case in cases if case["file"].startswith("v3-data/")]
    assert len(ours) == 8
    for case in ours:
        outcome, line = _outcome(shared_data / "fim/parser-cases" / case["file"])
        assert outcome == case["outcome"], case["file"]
        expected = case["details"].get("line")
        assert expected is None or abs(line - expected) <= 2, case["file"]


def test_parser_cases__version_2__are_refused_by_name(shared_data: Path) -> None:
    paths = sorted((shared_data / "fim/parser-cases/v2-data").glob("*.xml"))
    assert len(paths) == 10
    for path in paths:
        with pytest.raises(FimInvalid, match="XDatenfelder"):
            read_schema(path.read_bytes())


def _outcome(path: Path) -> tuple[str, int]:
    try:
        read_schema(path.read_bytes())
    except FimInvalid as refused:
        return "error", refused.line or 0
    return "ok", 0
