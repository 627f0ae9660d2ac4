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

_ELEMENT = _words(
    "identifikation name beschreibung definition bezug freigabestatus statusGesetztAm statusGesetztDurch gueltigAb "
    "gueltigBis versionshinweis veroeffentlichungsdatum letzteAenderung relation stichwort"
)
_LABELS = _words("bezeichnungEingabe bezeichnungAusgabe schemaelementart hilfetextEingabe hilfetextAusgabe")

KNOWN_CHILDREN: dict[str, frozenset[str]] = {
    "stammdatenschema": _ELEMENT
    | _words(
        "bezeichnung hilfetext ableitungsmodifikationenStruktur ableitungsmodifikationenRepraesentation "
        "dokumentsteckbrief regel struktur"
    ),
    "datenfeldgruppe": _ELEMENT | _LABELS | {"art", "regel", "struktur"},
    "datenfeld": _ELEMENT
    | _LABELS
    | _words(
        "feldart datentyp praezisierung inhalt vorbefuellung codelisteReferenz werte codeKey nameKey helpKey "
        "maxSize mediaType regel"
    ),
    "identifikation": frozenset({"id", "version"}),
    "struktur": frozenset({"anzahl", "bezug", "enthaelt"}),
    "regel": _words(
        "identifikation name beschreibung freitextRegel bezug stichwort fachlicherErsteller letzteAenderung typ param "
        "ziel skript fehler"
    ),
    "werte": frozenset({"wert"}),
    "wert": frozenset({"code", "name", "hilfe"}),
    "codelisteReferenz": frozenset({"canonicalIdentification", "version", "canonicalVersionUri"}),
}

REPEATABLE = frozenset({"bezug", "relation", "stichwort", "regel", "struktur", "mediaType", "wert", "param", "ziel"})

# Read, counted and not carried into the form: keeping house of the FIM editors, nothing a form needs.
NOT_TAKEN = _words(
    "beschreibung definition versionshinweis stichwort statusGesetztAm statusGesetztDurch gueltigAb gueltigBis "
    "veroeffentlichungsdatum letzteAenderung dokumentsteckbrief codeKey nameKey helpKey skript"
)
