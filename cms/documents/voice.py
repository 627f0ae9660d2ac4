"""One subject in one locale: words from the translation, data from the German original, and a note of what is missing.

Data (amounts, links, units, status) always comes from the German version: a translation that lags behind must not
show an old fee. Words come from the translation; where it has none, German stands in and the field is named in
`untranslated`. Leichte Sprache is a text of its own: it may leave prose out, and nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from cms.documents.addresses import DEFAULT_LOCALE, SIMPLE_LOCALE

M = TypeVar("M")
WORDS = ("title", "label", "text", "note", "reason")  # members of a row that are words
EVERYTHING = "*"
SHORT = 60  # in Leichte Sprache a short wording may well be the same as in standard German


class Voice(Generic[M]):
    """Reads fields of the version in the locale and of the German original (`lead`)."""

    def __init__(self, versions: Mapping[str, M], locale: str) -> None:
        self.locale = locale
        self.own: M | None = versions.get(locale)
        self.lead: M = versions.get(DEFAULT_LOCALE) or self.own or next(iter(versions.values()))
        self._simple = locale == SIMPLE_LOCALE
        self._missing: set[str] = set()

    @property
    def lang(self) -> str:
        """The language the text really is in."""
        return self.locale if self.own is not None else DEFAULT_LOCALE

    @property
    def untranslated(self) -> list[str]:
        """Names of the fields that are German although the locale is not; `*` is the whole document."""
        return [EVERYTHING] if self.own is None else sorted(self._missing)

    def lang_of(self, name: str) -> str:
        """The language of one field."""
        return DEFAULT_LOCALE if name in self._missing else self.lang

    def words(self, name: str, read: Callable[[M], Any]) -> Any:
        """A text or a list of texts that a translation replaces as a whole."""
        german = read(self.lead)
        if self.own is None or self.own is self.lead:
            return german
        own = read(self.own)
        if not _is_empty(own):
            self._note(name, own, german)
            return own
        if self._simple or _is_empty(german):
            return own
        self._missing.add(name)
        return german

    def data(self, read: Callable[[M], Any]) -> Any:
        """What is the same in every language."""
        return read(self.lead)

    def rows(self, name: str, read: Callable[[M], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """Typed rows: German data with translated words, row by row. Rows that no longer fit together stay German."""
        german = read(self.lead)
        if self.own is None or self.own is self.lead or not german:
            return german
        own = read(self.own)
        if not _fits(german, own):
            self._missing.add(name)
            return german
        return [self._overlay(name, left, right) for left, right in zip(german, own, strict=True)]

    def _overlay(self, name: str, german: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
        row = dict(german)
        for key, value in german.items():
            if key in WORDS and isinstance(value, str):
                row[key] = self._row_words(name, value, own.get(key) or "")
            elif _is_rows(value) and _fits(value, own.get(key)):
                row[key] = [self._overlay(name, left, right) for left, right in zip(value, own[key], strict=True)]
        return row

    def _row_words(self, name: str, german: str, own: str) -> str:
        if not own and german:
            self._missing.add(name)
            return german
        self._note(name, own, german)
        return own

    def _note(self, name: str, own: Any, german: Any) -> None:
        """Words equal to the German ones are not translated: wagtail-localize publishes German where a text is open."""
        if own != german or not _has_letters(own):
            return
        if not (self._simple and len(str(own)) <= SHORT):
            self._missing.add(name)


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _fits(german: list[dict[str, Any]], own: Any) -> bool:
    """Same number of rows, each of the same kind."""
    if not isinstance(own, list) or len(own) != len(german):
        return False
    return all(left.get("kind") == right.get("kind") for left, right in zip(german, own, strict=True))


def _has_letters(value: Any) -> bool:
    return any(char.isalpha() for char in str(value))
