"""Static types of rules. A rule is typed when the form is saved, so that nothing is coerced when it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Type:
    """`kind`: bool integer decimal text date duration enum list rows row group address record files literal any.

    `literal` is a string that takes the type of its neighbour; `any` follows a finding and silences more of them.
    """

    kind: str
    item: Type | None = None  # of a list
    group: str = ""  # path of the group of rows, row, group
    values: Mapping[str, Any] | None = field(default=None, compare=False)  # codes of an enum
    parts: Mapping[str, Type] | None = field(default=None, compare=False)  # of a record


BOOL = Type("bool")
INTEGER = Type("integer")
DECIMAL = Type("decimal")
TEXT = Type("text")
DATE = Type("date")
DURATION = Type("duration")
LITERAL = Type("literal")
FILES = Type("files")
ADDRESS = Type("address")
ANY = Type("any")

NUMBERS = frozenset({"integer", "decimal"})
TEXTS = frozenset({"text", "enum", "literal"})
LISTS = frozenset({"list", "rows", "files"})
SCALARS = frozenset({"bool", "integer", "decimal", "text", "date", "enum", "literal", "any"})

GERMAN = {
    "bool": "Ja/Nein",
    "integer": "ganze Zahl",
    "decimal": "Zahl",
    "text": "Text",
    "date": "Datum",
    "duration": "Zeitspanne",
    "enum": "Auswahl",
    "list": "Liste",
    "rows": "Wiederholung",
    "row": "Eintrag einer Wiederholung",
    "group": "Gruppe",
    "address": "Anschrift",
    "record": "Antwort aus mehreren Teilen",
    "files": "Dateien",
    "literal": "Text",
    "any": "unbekannt",
}


def list_of(item: Type) -> Type:
    return Type("list", item=item)


def in_words(found: Type) -> str:
    return GERMAN[found.kind]


def common_type(first: Type, second: Type) -> Type | None:
    """The type two operands share, None where they are unlike. `literal` and `any` adapt to the other."""
    if first.kind in {"any", "literal"}:
        return second if first.kind == "literal" or second.kind != "literal" else ANY
    if second.kind in {"any", "literal"}:
        return first
    if first.kind in NUMBERS and second.kind in NUMBERS:
        return first if first.kind == second.kind else DECIMAL
    if first.kind in TEXTS and second.kind in TEXTS:
        return first if first.kind == second.kind == "enum" and first.values == second.values else TEXT
    return first if first == second else None


def fits(found: Type, wanted: Type) -> bool:
    """May a rule of type `found` stand where `wanted` is expected?"""
    if "any" in (found.kind, wanted.kind):
        return True
    if wanted.kind == "decimal":
        return found.kind in NUMBERS
    if wanted.kind == "text":
        return found.kind in TEXTS
    return found.kind == wanted.kind
