"""The form about one question, text, group or calculated value."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from wagtail.admin.rich_text import DraftailRichTextArea

from forms_engine.desk.conditions import OPERATOR_LABELS, OPERATORS, ConditionIncomplete, to_tree
from forms_engine.desk.forms import LONG, SHORT, TextsForm
from forms_engine.desk.formula import FormulaInvalid, format_formula, parse_formula
from forms_engine.desk.inputs import (
    clean_html,
    keep_unshown,
    read_condition,
    read_json,
    read_links,
    read_options,
    read_questions,
    read_texts,
    read_validity,
    setting_fields,
    setting_initial,
    setting_value,
)
from forms_engine.desk.outline import kinds, question_choices
from forms_engine.domain.sections.uses import MEMBER
from forms_engine.fields import FieldType, field_types

AUTOCOMPLETE = (
    "given-name", "family-name", "name", "bday", "email", "tel", "street-address", "address-line1", "postal-code",
    "address-level2", "country", "organization", "iban", "honorific-prefix", "sex", "language",
)  # fmt: skip
DATA_CATEGORIES = (
    ("", "wie im Formular üblich"),
    ("none", "keine personenbezogenen Daten"),
    ("personal", "personenbezogen"),
    ("special", "besonders geschützt (Gesundheit, Religion, …)"),
)
REQUIRED = (("always", "Pflicht"), ("never", "freiwillig"), ("condition", "Pflicht nur, wenn …"))
FORMULA_HELP = (
    "Fragen mit ihrem Kürzel, zum Beispiel: antrag.tage * 12,50. "
    "Funktionen: sum, count, if(…; …; …), round(…; 2), min, max."
)
KEY_PATTERN = r"^[a-z][a-z0-9_]{0,59}$"
KEY_HELP = "Kleine Buchstaben, Ziffern und _; so nennen Regeln die Frage."


class NodeForm(TextsForm):
    """Reads and writes one node of the draft document. `node` is {} for a new one."""

    id = forms.RegexField(KEY_PATTERN, label="Kürzel", help_text=KEY_HELP)

    def __init__(
        self, *args: Any, document: dict[str, Any], node: dict[str, Any], type_key: str, **kwargs: Any
    ) -> None:
        self.type: FieldType = field_types.get(type_key)
        self.node = node
        self.texts = self._texts()
        super().__init__(*args, document=document, source=node, **kwargs)
        self.initial["id"] = node.get("id", "")
        self.kinds = kinds(document)
        self._add_settings()
        self._add_question_fields()
        self._add_special_fields()

    @property
    def is_question(self) -> bool:
        return self.type.is_question

    @property
    def is_use(self) -> bool:
        """Does the group follow a section? Then the form sets its title, help and condition, and no more."""
        return MEMBER in self.node

    def _texts(self) -> dict[str, tuple[str, str, Any]]:
        texts = {"label": ("Frage oder Beschriftung", "Kurz und klar, zum Beispiel „Wann sind Sie geboren?“", SHORT)}
        if self.type.key == "content":
            texts["label"] = ("Überschrift", "Darf fehlen.", SHORT)
            texts["text"] = ("Text", "", DraftailRichTextArea(features=["bold", "italic", "ul", "ol", "h3"]))
        else:
            texts["help"] = ("Hilfe zur Frage", "Steht über dem Feld: was gemeint ist, wo man es findet.", LONG)
        if self.type.is_question:
            texts["purpose"] = (
                "Wofür wird das gebraucht?",
                "Nur wenn es vom Zweck des ganzen Formulars abweicht.",
                SHORT,
            )
        return texts

    def _add_settings(self) -> None:
        for name, field in setting_fields(self.type):
            field.initial = setting_initial(self.type.settings[name].schema, self.node.get(name))
            self.fields[f"set-{name}"] = field

    def _add_question_fields(self) -> None:
        if not self.is_question:
            return
        required = self.node.get("required", True)
        initial = "always" if required is True else "never" if required is False else "condition"
        self.fields["required"] = forms.ChoiceField(
            label="Antwort", choices=REQUIRED, widget=forms.RadioSelect, initial=initial
        )
        category = self.node.get("data_category", "")
        self.fields["data_category"] = forms.ChoiceField(
            label="Art der Daten", choices=DATA_CATEGORIES, required=False, initial=category
        )
        tokens = [("", "—"), *((token, token) for token in AUTOCOMPLETE)]
        help_text = "Damit der Browser eigene Angaben vorschlagen kann. Nur wenn nach der Person selbst gefragt wird."
        self.fields["autocomplete"] = forms.ChoiceField(
            label="Automatisch ausfüllen",
            choices=tokens,
            required=False,
            help_text=help_text,
            initial=self.node.get("autocomplete", ""),
        )

    def _add_special_fields(self) -> None:
        if self.type.has_options:
            lists = [("", "eigene Antworten (unten)"), *((k, k) for k in self.document.get("codelists") or {})]
            stored = self.node.get("codelist", "")
            self.fields["codelist"] = forms.ChoiceField(
                label="Antworten aus", choices=lists, required=False, initial=stored
            )
        if self.type.key == "calculated":
            formula = format_formula(self.node["value"]) if "value" in self.node else ""
            self.is_expert_formula = formula is None
            stored = formula if formula is not None else json.dumps(self.node["value"], ensure_ascii=False)
            help_text = FORMULA_HELP
            self.fields["formula"] = forms.CharField(label="Formel", widget=LONG, help_text=help_text, initial=stored)
        if self.type.key == "group" and not self.is_use:
            self._add_repeat(self.node.get("repeat"))

    def _add_repeat(self, repeat: dict[str, Any] | None) -> None:
        stored = repeat or {}
        self.fields["repeat"] = forms.BooleanField(
            label="Kann mehrmals angegeben werden", required=False, initial=repeat is not None
        )
        self.fields["repeat_min"] = forms.IntegerField(
            label="Mindestens", min_value=0, max_value=1000, required=False, initial=stored.get("min", 0)
        )
        self.fields["repeat_max"] = forms.IntegerField(
            label="Höchstens", min_value=1, max_value=1000, required=False, initial=stored.get("max", 10)
        )
        for name, label in (
            ("item_label", "Name eines Eintrags, z. B. „Kind“"),
            ("add_label", "Aufschrift des Knopfs, z. B. „Weiteres Kind“"),
        ):
            for index, locale in enumerate(self.locales):
                suffix = f" ({locale})" if index else ""
                initial = (stored.get(name) or {}).get(locale, "")
                self.fields[f"repeat_{name}__{locale}"] = forms.CharField(
                    label=label + suffix, required=False, initial=initial
                )

    def options(self) -> list[dict[str, Any]]:
        """Option rows to show: posted or stored, plus empty ones for a new question."""
        stored = read_options(self.data, self.locales) if self.is_bound else self.node.get("options") or []
        return stored or [{}, {}]

    def questions(self) -> list[dict[str, Any]]:
        """Lines of a matrix to show: posted or stored, plus empty ones for a new question."""
        stored = read_questions(self.data, self.locales) if self.is_bound else self.node.get("questions") or []
        return stored or [{}, {}]

    def laws(self) -> list[dict[str, str]]:
        """Rows of legal bases to show, with one empty row."""
        stored = read_links(self.data) if self.is_bound else self.node.get("legal_basis") or []
        return [*stored, {}]

    def condition(self, name: str) -> dict[str, Any]:
        """What the template needs to show a condition builder for this rule of the node."""
        rule = self.node.get(name)
        return self.builder(name, rule if isinstance(rule, dict) else None)

    def builder(self, name: str, rule: Any) -> dict[str, Any]:
        """Data of one condition builder; an expert rule when the builder cannot show it."""
        return builder_data(self.document, self.kinds, name, rule)

    def validity(self) -> list[dict[str, Any]]:
        """Rows of checks to show."""
        rows = self.node.get("valid") or []
        return [
            {
                "number": n,
                "builder": self.builder(f"valid-{n}-rule", row.get("rule")),
                "message": row.get("message") or {},
            }
            for n, row in enumerate([*rows, {}])
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.type.key != "content" and not read_texts(self.data, "label", self.locales[:1]):
            self.add_error(f"label__{self.locales[0]}", "Bitte geben Sie eine Frage oder Beschriftung ein.")
        self.result = copy.deepcopy(self.node)
        try:
            self._write(data)
        except ConditionIncomplete as incomplete:
            self.add_error(None, str(incomplete))
        return data

    def _write(self, data: dict[str, Any]) -> None:
        node = self.with_texts(self.result)
        node["type"] = self.type.key
        for name, setting in self.type.settings.items():
            self._put(name, setting_value(setting.schema, data.get(f"set-{name}")))
        self._put("visible", read_condition(self.data, "visible", self.kinds))
        if self.is_question:
            self._write_question(data)
        if self.type.has_options:
            self._put("codelist", data.get("codelist"))
            self._put("options", None if data.get("codelist") else self._options())
        if self.type.has_questions:
            self._put("questions", self._questions())
        if self.type.key == "content":
            texts = {locale: clean_html(self[f"text__{locale}"].data or "") for locale in self.locales}
            self._put("text", {locale: html for locale, html in texts.items() if html})
        if self.type.key == "calculated":
            self._write_formula(data.get("formula", ""))
        if self.type.key == "group" and not self.is_use:
            self._put("repeat", self._repeat(data))

    def _write_question(self, data: dict[str, Any]) -> None:
        required: Any = {"always": True, "never": False}.get(data.get("required", "always"))
        if required is None:
            required = read_condition(self.data, "required_rule", self.kinds)
            if required is None:
                raise ConditionIncomplete("Bitte sagen Sie, wann die Antwort Pflicht ist.")
        self.result.pop("required", None)
        if required is not True:
            self.result["required"] = required
        self._put("valid", read_validity(self.data, self.kinds, self.locales))
        self._put("data_category", data.get("data_category"))
        self._put("autocomplete", data.get("autocomplete"))
        self._put("legal_basis", read_links(self.data))

    def _write_formula(self, text: str) -> None:
        problem = "Das ist weder eine Formel noch gültiges JSON."
        try:
            self._put("value", read_json(text, problem) if text.lstrip().startswith("{") else parse_formula(text))
        except (FormulaInvalid, ConditionIncomplete) as invalid:
            self.add_error("formula", str(invalid))

    def _options(self) -> list[dict[str, Any]]:
        read = read_options(self.data, self.locales)
        return keep_unshown(read, self.node.get("options"), shown={"value", "label"})

    def _questions(self) -> list[dict[str, Any]]:
        read = read_questions(self.data, self.locales)
        return keep_unshown(read, self.node.get("questions"), shown={"value", "label", "required"})

    def _repeat(self, data: dict[str, Any]) -> dict[str, Any] | None:
        if not data.get("repeat"):
            return None
        repeat: dict[str, Any] = {"min": data.get("repeat_min") or 0}
        if data.get("repeat_max"):
            repeat["max"] = data["repeat_max"]
        for name in ("item_label", "add_label"):
            texts = read_texts(self.data, f"repeat_{name}", self.locales)
            if texts:
                repeat[name] = texts
        return repeat

    def _put(self, name: str, value: Any) -> None:
        self.result.pop(name, None)
        if value not in (None, "", [], {}):
            self.result[name] = value


def builder_data(document: dict[str, Any], known: dict[str, str], name: str, rule: Any) -> dict[str, Any]:
    """What `desk.js` needs for one condition builder: tree, questions, operators, labels; `expert` holds a rule the
    builder cannot show."""
    tree = to_tree(rule, known)
    questions = [c | {"label": f"{c['label']} ({c['path']})"} for c in question_choices(document)]
    data = {"tree": tree, "questions": questions, "operators": OPERATORS, "labels": OPERATOR_LABELS}
    expert = "" if tree is not None else json.dumps(rule, ensure_ascii=False, indent=1)
    return {"name": name, "data": data, "expert": expert}


class StepForm(TextsForm):
    """Title, description and condition of a step."""

    texts: Mapping[str, tuple[str, str, Any]] = {
        "title": ("Titel", "Steht als Überschrift über der Seite.", SHORT),
        "description": ("Einleitung", "Ein, zwei Sätze. Darf fehlen.", LONG),
    }
    id = forms.RegexField(KEY_PATTERN, label="Kürzel", help_text=KEY_HELP)

    def __init__(self, *args: Any, document: dict[str, Any], step: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, document=document, source=step, **kwargs)
        self.step, self.kinds = step, kinds(document)
        self.initial["id"] = step.get("id", "")

    def condition(self) -> dict[str, Any]:
        """The builder of the step's condition."""
        return builder_data(self.document, self.kinds, "when", self.step.get("when"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not read_texts(self.data, "title", self.locales[:1]):
            self.add_error(f"title__{self.locales[0]}", "Bitte geben Sie dem Schritt einen Titel.")
        self.result = self.with_texts(copy.deepcopy(self.step))
        self.result.pop("when", None)
        try:
            rule = read_condition(self.data, "when", self.kinds)
        except ConditionIncomplete as incomplete:
            self.add_error(None, str(incomplete))
        else:
            if rule is not None:
                self.result["when"] = rule
        return data
