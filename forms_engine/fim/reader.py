"""XDatenfelder 3.0 to `model.Schema`. Strict: what the standard does not name is refused, not ignored.

Source of the structure: XDatenfelder 3.0.0 (FITKO), messages stammdatenschema.0102 and datenfeldgruppe.0103.
Coded values are an element with a child `code` that has no namespace; the text of the element itself is blank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, TypedDict

from forms_engine.fim.errors import FimInvalid
from forms_engine.fim.model import (
    Code,
    CodeListReference,
    Constraints,
    DataField,
    Group,
    Position,
    Reference,
    Rule,
    Schema,
    Tree,
)
from forms_engine.fim.record import read_record, scripts_of
from forms_engine.fim.trees import from_script
from forms_engine.fim.vocabulary import (
    DATATYPES,
    FIELD_KINDS,
    GROUP_KINDS,
    KNOWN_CHILDREN,
    NAMESPACE,
    NAMESPACE_2,
    NAMESPACE_STEM,
    NOT_TAKEN,
    REPEATABLE,
    STATUS,
)
from forms_engine.fim.xml_tree import Node, parse_xml

SCHEMA_MESSAGE = "xdatenfelder.stammdatenschema.0102"
GROUP_MESSAGE = "xdatenfelder.datenfeldgruppe.0103"
COUNT = re.compile(r"(\d{1,4}):(\d{1,4}|\*)")
IDENT = re.compile(r"[A-Z][0-9]{1,20}")
VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,2}")


def read_schema(content: bytes) -> Schema:
    """The schema in `content` (the bytes of the file). Raises `FimInvalid` with one German sentence."""
    root = parse_xml(content, skip=frozenset({"relation"}))
    _check_message(root)
    counts: Counter[str] = Counter()
    if root.tag == SCHEMA_MESSAGE:
        return _schema(_required(root, "stammdatenschema"), counts)
    group = _group(_required(root, "datenfeldgruppe"), counts)
    return Schema(
        id=group.id, version=group.version, name=group.name, label=group.label, references=group.references,
        children=(Position(1, 1, group),), skipped=dict(counts),
    )  # fmt: skip


def _check_message(root: Node) -> None:
    if root.namespace == NAMESPACE_2:
        raise FimInvalid(
            "Das ist XDatenfelder 2. Gelesen wird Version 3.0. "
            "Bitte die Datei zuerst mit dem Konverter des FIM-Portals umwandeln.",
            line=root.line,
        )
    if root.namespace.startswith(NAMESPACE_STEM) and root.namespace != NAMESPACE:
        other = root.namespace.removeprefix(NAMESPACE_STEM).lstrip("_")
        raise FimInvalid(f"Das ist XDatenfelder {other or 'unbekannter Version'}. Gelesen wird 3.0.0.", line=root.line)
    if root.namespace != NAMESPACE:
        raise FimInvalid(
            f"Das ist keine FIM-Datei: Namensraum „{root.namespace[:80]}“ statt „{NAMESPACE}“.", line=root.line
        )
    if root.tag not in {SCHEMA_MESSAGE, GROUP_MESSAGE}:
        raise FimInvalid(
            f"Die Nachricht „{root.tag[:80]}“ wird nicht gelesen, nur ein Datenschema oder eine Datenfeldgruppe.",
            line=root.line,
        )


def _schema(node: Node, counts: Counter[str]) -> Schema:
    _check_children(node, counts)
    children = _positions(node, counts)
    if not children:
        raise FimInvalid("Das Datenschema enthält kein Feld und keine Gruppe.", line=node.line)
    return Schema(
        **_element(node, label="bezeichnung", help_text="hilfetext"),
        description=_text(node, "beschreibung"),
        children=children,
        skipped=dict(counts),
    )


def _group(node: Node, counts: Counter[str]) -> Group:
    _check_children(node, counts)
    kind = _coded(node, "art", GROUP_KINDS)
    return Group(**_element(node), choice=kind == "X", children=_positions(node, counts))


def _field(node: Node, counts: Counter[str]) -> DataField:
    _check_children(node, counts)
    return DataField(
        **_element(node),
        kind=_coded(node, "feldart", FIELD_KINDS, required=True),
        datatype=_coded(node, "datentyp", DATATYPES, required=True),
        constraints=_constraints(_find(node, "praezisierung")),
        content=_text(node, "inhalt"),
        prefill=_coded(node, "vorbefuellung", frozenset({"keine", "optional", "verpflichtend"})) or "keine",
        codes=_codes(_find(node, "werte"), counts),
        code_list=_code_list(_find(node, "codelisteReferenz")),
        max_size=_integer(_find(node, "maxSize")),
        media_types=tuple(child.text for child in node.children if child.tag == "mediaType" and child.text),
    )


def _positions(node: Node, counts: Counter[str]) -> tuple[Position, ...]:
    return tuple(_position(child, counts) for child in node.children if child.tag == "struktur")


def _position(node: Node, counts: Counter[str]) -> Position:
    _check_children(node, counts)
    match = COUNT.fullmatch(_text(node, "anzahl"))
    if not match:
        raise FimInvalid("Die Anzahl fehlt oder ist nicht von der Form „0:1“.", line=node.line)
    minimum, maximum = int(match[1]), None if match[2] == "*" else int(match[2])
    if maximum is not None and (maximum < minimum or maximum == 0):
        raise FimInvalid(f"Die Anzahl „{match[0]}“ ist unmöglich.", line=node.line)
    held = _required(node, "enthaelt").children
    if len(held) != 1 or held[0].tag not in {"datenfeld", "datenfeldgruppe"}:
        raise FimInvalid("„enthaelt“ muss genau ein Feld oder eine Gruppe enthalten.", line=node.line)
    element = _field(held[0], counts) if held[0].tag == "datenfeld" else _group(held[0], counts)
    return Position(minimum, maximum, element, _references(node))


class _Common(TypedDict):
    id: str
    version: str
    name: str
    label: str
    output_label: str
    help: str
    output_help: str
    status: str
    references: tuple[Reference, ...]
    rules: tuple[Rule, ...]
    trees: tuple[Tree, ...]
    relations: int
    record: Mapping[str, Any]


def _element(node: Node, *, label: str = "bezeichnungEingabe", help_text: str = "hilfetextEingabe") -> _Common:
    """The keys of `model.Element`."""
    identity, version = _identity(node)
    name = _text(node, "name", required=True)
    record = read_record(node)
    return {
        "id": identity,
        "version": version,
        "name": name,
        "label": _text(node, label) or name,
        "output_label": _text(node, "bezeichnungAusgabe"),
        "help": _text(node, help_text),
        "output_help": _text(node, "hilfetextAusgabe"),
        "status": _coded(node, "freigabestatus", STATUS),
        "references": _references(node),
        "rules": tuple(_rule(child) for child in node.children if child.tag == "regel"),
        "trees": tuple(tree for script in scripts_of(record) for tree in from_script(script)),
        "relations": node.skipped,
        "record": record,
    }


def _identity(node: Node) -> tuple[str, str]:
    identification = _required(node, "identifikation")
    _check_children(identification, Counter())
    version = _text(identification, "version", required=True)
    if not VERSION.fullmatch(version):
        raise FimInvalid(f"Die Version „{version[:20]}“ ist ungültig.", line=identification.line)
    ident = _text(identification, "id", required=True)
    if not IDENT.fullmatch(ident):
        raise FimInvalid(
            f"Die Kennung „{ident[:40]}“ ist ungültig (ein Buchstabe und Ziffern).", line=identification.line
        )
    return ident, version


def _rule(node: Node) -> Rule:
    _check_children(node, Counter())
    identity, version = _identity(node)
    text = _text(node, "freitextRegel") or _text(node, "beschreibung") or _text(node, "name")
    return Rule(identity, version, _text(node, "name"), text, _coded(node, "typ", frozenset("KMVB")), _references(node))


def _references(node: Node) -> tuple[Reference, ...]:
    found = (
        Reference(" ".join(child.text.split()), child.attributes.get("link") or None)
        for child in node.children
        if child.tag == "bezug"
    )
    return tuple(reference for reference in found if reference.text)


def _codes(node: Node | None, counts: Counter[str]) -> tuple[Code, ...] | None:
    if node is None or not node.children:
        return None
    _check_children(node, counts)
    codes = []
    for child in node.children:
        _check_children(child, counts)
        value = _text(child, "code", required=True)
        codes.append(Code(value, _text(child, "name") or value, _text(child, "hilfe")))
    twice = [value for value, number in Counter(code.value for code in codes).items() if number > 1]
    if twice:
        raise FimInvalid(f"Der Code „{twice[0][:40]}“ steht zweimal in derselben Werteliste.", line=node.line)
    return tuple(codes)


def _code_list(node: Node | None) -> CodeListReference | None:
    if node is None:
        return None
    _check_children(node, Counter())
    uri = _text(node, "canonicalIdentification")
    return CodeListReference(uri, _text(node, "version")) if uri else None


def _constraints(node: Node | None) -> Constraints:
    if node is None:
        return Constraints()
    unknown = set(node.attributes) - {"minLength", "maxLength", "minValue", "maxValue", "pattern"}
    if unknown:
        raise FimInvalid(f"Unbekannte Präzisierung „{min(unknown)[:40]}“.", line=node.line)
    return Constraints(
        min_length=_number(node, "minLength"),
        max_length=_number(node, "maxLength"),
        min_value=node.attributes.get("minValue") or None,
        max_value=node.attributes.get("maxValue") or None,
        pattern=node.attributes.get("pattern") or None,
    )


def _number(node: Node, attribute: str) -> int | None:
    value = node.attributes.get(attribute, "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise FimInvalid(f"„{attribute}“ ist keine ganze Zahl.", line=node.line)
    return int(value)


def _integer(node: Node | None) -> int | None:
    if node is None or not node.text:
        return None
    if not (node.text.isascii() and node.text.isdigit() and len(node.text) < 16):
        raise FimInvalid(f"„{node.tag}“ ist keine ganze Zahl.", line=node.line)
    return int(node.text)


def _coded(node: Node, tag: str, allowed: frozenset[str], *, required: bool = False) -> str:
    """The code of a coded value. The child `code` has no namespace; older exports write it into the text."""
    found = _find(node, tag)
    code = next((child.text for child in found.children if child.tag == "code"), found.text) if found else ""
    if not code and required:
        raise FimInvalid(f"„{tag}“ fehlt.", line=node.line)
    if code and code not in allowed:
        raise FimInvalid(f"„{code[:40]}“ ist kein gültiger Wert für „{tag}“.", line=found.line if found else node.line)
    return code


def _check_children(node: Node, counts: Counter[str]) -> None:
    """Refuses unknown elements and single values given twice; counts what is read and not taken."""
    allowed = KNOWN_CHILDREN[node.tag]
    seen: set[str] = set()
    counts["relation"] += node.skipped
    for child in node.children:
        if child.tag not in allowed or child.namespace != NAMESPACE:
            raise FimInvalid(f"Unbekanntes Element „{child.tag[:60]}“ in „{node.tag}“.", line=child.line)
        if child.tag in NOT_TAKEN and (child.text or child.children):
            counts[child.tag] += 1
        if child.tag in REPEATABLE or not (child.text or child.children):
            continue
        if child.tag in seen:
            raise FimInvalid(f"„{child.tag}“ steht zweimal in „{node.tag}“.", line=child.line)
        seen.add(child.tag)


def _find(node: Node, tag: str) -> Node | None:
    """The child that carries something, else an empty one: `<inhalt/>` beside a filled `<inhalt>` occurs."""
    found = [child for child in node.children if child.tag == tag]
    return next((child for child in found if child.text or child.children or child.attributes), None)


def _required(node: Node, tag: str) -> Node:
    found = next((child for child in node.children if child.tag == tag and child.namespace == NAMESPACE), None)
    if found is None:
        raise FimInvalid(f"In „{node.tag}“ fehlt „{tag}“.", line=node.line)
    return found


def _text(node: Node, tag: str, *, required: bool = False) -> str:
    found = _find(node, tag)
    text = found.text if found else ""
    if required and not text:
        empty = next((child for child in node.children if child.tag == tag), node)
        raise FimInvalid(f"In „{node.tag}“ fehlt „{tag}“ oder ist leer.", line=empty.line)
    return text
