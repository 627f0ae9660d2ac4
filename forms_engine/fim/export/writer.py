"""XDatenfelder 3.0 as bytes: elements in the order of the standard, coded values with their list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from forms_engine.fim.record import Record
from forms_engine.fim.vocabulary import CODED, NAMESPACE, NESTED, SEQUENCE, TEXTS

SCHEMA_MESSAGE, GROUP_MESSAGE = "xdatenfelder.stammdatenschema.0102", "xdatenfelder.datenfeldgruppe.0103"
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SCHEMA, GROUP, FIELD = "stammdatenschema", "datenfeldgruppe", "datenfeld"


@dataclass(slots=True)
class Element:
    """A schema, group or field with what it says. `codes`: (code, name, help) of its own list."""

    tag: str
    id: str
    version: str
    record: Record
    codes: list[tuple[str, str, str]] | None = None
    children: list[Position] = field(default_factory=list)


@dataclass(slots=True)
class Position:
    count: str
    references: list[str | list[str]]
    element: Element


def write_message(root: Element, *, message_id: str, created: datetime) -> bytes:
    """The file. A root that is a group makes the message for a single group."""
    message = SCHEMA_MESSAGE if root.tag == SCHEMA else GROUP_MESSAGE
    header = _tag("header", _leaf("nachrichtID", message_id) + _leaf("erstellungszeitpunkt", created.isoformat()))
    parts = [
        "<?xml version='1.0' encoding='utf-8'?>\n",
        f'<xdf3:{message} xmlns:xdf3="{NAMESPACE}">{header}',
        *_element(root),
        f"</xdf3:{message}>\n",
    ]
    return "".join(parts).encode()


def _element(element: Element) -> Iterator[str]:
    yield f"<xdf3:{element.tag}>"
    for tag in SEQUENCE[element.tag]:
        if tag == "struktur":
            for position in element.children:
                yield from _position(position)
        else:
            yield _member(tag, element)
    yield f"</xdf3:{element.tag}>"


def _position(position: Position) -> Iterator[str]:
    yield "<xdf3:struktur>" + _leaf("anzahl", position.count)
    yield "".join(_texts("bezug", position.references)) + "<xdf3:enthaelt>"
    yield from _element(position.element)
    yield "</xdf3:enthaelt></xdf3:struktur>"


def _member(tag: str, element: Element) -> str:
    if tag == "identifikation":
        return _identity(element.id, element.version)
    if tag == "werte" and element.codes is not None:
        rows = (_leaf("code", code) + _leaf("name", name) + _leaf("hilfe", text) for code, name, text in element.codes)
        return _tag("werte", "".join(_tag("wert", row) for row in rows))
    value = element.record.get(tag)
    if value is None or tag == "werte":
        return ""
    if tag == "regel":
        return "".join(_rule(rule) for rule in value)
    return _value(tag, value)


def _rule(rule: Record) -> str:
    parts = [_identity(str(rule.get("id", "")), str(rule.get("version", "")))]
    parts += [_value(tag, rule[tag]) for tag in SEQUENCE["regel"][1:] if tag in rule]
    return _tag("regel", "".join(parts))


def _value(tag: str, value: Any) -> str:
    if tag in TEXTS:
        return "".join(_texts(tag, value))
    if tag in CODED:
        code, uri, version = value if isinstance(value, list) else (value, *CODED[tag])
        listed = f"<xdf3:{tag} listURI={quoteattr(uri)} listVersionID={quoteattr(version)}>"
        return f"{listed}<code>{_escaped(code)}</code></xdf3:{tag}>"
    if tag == "praezisierung":
        given = "".join(f" {name}={quoteattr(_legal(str(text)))}" for name, text in value.items())
        return f"<xdf3:praezisierung{given}/>"
    if tag in NESTED:
        return _tag(tag, "".join(_leaf(name, text) for name, text in value.items()))
    return _leaf(tag, str(value))


def _texts(tag: str, values: list[str | list[str]]) -> Iterator[str]:
    for value in values:
        text, carried = value if isinstance(value, list) else (value, "")
        attribute = f" {TEXTS[tag]}={quoteattr(_legal(carried))}" if carried else ""
        yield f"<xdf3:{tag}{attribute}>{_escaped(text)}</xdf3:{tag}>"


def _identity(ident: str, version: str) -> str:
    return _tag("identifikation", _leaf("id", ident) + _leaf("version", version))


def _leaf(tag: str, text: str) -> str:
    return f"<xdf3:{tag}>{_escaped(text)}</xdf3:{tag}>" if text else ""


def _tag(tag: str, inner: str) -> str:
    return f"<xdf3:{tag}>{inner}</xdf3:{tag}>"


def _escaped(text: str) -> str:
    return escape(_legal(text), {"\r": "&#13;"})


def _legal(text: str) -> str:
    """XML 1.0 has no place for control characters."""
    return ILLEGAL.sub("", text)
