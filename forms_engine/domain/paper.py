"""The empty form for people who come on paper: every question with room for its answer, conditions as sentences.

Plain data, made from a flow alone: on paper nothing is hidden, so each condition is said beside what it governs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Any

from forms_engine.fields import say

from .model import Flow, Node, Step
from .wording import sentence

WORDS: dict[str, dict[str, str]] = {
    "only_if": {
        "de": "Nur ausfüllen, {clause}.",
        "en": "Only fill in {clause}.",
        "de-simple": "Nur ausfüllen, {clause}.",
    },
    "required_if": {
        "de": "Pflicht, {clause}.",
        "en": "Required {clause}.",
        "de-simple": "Sie müssen das ausfüllen, {clause}.",
    },
    "optional": {"de": "freiwillig", "en": "optional", "de-simple": "Sie müssen das nicht ausfüllen."},
    "option_if": {"de": "nur {clause}", "en": "only {clause}", "de-simple": "nur {clause}"},
    "yes": {"de": "Ja", "en": "Yes", "de-simple": "Ja"},
    "no": {"de": "Nein", "en": "No", "de-simple": "Nein"},
    "one": {
        "de": "Bitte eine Antwort ankreuzen.",
        "en": "Please tick one answer.",
        "de-simple": "Bitte machen Sie ein Kreuz.",
    },
    "many": {
        "de": "Mehrere Antworten sind möglich.",
        "en": "You may tick several.",
        "de-simple": "Sie können mehrere Kreuze machen.",
    },
    "file": {
        "de": "Diese Unterlage liegt bei.",
        "en": "This document is enclosed.",
        "de-simple": "Ich gebe das Papier dazu.",
    },
    "many_each": {
        "de": "Bitte in jeder Zeile ankreuzen. Mehrere Antworten sind möglich.",
        "en": "Please tick in each line. You may tick several.",
        "de-simple": "Bitte machen Sie in jeder Zeile Kreuze.",
    },
    "one_each": {
        "de": "Bitte in jeder Zeile eine Antwort ankreuzen.",
        "en": "Please tick one answer in each line.",
        "de-simple": "Bitte machen Sie in jeder Zeile ein Kreuz.",
    },
    "date": {"de": "Tag, Monat, Jahr", "en": "day, month, year", "de-simple": "Tag, Monat, Jahr"},
    "calculated": {
        "de": "Das rechnet das Amt aus.",
        "en": "The office works this out.",
        "de-simple": "Das rechnet das Amt aus.",
    },
    "entry": {"de": "Eintrag", "en": "Entry", "de-simple": "Eintrag"},
    "more": {
        "de": "Weitere Einträge schreiben Sie bitte auf ein eigenes Blatt.",
        "en": "Please write further entries on a separate sheet.",
        "de-simple": "Haben Sie mehr Einträge? Schreiben Sie sie auf ein neues Blatt.",
    },
}
DAY = date.min  # the parts of an address do not depend on the day
MOST_COPIES = 3  # of a repeated group on paper
LINES = {"long_text": 5}
LONGEST_LIST = 60  # options to tick; a longer list becomes a line to write on


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One thing on paper. `kind`: text, group, lines, ticks, parts, signature. `notes` stand below the label."""

    kind: str
    label: str
    notes: list[str]
    level: int = 3
    lines: int = 1
    unit: str = ""
    ticks: list[str] | None = None
    parts: list[str] | None = None


@dataclass(frozen=True, slots=True)
class PaperSection:
    title: str
    notes: list[str]
    items: list[PaperItem]


def paper_view(flow: Flow, locale: str) -> list[PaperSection]:
    """All steps with all questions, in document order."""
    writer = PaperWriter(flow, locale)
    return [writer.section(step) for step in flow.steps]


