"""Read a flow document, whatever is in it: well-formed parts become objects, the rest becomes findings.

No rule is looked at here (`ruling.py` does that); this file knows shapes, names and texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms_engine.fields import Text

from .findings import ERROR, WARNING, Finding
from .html import is_safe_url, list_unsafe

ID = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
MAX_DOCUMENT_DEPTH = 200
MAX_DOCUMENT_VALUES = 600_000
LONGEST_TEXT = 50_000
LANGUAGES = {"de": "Deutsch", "en": "Englisch", "de-simple": "Leichte Sprache"}


def document_problem(value: Any) -> str | None:
    """Why this is no JSON document of a size we take; None when it is. Looks without recursion."""
    count, stack = 0, [(value, 1)]
    while stack:
        item, depth = stack.pop()
        count += 1
        if depth > MAX_DOCUMENT_DEPTH or count > MAX_DOCUMENT_VALUES:
            return f"Das Formular ist zu groß (höchstens {MAX_DOCUMENT_DEPTH} Ebenen, {MAX_DOCUMENT_VALUES} Werte)."
        if isinstance(item, dict):
            if not all(isinstance(key, str) and is_clean(key) for key in item):
                return "Das Formular enthält Namen, die kein lesbarer Text sind."
            stack.extend((child, depth + 1) for child in item.values())
        elif isinstance(item, list):
            stack.extend((child, depth + 1) for child in item)
        elif problem := scalar_problem(item):
            return problem
    return None


def scalar_problem(item: Any) -> str | None:
    if isinstance(item, str):
        return None if is_clean(item) else "Das Formular enthält Zeichen, die nicht gespeichert werden können."
    if isinstance(item, float):
        return None if item - item == 0 else "Das Formular enthält eine Zahl, die keine ist (NaN oder unendlich)."
    if item is None or isinstance(item, bool | int):
        return None if not isinstance(item, int) or abs(item) < 10**40 else "Das Formular enthält eine zu große Zahl."
    return "Das Formular enthält Werte, die kein JSON sind."


def is_clean(text: str) -> bool:
    if text.isascii():
        return "\x00" not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


@dataclass(slots=True)
class Reporter:
    """Collects findings. `place` is where the reading is at the moment, as an editor sees it."""

    locales: tuple[str, ...] = ("de",)
    default_locale: str = "de"
    findings: list[Finding] = field(default_factory=list)

    def error(self, code: str, at: Place, message: str) -> None:
        self.findings.append(Finding(code, ERROR, at.path, message, str(at)))

    def warn(self, code: str, at: Place, message: str) -> None:
        self.findings.append(Finding(code, WARNING, at.path, message, str(at)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the form: a path for programs, a trail of names for people."""

    path: str = ""
    trail: tuple[str, ...] = ("Formular",)

    def __truediv__(self, name: str) -> Place:
        return Place(self.path, (*self.trail, name))

    def into(self, path: str, name: str) -> Place:
        """A step, group or question below."""
        trail = self.trail if self.path else ()
        return Place(path, (*trail, name))

    def __str__(self) -> str:
        return " › ".join(self.trail)


