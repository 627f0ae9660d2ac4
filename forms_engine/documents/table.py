"""Applications as a table for spreadsheets: a row each, a column for each question that was answered.

CSV as German Excel opens it: semicolons, UTF-8 with a mark. A cell that a spreadsheet would take for a formula gets an
apostrophe (OWASP ASVS 5.0, V1.2.10).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

FORMULA = (*"=+-@＝＋－＠\t\r\n\0",)  # the wide ones too: spreadsheets set to East Asian languages take them
MARK = "\ufeff"
HEAD = ("Vorgangsnummer", "Eingegangen", "Stand")


def to_csv(rows: Sequence[tuple[Sequence[str], Sequence[Mapping[str, Any]]]]) -> bytes:
    """`rows` are (number, day, state) and the sections of the summary of each application."""
    flat = [(head, _named_apart(_answers(sections))) for head, sections in rows]
    columns = list(dict.fromkeys(name for _head, answers in flat for name in answers))
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow([safe(name) for name in (*HEAD, *columns)])
    for head, answers in flat:
        table.writerow([safe(cell) for cell in (*head, *(answers.get(name, "") for name in columns))])
    return (MARK + out.getvalue()).encode()


def safe(cell: str) -> str:
    """The cell as text, whatever it begins with."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _answers(sections: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for section in sections:
        yield from _of(section.get("items", ()), str(section["title"]))


def _named_apart(answers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Two questions of one name are two columns, the second "Name (2)": none may hide the other."""
    found: dict[str, str] = {}
    for name, text in answers:
        number, column = 1, name
        while column in found:
            number += 1
            column = f"{name} ({number})"
        found[column] = text
    return found


def _of(items: Iterable[Mapping[str, Any]], place: str) -> Iterator[tuple[str, str]]:
    """Names say where: "Zum Hund: Chip-Nummer", in rows "Kinder 2: Name"."""
    for item in items:
        label = str(item.get("label", ""))
        if item.get("items"):
            yield from _of(item["items"], label)
        elif item.get("rows"):
            for number, row in enumerate(item["rows"], start=1):
                yield from _of(row.get("items", ()), f"{label} {number}")
        elif item.get("text"):
            yield f"{place}: {label}", str(item["text"])
