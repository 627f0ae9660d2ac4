"""A carrier's list of children and guardians as CSV: one line for each child and guardian. Pure reading and
checking."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime

from messaging.domain.texts import MAX_NAME, TextRefused, clean_text

MAX_BYTES = 5_000_000
MAX_LINES = 20_000
NEEDED = ("einrichtung", "gruppe", "kindnummer", "kind", "beginn")
MAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]{1,190}\.[^@\s,;<>]{2,63}")
BASES = {
    "": "parent",
    "elternteil": "parent",
    "pflegeperson": "foster",
    "vormund": "legal",
    "bevollmächtigt": "authorised",
}
YES, NO = {"", "ja", "j", "1", "x"}, {"nein", "n", "0"}


class ListRefused(ValueError):
    """The file as a whole cannot be read; the text says why, in German."""


@dataclass(frozen=True)
class Row:
    """One checked line. `error` is empty, or says what is wrong; then the other values do not count."""

    line: int
    error: str = ""
    facility: str = ""
    group: str = ""
    number: str = ""
    child: str = ""
    begins: date = date.min
    ends: date | None = None
    school_year: int | None = None
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    basis: str = "parent"
    is_informed: bool = True
    may_pick_up: bool = True


def read_list(content: bytes) -> list[Row]:
    """All lines of the file, wrong ones with their error. UTF-8 or Windows-1252; separated by semicolon, comma or tab;
    dates as 31.12.2026 or 2026-12-31. Raises ListRefused."""
    if len(content) > MAX_BYTES:
        raise ListRefused("Die Datei ist größer als 5 MB.")
    text = _decode(content)
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error:
        raise ListRefused("Die Datei ist keine lesbare CSV-Tabelle.") from None
    if not lines:
        raise ListRefused("Die Datei ist leer.")
    if len(lines) > MAX_LINES + 1:
        raise ListRefused("Die Datei hat mehr als 20.000 Zeilen.")
    names = [cell.strip().lower() for cell in lines[0][1]]
    missing = [name.capitalize() for name in NEEDED if name not in names]
    if missing:
        raise ListRefused("In der ersten Zeile fehlen die Spalten: " + ", ".join(missing) + ".")
    return [_row(number, dict(zip(names, cells, strict=False))) for number, cells in lines[1:]]


def _decode(content: bytes) -> str:
    if b"\0" in content:
        raise ListRefused("Die Datei ist keine Textdatei. Bitte speichern Sie die Tabelle als CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _row(line: int, cells: dict[str, str]) -> Row:
    try:
        return _checked(line, {name: cell.strip() for name, cell in cells.items()})
    except ValueError as problem:
        return Row(line, error=str(problem))


def _checked(line: int, cells: dict[str, str]) -> Row:
    begins, ends = _day(cells, "beginn"), _day(cells, "ende") if cells.get("ende") else None
    if ends is not None and ends < begins:
        raise ValueError("Das Ende liegt vor dem Beginn.")
    email = cells.get("elternteil_mail", "").lower()
    if email and not MAIL.fullmatch(email):
        raise ValueError(f"„{email[:60]}“ ist keine E-Mail-Adresse.")
    basis = BASES.get(cells.get("grundlage", "").lower())
    if basis is None:
        raise ValueError("Grundlage: Elternteil, Pflegeperson, Vormund oder Bevollmächtigt.")
    return Row(
        line,
        facility=_name(cells, "einrichtung"),
        group=_name(cells, "gruppe"),
        number=_name(cells, "kindnummer"),
        child=_name(cells, "kind"),
        begins=begins,
        ends=ends,
        school_year=_year(cells.get("einschulung", "")),
        email=email,
        first_name=_name(cells, "elternteil_vorname") if cells.get("elternteil_vorname") else "",
        last_name=_name(cells, "elternteil_nachname") if cells.get("elternteil_nachname") else "",
        basis=basis,
        is_informed=_yes(cells, "informationsrecht"),
        may_pick_up=_yes(cells, "abholrecht"),
    )


def _name(cells: dict[str, str], column: str) -> str:
    try:
        return clean_text(cells.get(column, ""), limit=MAX_NAME, is_line=True)
    except TextRefused as refusal:
        reasons = {"empty": "fehlt", "too_long": f"ist länger als {MAX_NAME} Zeichen"}
        raise ValueError(f"{column.capitalize()} {reasons.get(refusal.code, 'enthält unerlaubte Zeichen')}.") from None


def _day(cells: dict[str, str], column: str) -> date:
    text = cells.get(column, "")
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
        if 1990 <= found.year <= 2100:
            return found
    raise ValueError(f"{column.capitalize()}: Bitte ein Datum wie 31.12.2026.")


def _year(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"20\d\d", text, re.ASCII):
        raise ValueError("Einschulung: Bitte ein Jahr wie 2027.")
    return int(text)


def _yes(cells: dict[str, str], column: str) -> bool:
    word = cells.get(column, "").lower()
    if word not in YES | NO:
        raise ValueError(f"{column.capitalize()}: Bitte ja oder nein.")
    return word in YES
