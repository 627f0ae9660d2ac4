"""A form document as a schema. What came from FIM and was not changed goes back word for word; the rest is translated.

Everything XDatenfelder has no place for is a note of the report; nothing is left out in silence.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forms_engine.domain import Flow, read_flow
from forms_engine.fim.export.kinds import ANY_NUMBER, Kind, kind_of, least_of, most_of, plain_text
from forms_engine.fim.export.losses import form_losses, list_losses, part_losses
from forms_engine.fim.export.parts import FIELD, Part, Parts, read_parts
from forms_engine.fim.export.rules import said_rules
from forms_engine.fim.export.writer import FIELD as FIELD_TAG
from forms_engine.fim.export.writer import GROUP as GROUP_TAG
from forms_engine.fim.export.writer import SCHEMA as SCHEMA_TAG
from forms_engine.fim.export.writer import Element, Position, write_message
from forms_engine.fim.mapping.fields import MANY_FILES
from forms_engine.fim.record import Record
from forms_engine.fim.report import ADDED, CHANGED, LEFT, Note, noted
from forms_engine.fim.revision import changed_facets
from forms_engine.fim.trees import from_script

Json = dict[str, Any]

OURS = "99"  # number range of provisional ids: FIM hands out none there
TITLES = {LEFT: "Nicht ausgegeben", CHANGED: "Anders ausgegeben", ADDED: "Ergänzt"}
IN_WORK = "2"
SHAPE_TAGS = ("praezisierung", "maxSize", "mediaType", "codelisteReferenz", "inhalt", "werte")


@dataclass(slots=True)
class ExportReport:
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)

    def note(self, kind: str, source: str, text: str, path: str = "") -> None:
        self.notes.append(Note(kind, source, text, path))

    def lines(self) -> Iterator[str]:
        count = self.counts
        yield (
            f"Ausgegeben: {count['groups']} Gruppen, {count['fields']} Felder, {count['lists']} Codelisten, "
            f"{count['rules']} Regeln, {count['trees']} amtliche Regelbäume."
        )
        yield from noted(self.notes, TITLES)


@dataclass(slots=True)
class Exported:
    content: bytes
    report: ExportReport


def export_document(document: Json, *, created: datetime) -> Exported:
    """The schema of a form. `created`: the time the file says it was made."""
    return _Exporter(document, created).run()


class _Exporter:
    def __init__(self, document: Json, created: datetime) -> None:
        self._document = document
        self._created = created
        source = document.get("source")
        self._source: Json = source if isinstance(source, dict) else {}
        self._flow: Flow | None = read_flow(document)[0]
        self._report = ExportReport()
        self._taken: set[str] = set()

    def run(self) -> Exported:
        parts = read_parts(self._document)
        fim = self._source.get("fim") or {}
        if str(fim.get("id", "")).startswith("G") and len(parts.top) == 1:
            root = self._position(parts.top[0]).element
        else:
            root = self._schema(fim, parts)
        for note in (*form_losses(self._document, parts), *list_losses(self._document)):
            self._report.note(*note)
        message = write_message(root, message_id=f"{self._document['key']}-export", created=self._created)
        return Exported(message, self._report)

    # -- the schema itself -------------------------------------------------------------------------------------------

    def _schema(self, fim: Json, parts: Parts) -> Element:
        document, record = self._document, dict(self._source.get("record") or {})
        changed = changed_facets(document)
        ident, version = self._identity(fim, "S", str(document["key"]), _german(document.get("title")))
        record.setdefault("name", _german(document.get("title")))
        if "words" in changed:
            record["bezeichnung"] = _german(document.get("title"))
            _put(record, "hilfetext", _german(document.get("description")))
        if "law" in changed:
            record["bezug"] = _references(document.get("legal_basis"))
        self._defaults(record)
        record.setdefault("ableitungsmodifikationenStruktur", "0")
        record.setdefault("ableitungsmodifikationenRepraesentation", "0")
        element = Element(SCHEMA_TAG, ident, version, record)
        self._fill(element, parts.top)
        return element

    # -- fields and groups -------------------------------------------------------------------------------------------

    def _position(self, part: Part) -> Position:
        letter = "F" if part.kind == FIELD else "G"
        label = _german(part.raw.get("label") or part.raw.get("title"))
        ident, version = self._identity(part.fim, letter, part.path, label)
        record = self._record(part)
        record.setdefault("name", str(part.fim.get("name") or label))
        self._words(part, record, label)
        if "law" in part.changed and (part.raw.get("legal_basis") or not part.is_own):
            record["bezug"] = _references(part.raw.get("legal_basis"))
        self._defaults(record)
        record.setdefault("bezeichnungEingabe", label or record["name"])
        record.setdefault("bezeichnungAusgabe", label or record["name"])
        record.setdefault("schemaelementart", "RNG")
        element = Element(FIELD_TAG if part.kind == FIELD else GROUP_TAG, ident, version, record)
        if part.kind == FIELD:
            self._shape(part, element)
        self._fill(element, part.children)
        self._note(part, ident)
        return Position(_count(part), part.fim.get("bezug") or [], element)

    def _record(self, part: Part) -> Record:
        entry = part.fim.get("entry") or f"{part.fim.get('id')} {part.fim.get('version')}"
        return dict((self._source.get("elements") or {}).get(entry) or {})

    def _words(self, part: Part, record: Record, label: str) -> None:
        if "words" not in part.changed or not part.raw:
            return
        record["bezeichnungEingabe"] = label or record["name"]
        if part.is_step:
            _put(record, "hilfetextEingabe", plain_text(_german(part.raw.get("description"), keep=True)))
        else:
            _put(record, "hilfetextEingabe", _german(part.raw.get("help"), keep=True))
        if part.answer.get("type") == "content":
            record["inhalt"] = kind_of(part.answer).facts["inhalt"]

    def _shape(self, part: Part, element: Element) -> None:
        record, listed = element.record, part.answer.get("codelist")
        if "shape" in part.changed or "feldart" not in record:
            for tag in SHAPE_TAGS:
                record.pop(tag, None)
            kind = kind_of(part.answer)
            record.update(kind.facts)
            self._losses(kind, part, element.id)
            options = kind.options if kind.options is not None else self._options(listed)
        else:
            options = self._options(record.pop("werte", None))
        record.setdefault("vorbefuellung", "keine")
        if options is not None:
            element.codes = [_code(option) for option in options]
            self._report.counts["lists"] += 1

    def _options(self, key: Any) -> list[Json] | None:
        found = (self._document.get("codelists") or {}).get(key)
        return found if isinstance(found, list) else None

    def _fill(self, element: Element, parts: list[Part]) -> None:
        """The children, and the rules of ours that speak of them: rules stand at the element around."""
        said: list[Record] = []
        for part in parts:
            position = self._position(part)
            element.children.append(position)
            said += self._said(part, position.element.id)
        rules = [*element.record.get("regel", ()), *said]
        if rules:
            element.record["regel"] = rules
        self._report.counts[{SCHEMA_TAG: "schemas", GROUP_TAG: "groups", FIELD_TAG: "fields"}[element.tag]] += 1
        self._report.counts["rules"] += len(rules)
        self._report.counts["trees"] += sum(len(from_script(rule.get("skript", ""))) for rule in rules)

    def _said(self, part: Part, ident: str) -> Iterator[Record]:
        """The rules of a part that no rule of the schema says: those that editors made or changed."""
        if "rules" not in part.changed and not ("shape" in part.changed and part.raw.get("options")):
            return
        for number, (member, kind, text) in enumerate(said_rules(part, ident, self._flow)):
            path = f"{part.path}:{member}:{number}"
            self._report.note(CHANGED, ident, f"Regel als Satz statt als Bedingung: {text}", part.path)
            yield {
                "id": self._provisional("R", path),
                "version": "1.0.0",
                "name": f"{ident} {member}",
                "freitextRegel": text,
                "fachlicherErsteller": str(self._document.get("unit") or "unbekannt"),
                "letzteAenderung": self._created.isoformat(),
                "typ": kind,
            }

    # -- what both have ----------------------------------------------------------------------------------------------

    def _identity(self, fim: Json, letter: str, path: str, label: str) -> tuple[str, str]:
        if fim.get("id"):
            return str(fim["id"]), str(fim.get("version") or "1.0.0")
        ident = self._provisional(letter, path)
        self._report.note(ADDED, ident, f"Vorläufige Kennung für „{label}“, bitte in FIM eine vergeben lassen", path)
        return ident, "1.0.0"

    def _provisional(self, letter: str, path: str) -> str:
        number = int(hashlib.sha256(path.encode()).hexdigest(), 16) % 10**9
        while f"{letter}{OURS}{number:09d}" in self._taken:
            number = (number + 1) % 10**9
        self._taken.add(f"{letter}{OURS}{number:09d}")
        return f"{letter}{OURS}{number:09d}"

    def _defaults(self, record: Record) -> None:
        record.setdefault("freigabestatus", IN_WORK)
        record.setdefault("letzteAenderung", self._created.isoformat())

    def _note(self, part: Part, ident: str) -> None:
        if part.changed and not part.is_own and part.raw:
            text = "Gegenüber FIM geändert, Kennung und Version sind die alten: bitte neu versionieren"
            self._report.note(CHANGED, ident, text, part.path)
        for text in part_losses(part):
            self._report.note(LEFT, ident, text, part.path)

    def _losses(self, kind: Kind, part: Part, ident: str) -> None:
        for lost in kind.lost:
            self._report.note(LEFT, ident, f"{lost[:1].upper()}{lost[1:]}", part.path)


def _count(part: Part) -> str:
    """`anzahl`: as the schema had it, unless an editor changed what it depends on."""
    least, _, most = str(part.fim.get("count") or "").partition(":")
    if not part.raw or (most and not {"shape", "rules"} & part.changed):
        return f"{least or 1}:{most or 1}"
    if part.is_step:
        return f"{least or (0 if 'when' in part.raw else 1)}:{most or 1}"
    is_plain_group = part.raw.get("type") == "group" and "repeat" not in part.raw
    if not most or not is_plain_group:
        least = str(least_of(part.raw)) if not most or _tells_least(part) else least
        now = most_of(part.raw)
        is_house_limit = most == ANY_NUMBER and now == MANY_FILES
        most = most if is_house_limit or (most and "shape" not in part.changed) else str(now)
    if most != ANY_NUMBER and int(least) > int(most):
        most = least
    return f"{least}:{most}"


def _tells_least(part: Part) -> bool:
    """Whether the editors changed how often the answer must stand."""
    return ("shape" if part.raw.get("type") == "group" else "rules") in part.changed


def _code(option: Json) -> tuple[str, str, str]:
    value = str(option.get("value", ""))
    return value, _german(option.get("label")) or value, _german(option.get("help"), keep=True)


def _references(basis: Any) -> list[str | list[str]]:
    found = [one for one in basis or () if isinstance(one, dict) and one.get("title")]
    return [[one["title"], one["url"]] if one.get("url") else one["title"] for one in found]


def _put(record: Record, tag: str, text: str) -> None:
    if text:
        record[tag] = text
    else:
        record.pop(tag, None)


def _german(text: Any, *, keep: bool = False) -> str:
    """The German text, on one line unless `keep`."""
    found = str(text.get("de", "")) if isinstance(text, dict) else ""
    return found if keep else " ".join(found.split())