@dataclass(slots=True)
class PaperWriter:
    flow: Flow
    locale: str

    def word(self, key: str, **parts: str) -> str:
        texts = WORDS[key]
        return texts.get(self.locale, texts["de"]).format(**parts)

    def text(self, text: Any) -> str:
        return say(text, self.locale, self.flow.default_locale)

    def clause(self, rule: Any, path: str) -> str:
        """A condition inside a sentence: „wenn …“."""
        said = sentence(rule, self.flow, self.locale, place=path).rstrip(".")
        return said[:1].lower() + said[1:]

    def section(self, step: Step) -> PaperSection:
        notes = [self.word("only_if", clause=self.clause(step.when, step.path))] if step.when is not None else []
        intro = plain_text(self.text(step.description))
        items = [item for node in step.nodes for item in self.items(node, 3)]
        return PaperSection(self.text(step.title), [*notes, *([intro] if intro else [])], items)

    def items(self, node: Node, level: int) -> Iterator[PaperItem]:
        if node.type == "content":
            yield PaperItem("text", self.text(node.label), [*self.condition(node), plain_text(self.text(node.text))])
        elif node.type == "calculated":
            if node.settings.get("show", True):
                yield PaperItem("text", self.text(node.label), [*self.notes(node), self.word("calculated")])
        elif node.is_group:
            yield from self.group(node, level)
        else:
            yield from self.question(node)

    def group(self, node: Node, level: int) -> Iterator[PaperItem]:
        """A heading, then its questions; a repeated one as often as there is likely need."""
        repeat = node.repeat
        copies = min(repeat.max, max(repeat.min, 2), MOST_COPIES) if repeat else 1
        more = [self.word("more")] if repeat and repeat.max > copies else []
        yield PaperItem("group", self.text(node.label), [*self.notes(node), *more], level)
        below = min(level + 1, 5)
        for number in range(1, copies + 1):
            if repeat:
                name = self.text(repeat.item_label) or self.word("entry")
                yield PaperItem("group", f"{name} {number}", [], below)
            for child in node.nodes:
                yield from self.items(child, below)

    def question(self, node: Node) -> Iterator[PaperItem]:
        if node.field.has_questions:
            yield from self.matrix(node)
        else:
            yield self.one_question(node)

    def matrix(self, node: Node) -> Iterator[PaperItem]:
        """The label, then each question with its answers to tick: a sheet is too narrow for many columns."""
        each = self.word("many_each" if node.settings.get("several") else "one_each")
        yield PaperItem("text", self.text(node.label), [*self.notes(node), each])
        for question in node.settings["questions"]:
            notes = [] if question.required else [self.word("optional")]
            help_text = plain_text(self.text(question.help))
            said = [*notes, *([help_text] if help_text else [])]
            yield PaperItem("ticks", self.text(question.label), said, ticks=self.options(node))

    def one_question(self, node: Node) -> PaperItem:
        label, notes = self.text(node.label), self.notes(node)
        unit = str(node.settings.get("unit") or ("€" if node.type == "money" else ""))
        if node.type == "yes_no":
            return PaperItem("ticks", label, notes, ticks=[self.word("yes"), self.word("no")])
        if node.type == "file":
            return PaperItem("ticks", label, notes, ticks=[self.word("file")])
        if node.field.has_options and len(node.options) <= LONGEST_LIST:
            how = self.word("many" if node.field.kind == "enum_list" else "one")
            return PaperItem("ticks", label, [*notes, how], ticks=self.options(node))
        if node.type == "address":
            parts = [part["label"] for part in node.field.view(node.settings, DAY, self.locale)["parts"]]
            return PaperItem("parts", label, notes, parts=parts)
        if node.type == "signature":
            return PaperItem("signature", label, notes)
        if node.field.kind == "record":
            ends = node.field.parts_of(node.settings).values()
            return PaperItem("parts", label, [*notes, self.word("date")], parts=[self.text(end.label) for end in ends])
        if node.field.kind == "date":
            notes = [*notes, self.word("date")]
        return PaperItem("lines", label, notes, lines=LINES.get(node.type, 1), unit=unit)

    def options(self, node: Node) -> list[str]:
        """Each answer, with the condition under which it can be chosen."""
        found = []
        for option in node.options:
            rule = node.option_rules.get(option.value)
            only = f" ({self.word('option_if', clause=self.clause(rule, node.path))})" if rule is not None else ""
            found.append(self.text(option.label) + only)
        return found

    def condition(self, node: Node) -> list[str]:
        if node.visible is None:
            return []
        return [self.word("only_if", clause=self.clause(node.visible, node.path))]

    def notes(self, node: Node) -> list[str]:
        """Condition, help, whether it may stay empty."""
        notes = self.condition(node)
        if isinstance(node.required, dict):
            notes.append(self.word("required_if", clause=self.clause(node.required, node.path)))
        elif node.is_question and node.required is False:
            notes.append(self.word("optional"))
        help_text = plain_text(self.text(node.help))
        return [*notes, *([help_text] if help_text else [])]


class TextOf(HTMLParser):
    """The words of a safe HTML text; blocks become lines, list items get a dash."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append({"p": "\n", "li": "\n– ", "br": "\n", "h3": "\n"}.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain_text(html: str) -> str:
    """A text with mark-up as plain lines."""
    reader = TextOf()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)
