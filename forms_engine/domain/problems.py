"""An answer that is wrong or missing, and how people are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from forms_engine.fields import Fault, resolve, say
from forms_engine.fields.dates import format_date
from forms_engine.fields.grammar import is_question, object_phrase, quoted
from forms_engine.fields.messages import COMMON, Message, render
from forms_engine.fields.numbers import format_number

from .model import Node

ENTRIES = {"de": ("Eintrag", "Einträge"), "en": ("entry", "entries"), "de-simple": ("Eintrag", "Einträge")}


@dataclass(frozen=True, slots=True)
class Problem:
    """One error of an answer. `path` has row ids; `params` are plain values for the text."""

    path: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    node: Node | None = field(default=None, repr=False, compare=False)
    default_locale: str = field(default="de", repr=False, compare=False)

    def label(self, locale: str) -> str:
        """Name of the question in the locale."""
        return say(self.node.label, locale, self.default_locale) if self.node else self.path

    def message(self, locale: str) -> str:
        """What is wrong and what to do, for the person who fills in the form."""
        if self.code == "rule_failed" and (own := self.rule_message(locale)):
            return own
        return render(self.template(locale), locale, self.words(locale))

    def rule_message(self, locale: str) -> str:
        at = self.params.get("rule")
        if self.node is None or not isinstance(at, int) or at >= len(self.node.valid):
            return ""
        return resolve(self.node.valid[at].message, locale, self.default_locale).text

    def template(self, locale: str) -> Message:
        own = self.node.field.messages if self.node else {}
        known = {**COMMON, **own}
        if self.code == "required" and is_question(self.label(locale)):
            return known["required_question"]
        if self.code == "required" and "required" not in own and self.object(locale) == self.quoted_label(locale):
            return COMMON["required_field"]
        return known.get(self.code) or COMMON["rule_failed"]

    def quoted_label(self, locale: str) -> str:
        return quoted(self.label(locale), locale)

    def object(self, locale: str) -> str:
        return object_phrase(self.label(locale), locale, own=bool(self.node and self.node.is_own_datum))

    def words(self, locale: str) -> dict[str, Any]:
        node = self.node
        words: dict[str, Any] = {name: self.in_words(name, value, locale) for name, value in self.params.items()}
        if node is not None:
            words = {**node.field.required_params(locale), **words}
        words["label"] = self.quoted_label(locale)
        words["object"] = self.object(locale)
        words.setdefault("hint", self.hint(locale))
        for limit in ("min", "max"):
            one, many = ENTRIES.get(locale, ENTRIES["de"])
            words[f"entries_{limit}"] = one if self.params.get(limit) == 1 else many
        return words

    def hint(self, locale: str) -> str:
        """The help text of the question completes messages that can only say "not like this"."""
        text = say(self.node.help, locale, self.default_locale) if self.node else ""
        return f" ({text.rstrip('.')})" if 0 < len(text) <= 120 else ""

    def in_words(self, name: str, value: Any, locale: str) -> str:
        if isinstance(value, date):
            return format_date(value, locale)
        if isinstance(value, bool):
            return str(value)
        if isinstance(value, Decimal) and self.node is not None:
            return self.node.field.display(value, locale, self.node.settings)
        if isinstance(value, int | Decimal):
            return format_number(value, locale)
        if name in {"missing", "part"} and self.node is not None:
            return ", ".join(self.part_names(value if isinstance(value, list) else [value], self.node, locale))
        return str(value)

    def part_names(self, names: list[str], node: Node, locale: str) -> Iterator[str]:
        """Parts of an answer as people call them; whole questions in quotation marks."""
        parts = node.field.parts_of(node.settings)
        for name in names:
            label = say(parts[name].label, locale, self.default_locale) if name in parts else name
            yield quoted(label, locale) if node.field.has_questions else label


def problem_of(fault: Fault, path: str, node: Node, default_locale: str) -> Problem:
    return Problem(path, fault.code, fault.params, node, default_locale)
