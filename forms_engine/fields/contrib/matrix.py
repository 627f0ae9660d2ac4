"""Several questions with the same answers: one answer a question, or several. Stored as an object question -> option
value (or list of values), in the order of the questions; what was not answered is not in it.

The website shows one question after the other with its answers below: no table that is wider than a telephone, and
every question is a group of its own for a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.base import NO_SETTINGS, Fault, FieldType, Part, Question, Settings
from forms_engine.fields.messages import message
from forms_engine.fields.registry import field_types
from forms_engine.fields.settings import flag
from forms_engine.fields.texts import say

from .choice import ChoiceField, label_of
from .multi_choice import MultiChoiceField

MOST_QUESTIONS = 60
ONE, MANY = ChoiceField(), MultiChoiceField()
LINES = re.compile(r"[\n;]")


@field_types.register
class MatrixField(FieldType):
    key = "matrix"
    name: ClassVar = {"de": "Mehrere Fragen, gleiche Antworten (Matrix)", "en": "Several questions, same answers"}
    kind = "record"
    has_options = True
    has_questions = True
    settings: ClassVar = {"several": flag("Mehrere Antworten je Frage")}
    messages: ClassVar = {
        "required": message(
            "Bitte beantworten Sie die Fragen bei {label}.",
            "Please answer the questions in {label}.",
            "Hier fehlen Ihre Antworten. Bitte beantworten Sie die Fragen: {label}.",
        ),
        "required_question": message(
            "Bitte beantworten Sie die Fragen bei {label}.",
            "Please answer the questions in {label}.",
            "Hier fehlen Ihre Antworten. Bitte beantworten Sie die Fragen: {label}.",
        ),
        "choice_invalid": ChoiceField.messages["choice_invalid"],
        "matrix_invalid": message(
            "{label}: Diese Antworten können wir nicht lesen. Bitte beantworten Sie die Fragen noch einmal.",
            "{label}: We cannot read these answers. Please answer the questions again.",
            "Wir können die Antworten nicht lesen. Bitte beantworten Sie die Fragen noch einmal.",
        ),
        "matrix_incomplete": message(
            "{label}: Bitte beantworten Sie noch {missing}.",
            "{label}: Please also answer {missing}.",
            "Hier fehlen noch Antworten. Bitte beantworten Sie auch: {missing}.",
        ),
    }

    def questions(self, settings: Settings) -> Mapping[str, Question]:
        return {question.value: question for question in settings.get("questions", ())}

    def parts_of(self, settings: Settings) -> Mapping[str, Part]:
        kind = "enum_list" if settings.get("several") else "enum"
        return {one.value: Part(one.label, kind, settings["values"]) for one in settings.get("questions", ())}

    def chosen(self, value: Mapping[str, Any]) -> list[Any]:
        return [item for answer in value.values() for item in (answer if isinstance(answer, list) else [answer])]

    def parse(self, raw: Any, settings: Settings) -> Any:
        if isinstance(raw, str):
            raw = self.from_text(raw, settings)
        if raw is None or raw == []:
            return None
        known = self.questions(settings)
        if not isinstance(raw, Mapping) or not raw.keys() <= known.keys():
            return Fault("matrix_invalid")
        found = {name: line_type(settings).parse(raw[name], settings) for name in known if name in raw}
        wrong = next((name for name, answer in found.items() if isinstance(answer, Fault)), None)
        if wrong is not None:
            return Fault("choice_invalid", {"part": wrong})
        return {name: answer for name, answer in found.items() if answer is not None} or None

    def from_text(self, text: str, settings: Settings) -> Any:
        """The answers as `display` writes them, or with the codes: `question: answer`, one a line; None for blank."""
        if not text.strip():
            return None
        found: dict[str, Any] = {}
        questions, options = names_of(self.questions(settings).values()), names_of(settings.get("options", ()))
        for line in filter(str.strip, LINES.split(text)):
            asked, _, said = line.rpartition(":")
            name = questions.get(asked.strip())
            answers = [options.get(part.strip(), part.strip()) for part in said.split(" + ")]
            if name is None:
                return line
            found[name] = answers if settings.get("several") else answers[0]
        return found

    def check(self, value: Mapping[str, Any], settings: Settings, today: date) -> Fault | None:
        known = self.questions(settings)
        missing = [name for name, question in known.items() if question.required and name not in value]
        return Fault("matrix_incomplete", {"missing": missing, "part": missing[0]}) if missing else None

    def display(self, value: Mapping[str, Any], locale: str, settings: Settings = NO_SETTINGS) -> str:
        known, default = self.questions(settings), settings.get("default_locale", "de")
        lines = []
        for name, answer in value.items():
            said = " + ".join(label_of(settings, item, locale) for item in self.chosen({name: answer}))
            lines.append(f"{say(known[name].label, locale, default) if name in known else name}: {said}")
        return "\n".join(lines)

    def display_raw(self, raw: Any) -> str:
        if not isinstance(raw, Mapping):
            return super().display_raw(raw)
        return "\n".join(f"{name}: {ONE.display_raw(answer)}" for name, answer in raw.items())

    def json_schema(self, settings: Settings) -> dict[str, Any]:
        known = self.questions(settings)
        return {
            "type": "object",
            "properties": dict.fromkeys(known, line_type(settings).json_schema(settings)),
            "required": [name for name, question in known.items() if question.required],
            "additionalProperties": False,
        }

    def view(self, settings: Settings, today: date, locale: str) -> dict[str, Any]:
        return {"several": bool(settings.get("several"))}


def line_type(settings: Settings) -> FieldType:
    """The type of the answer to one question."""
    return MANY if settings.get("several") else ONE


def names_of(among: Iterable[Any]) -> dict[str, str]:
    """What questions or options are called, by value and in any language -> their value; the first of a name counts."""
    found: dict[str, str] = {}
    for one in among:
        for name in (one.value, *one.label.values()):
            found.setdefault(name, one.value)
    return found
