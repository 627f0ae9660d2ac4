"""Code lists that a schema only names: the small ones we bring along, and those an office lays beside the schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from forms_engine.fim.bundled_lists import BUNDLED
from forms_engine.fim.errors import FimInvalid
from forms_engine.fim.model import Code, CodeListReference
from forms_engine.fim.xml_tree import Node, parse_xml, read_bytes

OURS = "mitgelieferte Liste"


@dataclass(frozen=True, slots=True)
class FoundList:
    key: str
    codes: tuple[Code, ...]
    origin: str


@dataclass(slots=True)
class CodeLists:
    """Finds a list by its URI. Lists given by the office go before the bundled ones."""

    given: dict[str, FoundList] = field(default_factory=dict)

    def find(self, reference: CodeListReference) -> FoundList | None:
        given = self.given.get(reference.uri)
        if given:
            return given
        codes = BUNDLED.get(reference.uri)
        return FoundList(list_key(reference.uri), codes, OURS) if codes else None


def read_folder(folder: Path) -> CodeLists:
    """All Genericode files (`*.xml`, the format of the XRepository) in `folder`."""
    if not folder.is_dir():
        raise FimInvalid(f"Der Ordner {folder.name} mit Codelisten ist nicht da.")
    lists = CodeLists()
    for path in sorted(folder.glob("*.xml")):
        uri, codes = read_genericode(read_bytes(path))
        lists.given[uri] = FoundList(list_key(uri), codes, path.name)
    return lists


def list_key(uri: str) -> str:
    """`urn:…:schluessel:staat` -> `staat`."""
    last = uri.rsplit(":", 1)[-1].lower()
    key = "".join(char if char.isascii() and char.isalnum() else "_" for char in last).strip("_")
    return (key if key[:1].isalpha() else f"liste_{key}")[:60]


def read_genericode(content: bytes) -> tuple[str, tuple[Code, ...]]:
    """URI and codes of one Genericode 1.0 list: the key column is the code, the first other column the name."""
    root = parse_xml(content)
    uri = _first(root, "Identification", "CanonicalUri").text
    columns = _first(root, "ColumnSet")
    key = next((node for node in columns.children if node.tag == "Key"), None)
    keys = [node.attributes.get("Ref", "") for node in key.children if node.tag == "ColumnRef"] if key else []
    ids = [node.attributes.get("Id", "") for node in columns.children if node.tag == "Column"]
    if not uri or not ids:
        raise FimInvalid("Die Codeliste ist kein Genericode mit Kennung und Spalten.", line=root.line)
    code_column = keys[0] if keys else ids[0]
    name_column = next((ident for ident in ids if ident != code_column), code_column)
    rows = [_row(node, ids) for node in _first(root, "SimpleCodeList").children if node.tag == "Row"]
    codes = {row[code_column]: row.get(name_column) or row[code_column] for row in rows if row.get(code_column)}
    return uri, tuple(Code(value, name) for value, name in codes.items())


def _row(node: Node, ids: list[str]) -> dict[str, str]:
    values = [child for child in node.children if child.tag == "Value"]
    return {
        child.attributes.get("ColumnRef") or ids[min(index, len(ids) - 1)]: child.children[0].text
        for index, child in enumerate(values)
        if child.children
    }


def _first(node: Node, *tags: str) -> Node:
    for tag in tags:
        found = next((child for child in node.children if child.tag == tag), None)
        if found is None:
            raise FimInvalid(f"In der Codeliste fehlt „{tag}“.", line=node.line)
        node = found
    return node
