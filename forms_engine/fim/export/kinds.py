"""A form type as feldart, datentyp and limits of XDatenfelder, and what of it does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

Json = dict[str, Any]

INPUT, SELECT, LABEL, HIDDEN, LOCKED = "input", "select", "label", "hidden", "locked"
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
ANY_NUMBER = "*"


@dataclass(slots=True)
class Kind:
    """`facts`: members of the record. `lost`: German words for what XDatenfelder has no place for."""

    facts: Json
    lost: list[str] = field(default_factory=list)
    options: list[Json] | None = None


def kind_of(node: Json) -> Kind:
    """The kind of a question, text or calculated value."""
    make = KINDS.get(str(node.get("type")))
    if make is None:
        return Kind(_facts(INPUT, "obj"), [f"die Art „{node.get('type')}“ (als Objekt ohne Gestalt ausgegeben)"])
    return make(node)


def most_of(node: Json) -> int | str:
    """How often the answer may stand: the second half of `anzahl`."""
    if node.get("type") == "group":
        repeat = node.get("repeat")
        return (repeat.get("max") or ANY_NUMBER) if isinstance(repeat, dict) else 1
    if node.get("type") in {"multi_choice", "file"}:
        return node.get("max") or (ANY_NUMBER if node["type"] == "multi_choice" else 1)
    return 1


def least_of(node: Json) -> int:
    """How often it must stand: the first half of `anzahl`. A question with a condition may be missing."""
    repeat = node.get("repeat")
    if isinstance(repeat, dict):
        return int(repeat.get("min") or 0)
    if node.get("type") in {"group", "content"}:
        return 0 if "visible" in node else 1
    if node.get("type") == "calculated":
        return 1
    is_needed = node.get("required", True) is True and "visible" not in node
    return max(1, int(node.get("min") or 1) if node.get("type") in {"multi_choice", "file"} else 1) if is_needed else 0


def plain_text(html: str) -> str:
    """Paragraphs of safe HTML as plain text, an empty line between them."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts)).strip()


class _Plain(HTMLParser):
    BLOCKS = frozenset("p ul ol h2 h3 h4 blockquote table div dl".split())  # noqa: SIM905 - a list of words
    LINES = frozenset({"br", "li", "tr", "dt", "dd"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.LINES:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _facts(feldart: str, datentyp: str, limits: Mapping[str, object] | None = None, **more: object) -> Json:
    given = {name: str(value) for name, value in (limits or {}).items() if value is not None}
    found = {"feldart": feldart, "datentyp": datentyp, **more}
    return {**found, "praezisierung": given} if given else found


def _text(node: Json) -> Kind:
    limits = {"minLength": node.get("min_length"), "maxLength": node.get("max_length"), "pattern": node.get("pattern")}
    return Kind(_facts(INPUT, "text", limits))


def _number(datentyp: str) -> Callable[[Json], Kind]:
    def kind(node: Json) -> Kind:
        return Kind(_facts(INPUT, datentyp, {"minValue": node.get("min"), "maxValue": node.get("max")}))

    return kind


def _date(node: Json) -> Kind:
    given = {"minValue": node.get("min"), "maxValue": node.get("max")}
    days = {name: value for name, value in given.items() if value and ISO_DAY.fullmatch(str(value))}
    lost = [f"die Grenze „{value}“" for value in given.values() if value and not ISO_DAY.fullmatch(str(value))]
    return Kind(_facts(INPUT, "date", days), lost)


def _checked_text(what: str) -> Callable[[Json], Kind]:
    def kind(node: Json) -> Kind:
        return Kind(_facts(INPUT, "text"), [f"die Prüfung als {what}"])

    return kind


def _choice(node: Json) -> Kind:
    options = node.get("options") if isinstance(node.get("options"), list) else None
    return Kind(_facts(SELECT, "text"), options=options)


def _file(node: Json) -> Kind:
    facts = _facts(INPUT, "file")
    if node.get("max_bytes"):
        facts["maxSize"] = str(node["max_bytes"])
    if node.get("accept"):
        facts["mediaType"] = list(node["accept"])
    return Kind(facts)


def _content(node: Json) -> Kind:
    html = str((node.get("text") or {}).get("de", ""))
    text = plain_text(html)
    has_more = bool(re.search(r"<(?!/?(?:p|br)\b)[a-z]", html))
    return Kind(_facts(LABEL, "text", inhalt=text), ["die Gestaltung des Textes"] if has_more else [])


def _calculated(node: Json) -> Kind:
    value = node.get("value")
    facts = _facts(LOCKED if node.get("show", True) else HIDDEN, RESULTS.get(str(node.get("result")), "text"))
    if isinstance(value, str):
        return Kind({**facts, "inhalt": value} if value else facts)
    return Kind(facts)  # the formula is said as a rule


RESULTS = {"integer": "num_int", "decimal": "num", "money": "num_currency", "date": "date", "yes_no": "bool"}
KINDS: dict[str, Callable[[Json], Kind]] = {
    "text": _text,
    "long_text": _text,
    "integer": _number("num_int"),
    "decimal": _number("num"),
    "money": _number("num_currency"),
    "date": _date,
    "yes_no": lambda node: Kind(_facts(INPUT, "bool")),
    "choice": _choice,
    "multi_choice": _choice,
    "email": _checked_text("E-Mail-Adresse"),
    "phone": _checked_text("Telefonnummer"),
    "iban": _checked_text("IBAN"),
    "tax_id": _checked_text("Steuer-Identifikationsnummer"),
    "vehicle_plate": _checked_text("Kfz-Kennzeichen"),
    "country": _checked_text("Land"),
    "nationality": _checked_text("Staatsangehörigkeit"),
    "scale": lambda node: Kind(_facts(INPUT, "num_int"), ["die Worte der Skala"]),
    "matrix": _checked_text("Matrix"),
    "address": lambda node: Kind(_facts(INPUT, "obj"), ["die Teile der Anschrift (ausgegeben als Objekt)"]),
    "signature": lambda node: Kind(_facts(INPUT, "obj"), ["die Unterschrift (als Objekt ohne Gestalt ausgegeben)"]),
    "date_range": _checked_text("Zeitraum mit zwei Tagen"),
    "ranking": lambda node: replace(_choice(node), lost=["die Rangfolge"]),
    "file": _file,
    "content": _content,
    "calculated": _calculated,
}
