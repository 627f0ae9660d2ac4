"""What a form has and XDatenfelder has no place for: each thing as a note for the person who exports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from forms_engine.fim.export.parts import Part, Parts
from forms_engine.fim.report import ADDED, CHANGED, LEFT
from forms_engine.fim.revision import LAW, RULES, WORDS, changed_facets, is_list_changed, rule_mark

Json = dict[str, Any]
Line = tuple[str, str, str, str]  # kind, source, text, path

CARRIED = frozenset(
    {
        "id", "type", "label", "title", "description", "help", "text", "source", "nodes", "legal_basis", "repeat",
        "visible", "required", "valid", "value", "when", "result", "show", "options", "codelist", "min", "max",
        "min_length", "max_length", "pattern", "accept", "max_bytes",
    }
)  # fmt: skip
GERMAN = {
    "purpose": "der Zweck", "data_category": "die Datenkategorie", "autocomplete": "die Ausfüllhilfe des Browsers",
    "unit": "die Einheit", "places": "die Nachkommastellen", "rows": "die Höhe des Feldes",
    "display": "die Darstellung",
    "currency": "die Währung", "parts": "die Teile der Anschrift", "retention": "die Aufbewahrungsfrist",
    "max_words": "die höchste Zahl der Wörter",
    "minutes": "die Dauer", "declaration": "die Erklärung am Ende", "kind": "die Art des Formulars",
}  # fmt: skip
CARRIED_BY_FORM = frozenset(
    {
        "format", "key", "locales", "default_locale", "title", "description", "unit", "legal_basis", "codelists",
        "steps", "todo", "source", "requirements", "bring",
    }
)  # fmt: skip


def part_losses(part: Part) -> Iterator[str]:
    """What is lost of one question or group: nothing where it is as the import made it."""
    for raw in {id(one): one for one in (part.raw, part.answer)}.values():
        for member in raw.keys() - CARRIED:
            if part.is_own or _facet_of(member) in part.changed:
                yield _capital(GERMAN.get(member, f"„{member}“"))
    repeat = part.raw.get("repeat")
    is_ours = part.is_own or "shape" in part.changed
    if isinstance(repeat, dict) and is_ours and repeat.keys() & {"item_label", "add_label"}:
        yield "Die Beschriftung der Zeilen"


def form_losses(document: Json, parts: Parts) -> Iterator[Line]:
    """What is lost of the form as a whole."""
    changed = changed_facets(document)
    for member in sorted(document.keys() - CARRIED_BY_FORM):
        is_default = (member == "kind" and document["kind"] == "application") or (
            member == "purpose" and "words" not in changed
        )
        if not is_default:
            yield LEFT, "Formular", _capital(GERMAN.get(member, f"„{member}“")), ""
    for member, what in (("requirements", "Voraussetzung"), ("bring", "Mitzubringen")):
        for entry in document.get(member) or ():
            text = entry.get("title") or entry.get("text") or {}
            yield LEFT, "Formular", f"{what} „{text.get('de', entry.get('id', ''))}“", ""
    for locale, number in sorted(_translations(document).items()):
        yield LEFT, "Formular", f"{number} Texte in der Sprache „{locale}“", ""
    yield from _structure(parts)
    yield from _todo(document)


def list_losses(document: Json) -> Iterator[Line]:
    for key, options in sorted((document.get("codelists") or {}).items()):
        if is_list_changed(document, key):
            yield CHANGED, f"Codeliste {key}", "Gegenüber FIM geändert: bitte neu versionieren", ""
        if any("visible" in option for option in options if isinstance(option, dict)):
            yield LEFT, f"Codeliste {key}", "Bedingungen an Antworten", ""


def _structure(parts: Parts) -> Iterator[Line]:
    for part in parts.top:
        if part.is_step and part.is_own:
            yield ADDED, "Formular", "Ein eigener Schritt wird eine Gruppe", part.path
    for part in parts.moved:
        yield (
            CHANGED,
            str(part.fim["id"]),
            "Verschoben oder kopiert: steht jetzt an der Stelle des Formulars",
            part.path,
        )
    for helper in parts.helpers:
        if changed_facets(helper.raw) or _translations(helper.raw):
            text = "Hilfsfrage mit eigenen Texten oder Regeln: sie entsteht beim Einlesen neu und ohne diese"
            yield LEFT, "Formular", text, helper.path
    if parts.helpers:
        text = f"{len(parts.helpers)} Hilfsfragen („Möchten Sie dazu etwas angeben?“): sie entstehen beim Einlesen neu"
        yield LEFT, "Formular", text, ""


def _todo(document: Json) -> Iterator[Line]:
    source = document.get("source") or {}
    entries = [entry for entry in document.get("todo") or () if isinstance(entry, dict)]
    done = set(source.get("rules") or ()) - {rule_mark(entry) for entry in entries}
    if done:
        yield CHANGED, "Formular", f"{len(done)} abgehakte Regeln stehen im Schema weiter als Satz", ""
    records = [source.get("record") or {}, *(source.get("elements") or {}).values()]
    known = {rule.get("id") for record in records for rule in record.get("regel", ())}
    for entry in entries:
        if entry.get("source") not in known:
            yield LEFT, "Formular", f"Offener Punkt „{str(entry.get('text', ''))[:80]}“", str(entry.get("path", ""))


def _translations(value: Any) -> Counter[str]:
    """How many texts there are in each language but German."""
    found: Counter[str] = Counter()
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += item
        elif isinstance(item, dict):
            if "de" in item and all(isinstance(text, str) for text in item.values()):
                found.update(item.keys() - {"de"})
            else:
                stack += [inner for member, inner in item.items() if member != "source"]
    return found


def _facet_of(member: str) -> str:
    return "words" if member in WORDS else "rules" if member in RULES else "law" if member in LAW else "shape"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