@dataclass(slots=True)
class Fields:
    """One JSON object while it is read: takes its members by type and reports what does not fit."""

    source: Mapping[str, Any]
    at: Place
    report: Reporter
    missing: dict[str, list[str]] = field(default_factory=dict)  # locale -> texts that lack it

    def wrong(self, name: str, expected: str) -> None:
        self.report.error("wrong_type", self.at, f"„{name}“ ist nicht lesbar: erwartet wird {expected}.")

    def items(self, name: str) -> list[Any]:
        value = self.source.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(name, "eine Liste")
            return []
        return value

    def objects(self, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The objects of a list; other things in it are findings."""
        for index, item in enumerate(self.items(name)):
            if isinstance(item, dict):
                yield index, item
            else:
                self.wrong(f"{name} {index + 1}", "ein Objekt")

    def object(self, name: str) -> Mapping[str, Any] | None:
        value = self.source.get(name)
        if value is None or isinstance(value, dict):
            return value
        self.wrong(name, "ein Objekt")
        return None

    def string(self, name: str, *, pattern: re.Pattern[str] | None = None, longest: int = 500) -> str | None:
        value = self.source.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or len(value) > longest:
            self.wrong(name, f"ein Text mit höchstens {longest} Zeichen")
            return None
        if pattern and not pattern.fullmatch(value):
            self.wrong(name, "eine Kennung aus kleinen Buchstaben und Ziffern")
            return None
        return value

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        value = self.source.get(name)
        if value is None:
            return None
        if type(value) is not int or not least <= value <= most:
            self.wrong(name, f"eine ganze Zahl von {least} bis {most}")
            return None
        return value

    def one_of(self, name: str, choices: Iterable[str]) -> str | None:
        value = self.source.get(name)
        choices = list(choices)
        if value is None or (isinstance(value, str) and value in choices):
            return value
        self.wrong(name, "eines von: " + ", ".join(choices))
        return None

    def text(self, name: str, called: str, *, needed: bool = False, html: bool = False) -> Text | None:
        """A text by locale. Missing translations are collected and reported once for the whole object."""
        value = self.source.get(name)
        if value is None:
            if needed:
                self.report.error("text_missing", self.at, f"Hier fehlt: {called}. Bitte schreiben Sie einen Text.")
            return None
        if not isinstance(value, dict):
            self.wrong(name, 'ein Text je Sprache, zum Beispiel {"de": "…"}')
            return None
        found = dict(self.readable(value, called))
        if not found and not needed:
            return None
        if self.report.default_locale not in found:
            language = LANGUAGES.get(self.report.default_locale, self.report.default_locale)
            message = f"{called}: Der Text in der Hauptsprache ({language}) fehlt."
            self.report.error("text_missing", self.at, message)
        self.note_missing(found, called)
        self.check_markup(found, called, html=html)
        return found

    def readable(self, value: Mapping[str, Any], called: str) -> Iterator[tuple[str, str]]:
        for locale, text in value.items():
            if not isinstance(text, str) or len(text) > LONGEST_TEXT:
                self.wrong(f"{called} ({locale})", f"ein Text mit höchstens {LONGEST_TEXT} Zeichen")
            elif locale not in self.report.locales:
                message = f"{called}: Die Sprache „{locale}“ gehört nicht zu den Sprachen des Formulars."
                self.report.warn("locale_unknown", self.at, message)
            elif text.strip():
                yield locale, text

    def note_missing(self, found: Mapping[str, str], called: str) -> None:
        if not found:
            return
        for locale in self.report.locales:
            if locale not in found and locale != self.report.default_locale:
                self.missing.setdefault(locale, []).append(called)

    def check_markup(self, found: Mapping[str, str], called: str, *, html: bool) -> None:
        if not html:
            return
        for locale, text in found.items():
            if unsafe := list_unsafe(text):
                message = f"{called} ({locale}): {'; '.join(unsafe[:3])}. Bitte entfernen Sie das."
                self.report.error("unsafe_html", self.at, message)

    def finish(self) -> None:
        """Report missing translations: one finding a language."""
        for locale, names in self.missing.items():
            language = LANGUAGES.get(locale, locale)
            shown = ", ".join(dict.fromkeys(names[:4])) + (" …" if len(names) > 4 else "")
            message = f"Übersetzung fehlt ({language}): {shown}. Gezeigt wird der Text der Hauptsprache."
            self.report.warn("translation_missing", self.at, message)

    def legal_basis(self, name: str = "legal_basis") -> bool:
        """Check a list of legal bases; true when there is at least one."""
        found = False
        for index, item in self.objects(name):
            entry = Fields(item, self.at / f"Rechtsgrundlage {index + 1}", self.report)
            found = bool(entry.string("title", longest=1_000)) or found
            if not item.get("title"):
                self.report.error("text_missing", entry.at, "Die Rechtsgrundlage hat keinen Titel.")
            url = entry.string("url", longest=2_000)
            if url and not (is_safe_url(url) and url.lower().startswith("http")):
                self.report.error("url_unsafe", entry.at, "Die Adresse muss mit https:// beginnen.")
            entry.unknown({"title", "url", "source"})
        return found

    def unknown(self, known: Iterable[str]) -> None:
        """Members nobody reads (mostly a typing error), and members that are null."""
        for name, value in self.source.items():
            if value is None:
                self.wrong(name, "eine Angabe; lassen Sie sie sonst weg")
        for name in self.source.keys() - set(known):
            if not name.startswith("x_"):
                message = f"Die Angabe „{name[:60]}“ ist unbekannt und bleibt ohne Wirkung."
                self.report.warn("unknown_member", self.at, message)
