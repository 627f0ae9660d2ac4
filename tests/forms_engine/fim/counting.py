"""Counts a schema on its own, straight from the XML and without our reader: the other side of the contract test."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

NS = "{urn:xoev-de:fim:standard:xdatenfelder_3.0.0}"


@dataclass
class Counted:
    fields: Counter[str]
    groups: Counter[str]
    rules: Counter[str]
    inline_lists: set[frozenset[tuple[str, str]]]
    named_lists: set[str]
    required: Counter[str]
    limits: Counter[tuple[str, str, str]]


def count(path: Path) -> Counted:
    root = ET.parse(path).getroot()
    positions = [
        (one.findtext(f"{NS}anzahl") or "", one.find(f"{NS}enthaelt")[0]) for one in root.iter(f"{NS}struktur")
    ]
    fields = [(many, one) for many, one in positions if one.tag == f"{NS}datenfeld"]
    return Counted(
        fields=Counter(_id(one) for _many, one in fields),
        groups=Counter(_id(one) for _many, one in positions if one.tag == f"{NS}datenfeldgruppe"),
        rules=Counter(_id(one) for one in root.iter(f"{NS}regel")),
        inline_lists={_codes(one) for one in root.iter(f"{NS}werte")},
        named_lists={one.text or "" for one in root.iter(f"{NS}canonicalIdentification")},
        required=Counter(_id(one) for many, one in fields if not many.startswith("0")),
        limits=Counter((_id(one), name, value) for _many, one in fields for name, value in _limits(one)),
    )


def _id(element: ET.Element) -> str:
    return element.findtext(f"{NS}identifikation/{NS}id") or ""


def _codes(element: ET.Element) -> frozenset[tuple[str, str]]:
    return frozenset((one.findtext(f"{NS}code") or "", (one.findtext(f"{NS}name") or "").strip()) for one in element)


def _limits(element: ET.Element) -> list[tuple[str, str]]:
    found = element.find(f"{NS}praezisierung")
    limits = [] if found is None else list(found.attrib.items())
    size = element.findtext(f"{NS}maxSize")
    media = [("mediaType", one.text or "") for one in element.findall(f"{NS}mediaType")]
    return limits + media + ([("maxSize", size)] if size else [])
