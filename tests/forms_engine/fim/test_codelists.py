"""Code lists from outside: the bundled ones and Genericode files."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms_engine.fim.bundled_lists import BUNDLED
from forms_engine.fim.codelists import CodeLists, list_key, read_folder, read_genericode
from forms_engine.fim.errors import FimInvalid
from forms_engine.fim.model import CodeListReference

STATES = "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staat"
GENERICODE = b"""<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">
<Annotation/><Identification><ShortName>x</ShortName><CanonicalUri>urn:example:farbe</CanonicalUri></Identification>
<ColumnSet><Column Id="code"/><Column Id="name"/><Key Id="k"><ColumnRef Ref="code"/></Key></ColumnSet>
<SimpleCodeList><Row><Value ColumnRef="code"><SimpleValue>1</SimpleValue></Value>
<Value ColumnRef="name"><SimpleValue>rot</SimpleValue></Value></Row></SimpleCodeList></gc:CodeList>"""


def test_bundled_lists__have_unique_codes_and_names() -> None:
    for uri, codes in BUNDLED.items():
        assert len({code.value for code in codes}) == len(codes), uri
        assert len({code.name for code in codes}) == len(codes), uri


def test_states__are_sorted_for_people__with_germany_first() -> None:
    names = [code.name for code in BUNDLED[STATES]]
    assert names[:3] == ["Deutschland", "Afghanistan", "Ägypten"]
    assert 190 < len(names) < 210


def test_genericode__of_the_xrepository__is_read() -> None:
    uri, codes = read_genericode(GENERICODE)
    assert (uri, [(code.value, code.name) for code in codes]) == ("urn:example:farbe", [("1", "rot")])


def test_folder__with_genericode_files__serves_them(tmp_path: Path) -> None:
    (tmp_path / "farbe.xml").write_bytes(GENERICODE)
    found = read_folder(tmp_path).find(CodeListReference("urn:example:farbe"))
    assert found is not None
    assert (found.key, found.origin) == ("farbe", "farbe.xml")


@pytest.mark.parametrize("content", [b"<a/>", b"nothing", GENERICODE.replace(b"urn:example:farbe", b"")])
def test_genericode__that_is_none__is_refused(content: bytes) -> None:
    with pytest.raises(FimInvalid):
        read_genericode(content)


def test_folder__that_is_not_there__is_refused(tmp_path: Path) -> None:
    with pytest.raises(FimInvalid, match="nicht da"):
        read_folder(tmp_path / "fehlt")


def test_unknown_list__is_not_found() -> None:
    assert CodeLists().find(CodeListReference("urn:example:nichts")) is None


@pytest.mark.parametrize(("uri", "key"), [(STATES, "staat"), ("urn:x:1. Liste", "liste_1__liste"), ("a:B-c", "b_c")])
def test_list_key__is_short_and_plain(uri: str, key: str) -> None:
    assert list_key(uri) == key
