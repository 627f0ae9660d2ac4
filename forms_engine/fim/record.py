"""All that an element says about itself, as JSON with FIM's own words, so that it can be written back as it was.

    {"name": "Familienname", "bezug": ["§ 1 …", ["§ 2 …", "https://…"]], "feldart": "input",
     "praezisierung": {"maxLength": "120"},
     "regel": [{"id": "R…", "version": "1.0.0", "name": "…", "freitextRegel": "…", "typ": "K"}], …}

A coded value is its code, or `[code, listURI, listVersionID]` where the list is another than the standard's. Left out
are identification, children (`struktur`), `werte` (a code list of the form) and what `DROPPED` names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms_engine.fim.vocabulary import CODED, NESTED, TEXTS
from forms_engine.fim.xml_tree import Node

Record = dict[str, Any]

ELSEWHERE = frozenset({"identifikation", "struktur", "werte", "relation", "header", "enthaelt"})
DROPPED = frozenset({"relation", "param", "ziel", "fehler"})


def read_record(node: Node) -> Record:
    """The record of a schema, group, field or rule."""
    record: Record = {}
    for child in node.children:
        tag = child.tag
        if tag in ELSEWHERE | DROPPED or not (child.text or child.children or child.attributes):
            continue
        if tag in TEXTS:
            record.setdefault(tag, []).append(_text(child, TEXTS[tag]))
        elif tag == "regel":
            record.setdefault(tag, []).append({**_identity(child), **read_record(child)})
        else:
            value = _single(child)
            if value:
                record[tag] = value
    return record


def _identity(node: Node) -> Record:
    found = next((child for child in node.children if child.tag == "identifikation"), None)
    return {child.tag: child.text for child in found.children} if found else {}


def _text(node: Node, attribute: str) -> str | list[str]:
    carried = node.attributes.get(attribute, "")
    return [node.text, carried] if carried else node.text


def _single(node: Node) -> Any:
    if node.tag in CODED:
        return _coded(node)
    if node.tag == "praezisierung":
        return {name: value for name, value in node.attributes.items() if value}
    if node.tag in NESTED:
        return {child.tag: child.text for child in node.children if child.text}
    return node.text


def _coded(node: Node) -> str | list[str]:
    code = next((child.text for child in node.children if child.tag == "code"), node.text)
    uri, version = node.attributes.get("listURI", ""), node.attributes.get("listVersionID", "")
    return code if (uri, version) in {CODED[node.tag], ("", "")} else [code, uri, version]


def scripts_of(record: Record) -> Iterator[str]:
    for rule in record.get("regel", ()):
        if rule.get("skript"):
            yield rule["skript"]
