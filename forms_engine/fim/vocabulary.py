"""The words of XDatenfelder 3.0: namespace, coded values, which element may hold which children."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMESPACE_STEM = "urn:xoev-de:fim:standard:xdatenfelder"
NAMESPACE = f"{NAMESPACE_STEM}_3.0.0"
NAMESPACE_2 = f"{NAMESPACE_STEM}_2"

FIELD_KINDS = frozenset({"input", "select", "label", "hidden", "locked"})
DATATYPES = frozenset(
    {"text", "text_latin", "date", "time", "datetime", "bool", "num", "num_int", "num_currency", "file", "obj"}
)
GROUP_KINDS = frozenset({"X"})
STATUS = frozenset("12345678")

_ELEMENT = (
    "identifikation", "name", "beschreibung", "definition", "bezug", "freigabestatus", "statusGesetztAm",
    "statusGesetztDurch", "gueltigAb", "gueltigBis", "versionshinweis", "veroeffentlichungsdatum", "letzteAenderung",
    "relation", "stichwort",
)  # fmt: skip
_LABELS = ("bezeichnungEingabe", "bezeichnungAusgabe", "schemaelementart", "hilfetextEingabe")

# The children of each element in the order in which the standard wants them.
SEQUENCE: dict[str, tuple[str, ...]] = {
    "stammdatenschema": (
        *_ELEMENT, "bezeichnung", "hilfetext", "ableitungsmodifikationenStruktur",
        "ableitungsmodifikationenRepraesentation", "dokumentsteckbrief", "regel", "struktur",
    ),
    "datenfeldgruppe": (*_ELEMENT, *_LABELS, "art", "hilfetextAusgabe", "regel", "struktur"),
    "datenfeld": (
        *_ELEMENT, *_LABELS, "hilfetextAusgabe", "feldart", "datentyp", "praezisierung", "inhalt", "vorbefuellung",
        "werte", "codelisteReferenz", "codeKey", "nameKey", "helpKey", "regel", "maxSize", "mediaType",
    ),
    "identifikation": ("id", "version"),
    "struktur": ("anzahl", "bezug", "enthaelt"),
    "regel": (
        "identifikation", "name", "beschreibung", "freitextRegel", "bezug", "stichwort", "fachlicherErsteller",
        "letzteAenderung", "typ", "param", "ziel", "skript", "fehler",
    ),
    "werte": ("wert",),
    "wert": ("code", "name", "hilfe"),
    "codelisteReferenz": ("canonicalIdentification", "version", "canonicalVersionUri"),
}  # fmt: skip
KNOWN_CHILDREN = {tag: frozenset(children) for tag, children in SEQUENCE.items()}

# Coded values: the code list their code comes from, and its version.
_LIST = "urn:xoev-de:fim:codeliste:xdatenfelder."
CODED: dict[str, tuple[str, str]] = {
    "freigabestatus": ("urn:xoev-de:xprozess:codeliste:status", "2022-07-12"),
    "schemaelementart": (f"{_LIST}schemaelementart", "1.0"),
    "art": (f"{_LIST}gruppenart", "1.0"),
    "feldart": (f"{_LIST}feldart", "2.0"),
    "datentyp": (f"{_LIST}datentyp", "2.0"),
    "vorbefuellung": (f"{_LIST}vorbefuellung", "1.0"),
    "typ": (f"{_LIST}regeltyp", "1.0"),
    "ableitungsmodifikationenStruktur": (f"{_LIST}ableitungsmodifikationenStruktur", "1.0"),
    "ableitungsmodifikationenRepraesentation": (f"{_LIST}ableitungsmodifikationenRepraesentation", "1.0"),
}
TEXTS = {"bezug": "link", "stichwort": "uri", "mediaType": ""}  # may be repeated; the attribute they may carry
NESTED = frozenset({"codelisteReferenz", "dokumentsteckbrief"})

REPEATABLE = frozenset({"bezug", "relation", "stichwort", "regel", "struktur", "mediaType", "wert", "param", "ziel"})

# Read and counted: nothing a form needs. All but relation, param, ziel and fehler are kept for the way back.
NOT_TAKEN = _words(
    "beschreibung definition versionshinweis stichwort statusGesetztAm statusGesetztDurch gueltigAb gueltigBis "
    "veroeffentlichungsdatum letzteAenderung dokumentsteckbrief codeKey nameKey helpKey param ziel fehler"
)
