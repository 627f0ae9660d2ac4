"""One function a data type: a FIM field to the type and limits of a form field.

Returns the type and its own keys only; id, label, help and so on are the business of `nodes`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from html import escape

from forms_engine.fields.contrib.file import MEDIA_TYPE, MOST_BYTES
from forms_engine.fields.patterns import PatternRefused, compile_pattern
from forms_engine.fim.mapping.layout import Place
from forms_engine.fim.mapping.lists import ListShelf
from forms_engine.fim.model import DataField
from forms_engine.fim.report import ADDED, CHANGED, LEFT, Report

Json = dict[str, object]
Mapper = Callable[[DataField, Place, "Workshop"], Json]

LOCALE = "de"
LONG_TEXT = 1000  # above, several lines are offered
LONG_NAMES = re.compile(
    r"Beschreib|Begründung|Erläuter|Bemerkung|Anmerkung|Mitteilung|Sachverhalt|Verlusterklärung", re.IGNORECASE
)
EMAIL, PHONES = "F60000000242", frozenset({"F60000000240", "F60000000241"})
MANY_FILES = 20  # for "any number"; the type takes at most 50
TIME = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"


class Workshop:
    """What the mappers share: the code lists of the document and the report."""

    def __init__(self, lists: ListShelf, report: Report) -> None:
        self.lists = lists
        self.report = report


def map_field(field: DataField, place: Place, shop: Workshop) -> Json:
    """Type and limits. A list beats the data type; label, hidden and locked beat both."""
    if field.kind in KINDS:
        return KINDS[field.kind](field, place, shop)
    if field.kind == "select" or field.codes or field.code_list:
        return _choice(field, place, shop)
    return DATATYPES[field.datatype](field, place, shop)


def _label(field: DataField, place: Place, shop: Workshop) -> Json:
    return {"type": "content", "text": {LOCALE: as_html(field.content or field.help or field.label)}}


def _fixed(field: DataField, place: Place, shop: Workshop) -> Json:
    """`hidden` and `locked`: nobody types it. With a content it is a constant, else its origin is unknown."""
    show = field.kind == "locked" and bool(field.content)
    if field.content:
        return {"type": "calculated", "value": field.content, "result": "text", "show": show}
    kind = "gesperrt" if field.kind == "locked" else "verborgen"
    shop.report.note(
        CHANGED, field.id, f"Feld „{field.name}“ ist {kind} und hat keinen Inhalt: bleibt leer und "
        "unsichtbar, bis ein Wert modelliert ist", place.path,
    )  # fmt: skip
    return {"type": "calculated", "value": "", "result": "text", "show": False}


def _choice(field: DataField, place: Place, shop: Workshop) -> Json:
    key = shop.lists.key_for(field, place)
    if key is None:
        name = field.code_list.uri if field.code_list else "ohne Namen"
        shop.report.note(
            CHANGED, field.id, f"Codeliste {name} liegt nicht bei: Textfeld statt Auswahl „{field.name}“", place.path
        )
        return _text(field, place, shop) if field.datatype != "file" else {"type": "text"}
    if place.position.is_repeated and not place.is_multiple:
        text = f"„{field.name}“ darf mehrfach stehen, fragt aber Ja oder Nein: eine Antwort"
        shop.report.note(CHANGED, field.id, text, place.path)
    if not place.is_multiple:
        return {"type": "choice", "codelist": key}
    limits = {"min": place.position.minimum or None, "max": place.position.maximum}
    return {"type": "multi_choice", "codelist": key, **_known(limits)}


def _text(field: DataField, place: Place, shop: Workshop) -> Json:
    limits = field.constraints
    if field.id == EMAIL or (limits.pattern and "@" in limits.pattern):
        return _typed("email", "E-Mail-Adresse", field, place, shop)
    if field.id in PHONES:
        return _typed("phone", "Telefonnummer", field, place, shop)
    if field.name.strip().upper() == "IBAN":
        return _typed("iban", "IBAN", field, place, shop)
    lengths = _known({"min_length": limits.min_length or None, "max_length": limits.max_length})
    if not limits.pattern and ((limits.max_length or 0) > LONG_TEXT or LONG_NAMES.search(field.name)):
        return {"type": "long_text", **lengths}
    return {"type": "text", **lengths, **_pattern(field, place, shop)}


def _typed(kind: str, what: str, field: DataField, place: Place, shop: Workshop) -> Json:
    """A type of ours that checks more than the file says."""
    if field.constraints.pattern or field.constraints.max_length:
        shop.report.note(CHANGED, field.id, f"„{field.name}“ wird als {what} geprüft statt nach Länge und Muster der "
                         "Datei", place.path)  # fmt: skip
    return {"type": kind}


def _pattern(field: DataField, place: Place, shop: Workshop) -> Json:
    """Patterns match the whole value; a lonely `^` or `$` says nothing more."""
    pattern = field.constraints.pattern
    if not pattern:
        return {}
    pattern = re.sub(r"(?<!\\)\$$", "", pattern.removeprefix("^"))
    try:
        compile_pattern(pattern)
    except PatternRefused as refused:
        shop.report.note(LEFT, field.id, f"Muster „{pattern[:60]}“: {refused}", place.path)
        return {}
    return {"pattern": pattern}


def _integer(field: DataField, place: Place, shop: Workshop) -> Json:
    low, high = _bounds(field, place, shop)
    return {
        "type": "integer",
        **_known({"min": None if low is None else int(low), "max": None if high is None else int(high)}),
    }


def _decimal(field: DataField, place: Place, shop: Workshop) -> Json:
    low, high = _bounds(field, place, shop)
    return {"type": "decimal", **_known({"min": _plain(low), "max": _plain(high)})}


def _money(field: DataField, place: Place, shop: Workshop) -> Json:
    return {**_decimal(field, place, shop), "type": "money", "currency": "EUR"}


def _date(field: DataField, place: Place, shop: Workshop) -> Json:
    bounds = {"min": field.constraints.min_value, "max": field.constraints.max_value}
    for name, value in list(bounds.items()):
        if value and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            shop.report.note(LEFT, field.id, f"Grenze „{value[:40]}“ ist kein Datum", place.path)
            bounds[name] = None
    return {"type": "date", **_known(bounds)}


def _bool(field: DataField, place: Place, shop: Workshop) -> Json:
    return {"type": "yes_no"}


def _time(field: DataField, place: Place, shop: Workshop) -> Json:
    shop.report.note(CHANGED, field.id, f"Uhrzeit „{field.name}“ als Text mit Muster hh:mm", place.path)
    return {"type": "text", "pattern": TIME}


def _datetime(field: DataField, place: Place, shop: Workshop) -> Json:
    shop.report.note(CHANGED, field.id, f"Zeitpunkt „{field.name}“ als Text mit Muster TT.MM.JJJJ hh:mm", place.path)
    return {"type": "text", "pattern": rf"[0-3][0-9]\.[01][0-9]\.[0-9]{{4}} {TIME}"}


def _file(field: DataField, place: Place, shop: Workshop) -> Json:
    """`0:*` on a file field is one field that takes several files. Without limits the house default applies."""
    most = MANY_FILES if place.position.maximum is None else min(place.position.maximum, MANY_FILES)
    if field.max_size is None and not field.media_types:
        shop.report.note(ADDED, field.id, "Datei ohne Größe und Art: es gilt die Vorgabe des Hauses", place.path)
    limits = {
        "accept": [kind for kind in field.media_types if MEDIA_TYPE.fullmatch(kind)] or None,
        "max_bytes": None if field.max_size is None else max(1, min(field.max_size, MOST_BYTES)),
        "min": place.position.minimum or None,
        "max": max(most, place.position.minimum),
    }
    left = [kind for kind in field.media_types if not MEDIA_TYPE.fullmatch(kind)]
    if left or (field.max_size or 0) > MOST_BYTES:
        text = f"Grenzen der Datei gekürzt: {', '.join(left) or f'höchstens {MOST_BYTES} Byte'}"
        shop.report.note(CHANGED, field.id, text, place.path)
    return {"type": "file", **_known(limits)}


def _object(field: DataField, place: Place, shop: Workshop) -> Json:
    shop.report.note(CHANGED, field.id, f"„{field.name}“ ist ein Objekt ohne Gestalt: Textfeld", place.path)
    return {"type": "long_text"}


def _bounds(field: DataField, place: Place, shop: Workshop) -> tuple[Decimal | None, Decimal | None]:
    limits = field.constraints
    return _number(limits.min_value, field, place, shop), _number(limits.max_value, field, place, shop)


def _number(value: str | None, field: DataField, place: Place, shop: Workshop) -> Decimal | None:
    if value is None:
        return None
    try:
        number = Decimal(value.replace(",", "."))
    except InvalidOperation:
        shop.report.note(LEFT, field.id, f"Grenze „{value[:40]}“ ist keine Zahl", place.path)
        return None
    return number if number.is_finite() else None


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _known(values: Mapping[str, object]) -> Json:
    return {key: value for key, value in values.items() if value is not None}


def as_html(text: str) -> str:
    """Plain text as paragraphs."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "".join(f"<p>{'<br>'.join(escape(line.strip()) for line in part.splitlines())}</p>" for part in paragraphs)


KINDS: dict[str, Mapper] = {"label": _label, "hidden": _fixed, "locked": _fixed}
DATATYPES: dict[str, Mapper] = {
    "text": _text,
    "text_latin": _text,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "bool": _bool,
    "num": _decimal,
    "num_int": _integer,
    "num_currency": _money,
    "file": _file,
    "obj": _object,
}
