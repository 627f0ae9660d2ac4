"""Read steps, questions, groups and options of a flow document (shapes only; rules stay JSON here)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms_engine.fields import FieldType, Option, Question, Text, field_types, say
from forms_engine.fields.contrib.matrix import MOST_QUESTIONS
from forms_engine.fields.settings import SettingInvalid

from .model import MOST_ROWS, MOST_ROWS_SET, RESERVED_IDS, RESERVED_STEPS, Node, Repeat, Step, Validity
from .reading import ID, Fields, Place, Reporter
from .sections.checking import read_reference

MAX_GROUP_DEPTH = 10
MAX_REPEAT_DEPTH = 3
STEP_MEMBERS = {"id", "title", "description", "when", "nodes", "section", "source"}
NODE_MEMBERS = {
    "id", "type", "label", "help", "visible", "required", "valid", "purpose", "legal_basis", "data_category",
    "autocomplete", "source",
}  # fmt: skip
TYPE_MEMBERS = {
    "content": {"text"},
    "calculated": {"value"},
    "group": {"nodes", "repeat", "section"},
}
DATA_CATEGORIES = ("none", "personal", "special")
REPEAT_MEMBERS = {"min", "max", "item_label", "add_label"}
OPTION_MEMBERS = {"value", "label", "help", "visible", "source"}
QUESTION_MEMBERS = {"value", "label", "help", "required", "source"}


@dataclass(slots=True)
class NodeReader:
    """Reads the tree and remembers every path it has seen."""

    report: Reporter
    codelists: Mapping[str, tuple[Option, ...]]
    has_purpose: bool
    has_legal_basis: bool
    nodes: dict[str, Node] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def read_steps(self, document: Fields) -> list[Step]:
        steps: list[Step] = []
        for index, source in document.objects("steps"):
            at = document.at.into("", f"Schritt {index + 1}")
            step_id = self.read_id(source, at, "", RESERVED_STEPS)
            if step_id is not None:
                steps.append(self.read_step(source, step_id, len(steps)))
        if not steps:
            self.report.error("steps_missing", document.at, "Das Formular hat keinen Schritt. Fügen Sie einen hinzu.")
        return steps

    def read_step(self, source: Mapping[str, Any], step_id: str, index: int) -> Step:
        name = say(source.get("title") if is_text(source.get("title")) else None, "de") or step_id
        at = Place().into(step_id, f"Schritt „{name}“")
        entry = Fields(source, at, self.report)
        step = Step(
            id=step_id,
            title=entry.text("title", "Titel des Schritts", needed=True) or {},
            description=entry.text("description", "Beschreibung", html=True),
            when=source.get("when"),
            nodes=[],
            index=index,
        )
        step.nodes = self.read_nodes(entry, step, None, step_id, ())
        if not step.nodes:
            self.report.warn("step_empty", at, "Der Schritt hat keine Fragen und wird übersprungen.")
        read_reference(entry)
        entry.unknown(STEP_MEMBERS)
        entry.finish()
        return step

    def read_id(self, source: Mapping[str, Any], at: Place, prefix: str, reserved: frozenset[str]) -> str | None:
        """The id of a step or node when it can be used; two of a name are one too many."""
        value = source.get("id")
        if not isinstance(value, str) or not ID.fullmatch(value):
            rule = "Kennung fehlt oder ist ungültig: kleine Buchstaben, Ziffern, _, vorn ein Buchstabe, bis 60 Zeichen."
            self.report.error("id_invalid", at, rule)
            return None
        if value in reserved:
            self.report.error("id_reserved", at, f"Die Kennung „{value}“ ist vergeben. Wählen Sie eine andere.")
            return None
        path = f"{prefix}.{value}" if prefix else value
        if path in self.taken:
            message = f"Die Kennung „{value}“ gibt es hier schon. Jede Kennung darf nur einmal vorkommen."
            self.report.error("id_duplicate", Place(path, at.trail), message)
            return None
        self.taken.add(path)
        return value

    def read_nodes(
        self, entry: Fields, step: Step, parent: Node | None, prefix: str, frames: tuple[str, ...]
    ) -> list[Node]:
        found = []
        for index, source in entry.objects("nodes"):
            at = entry.at.into(prefix, f"Element {index + 1}")
            node_id = self.read_id(source, at, prefix, RESERVED_IDS)
            if node_id is None:
                continue
            field_type = self.read_type(source, at.into(f"{prefix}.{node_id}", node_id))
            if field_type is not None:
                found.append(self.read_node(source, node_id, field_type, entry, step, parent, prefix, frames))
        return found

    def read_type(self, source: Mapping[str, Any], at: Place) -> FieldType | None:
        key = source.get("type")
        found = field_types.find(key)
        if found is None:
            close = difflib.get_close_matches(str(key)[:60], field_types.keys(), 1)
            hint = f" Meinten Sie „{close[0]}“?" if close else f" Möglich sind: {', '.join(field_types.keys())}."
            self.report.error("type_unknown", at, f"Die Art „{str(key)[:60]}“ gibt es nicht.{hint}")
        return found

    def read_node(
        self, source: Mapping[str, Any], node_id: str, field_type: FieldType, around: Fields, step: Step,
        parent: Node | None, prefix: str, frames: tuple[str, ...],
    ) -> Node:  # fmt: skip
        path = f"{prefix}.{node_id}"
        kind = "Gruppe" if field_type.key == "group" else "Frage" if field_type.is_question else "Element"
        label = say(source.get("label") if is_text(source.get("label")) else None, "de") or node_id
        entry = Fields(source, around.at.into(path, f"{kind} „{label}“"), self.report)
        node = Node(
            id=node_id, path=path, type=field_type.key, field=field_type, step=step, parent=parent, spec=source,
            label=self.read_label(entry, field_type), help=entry.text("help", "Hilfetext"), frames=frames,
            visible=source.get("visible"), index=len(self.nodes),
        )  # fmt: skip
        self.nodes[path] = node
        self.read_common(node, entry)
        self.read_kind(node, entry)
        self.read_settings(node, entry)
        own = set(field_type.settings) | TYPE_MEMBERS.get(node.type, set()) | option_members(node)
        entry.unknown(NODE_MEMBERS | own)
        entry.finish()
        return node

    def read_label(self, entry: Fields, field_type: FieldType) -> Text:
        needs = field_type.key != "content" and not (
            field_type.key == "calculated" and entry.source.get("show") is False
        )
        return entry.text("label", "Beschriftung", needed=needs) or {}

    def read_common(self, node: Node, entry: Fields) -> None:
        source = entry.source
        node.required = source.get("required", node.is_question)
        if node.required is None:
            node.required = node.is_question
        if not isinstance(node.required, bool | dict):
            entry.wrong("required", "true, false oder eine Regel")
            node.required = False
        for index, item in entry.objects("valid"):
            rule = Fields(item, entry.at / f"Prüfung {index + 1}", self.report)
            text = rule.text("message", "Meldung der Prüfung", needed=True)
            if "rule" not in item:
                self.report.error("rule_missing", rule.at, "Die Prüfung hat keine Regel.")
            else:
                node.valid.append(Validity(item["rule"], text or {}))
            rule.unknown({"rule", "message", "source"})
            rule.finish()
        entry.one_of("data_category", DATA_CATEGORIES)
        entry.string("autocomplete", longest=80)
        entry.object("source")
        self.read_purpose(node, entry)

    def read_purpose(self, node: Node, entry: Fields) -> None:
        purpose = entry.text("purpose", "Zweck")
        basis = entry.legal_basis()
        if not node.is_question:
            return
        if not purpose and not self.has_purpose and not inherited(node, "purpose"):
            message = "Es fehlt der Zweck: Wozu wird das gefragt? Nennen Sie ihn hier oder am Formular."
            self.report.warn("purpose_missing", entry.at, message)
        if not basis and not self.has_legal_basis and not inherited(node, "legal_basis"):
            message = "Es fehlt die Rechtsgrundlage: Welche Vorschrift erlaubt die Frage? Hier oder am Formular."
            self.report.warn("legal_basis_missing", entry.at, message)

    def read_kind(self, node: Node, entry: Fields) -> None:
        if node.type == "content":
            node.text = entry.text("text", "Text", needed=True, html=True) or {}
        elif node.type == "calculated":
            node.value = entry.source.get("value")
            if node.value is None:
                self.report.error("rule_missing", entry.at, "Der berechnete Wert hat keine Formel (value).")
        elif node.is_group:
            self.read_group(node, entry)
        elif node.field.has_options:
            self.read_options(node, entry)

    def read_group(self, node: Node, entry: Fields) -> None:
        read_reference(entry)
        node.repeat = self.read_repeat(entry)
        frames = (*node.frames, node.path) if node.repeat else node.frames
        if len(frames) > MAX_REPEAT_DEPTH:
            message = f"Wiederholungen lassen sich höchstens {MAX_REPEAT_DEPTH}-mal ineinander legen."
            self.report.error("too_deep", entry.at, message)
            return
        if node.path.count(".") > MAX_GROUP_DEPTH:
            message = f"Gruppen lassen sich höchstens {MAX_GROUP_DEPTH}-mal verschachteln."
            self.report.error("too_deep", entry.at, message)
            return
        node.nodes = self.read_nodes(entry, node.step, node, node.path, frames)
        if not node.nodes:
            self.report.warn("group_empty", entry.at, "Die Gruppe ist leer und wird nicht gezeigt.")

    def read_repeat(self, entry: Fields) -> Repeat | None:
        source = entry.object("repeat")
        if source is None:
            return None
        repeat = Fields(source, entry.at / "Wiederholung", self.report)
        low = repeat.whole("min", least=0, most=MOST_ROWS_SET) or 0
        high = repeat.whole("max", least=1, most=MOST_ROWS_SET) or max(MOST_ROWS, low)
        if low > high:
            self.report.error("setting_conflict", repeat.at, "Mindestens (min) ist mehr als höchstens (max).")
        made = Repeat(
            low, high, repeat.text("item_label", "Name eines Eintrags"), repeat.text("add_label", "Text zum Hinzufügen")
        )
        repeat.unknown(REPEAT_MEMBERS)
        repeat.finish()
        return made

    def read_options(self, node: Node, entry: Fields) -> None:
        name = entry.source.get("codelist")
        if name is not None and entry.source.get("options") is not None:
            message = "Die Frage hat Antworten (options) und eine Codeliste. Entfernen Sie eines von beiden."
            self.report.error("options_twice", entry.at, message)
        if name is None:
            node.options, node.option_rules = read_options(entry, "options", self.report)
        elif not isinstance(name, str) or name not in self.codelists:
            self.report.error("codelist_unknown", entry.at, f"Die Codeliste „{str(name)[:60]}“ gibt es nicht.")
            return
        else:
            node.options = self.codelists[name]
        if not node.options:
            self.report.error("options_missing", entry.at, "Die Frage hat keine Antworten zur Auswahl.")

    def read_settings(self, node: Node, entry: Fields) -> None:
        """Typed settings of the field, e.g. min and max; contradictions between them."""
        found: dict[str, Any] = {}
        for name, setting in node.field.settings.items():
            raw = entry.source.get(name)
            if raw is None:
                continue
            try:
                found[name] = setting.read(raw)
            except SettingInvalid as problem:
                self.report.error("setting_invalid", entry.at, f"„{name}“: {problem}")
        if node.field.has_options:
            found["options"] = node.options
            found["values"] = {option.value: None for option in node.options}
        if node.field.has_questions:
            found["questions"] = read_questions(entry, self.report)
        if node.type == "calculated" and "result" not in found:
            if "result" not in entry.source:
                self.report.error("setting_invalid", entry.at, "„result“: Welche Art von Ergebnis ist das?")
            found["result"] = "text"
        node.settings = found
        for fault in node.field.check_settings(found):
            self.report.error("setting_conflict", entry.at, f"„{fault.setting}“: {fault.message}")


def inherited(node: Node, member: str) -> bool:
    """Does a group around the node state its purpose or legal basis?"""
    parent = node.parent
    return parent is not None and (bool(parent.spec.get(member)) or inherited(parent, member))


def option_members(node: Node) -> set[str]:
    options = {"options", "codelist"} if node.field.has_options else set()
    return options | ({"questions"} if node.field.has_questions else set())


def is_text(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def read_questions(entry: Fields, report: Reporter) -> tuple[Question, ...]:
    """The questions of a matrix. Their values are names in rules, so they look like ids."""
    found: dict[str, Question] = {}
    for index, source in entry.objects("questions"):
        one = Fields(source, entry.at / f"Zeile {index + 1}", report, entry.missing)
        value = source.get("value")
        if not isinstance(value, str) or not ID.fullmatch(value) or value in RESERVED_IDS:
            message = "Der Wert einer Zeile ist eine Kennung: kleine Buchstaben, Ziffern, _, vorn ein Buchstabe."
            report.error("option_invalid", one.at, message)
            continue
        if value in found:
            report.error("option_duplicate", one.at, f"Die Zeile „{value}“ gibt es schon. Jede nur einmal.")
            continue
        required = source.get("required", True)
        if not isinstance(required, bool):
            one.wrong("required", "true oder false")
        label = one.text("label", f"Zeile „{value}“", needed=True) or {}
        found[value] = Question(value, label, one.text("help", f"Hilfe zu Zeile „{value}“"), required is not False)
        one.unknown(QUESTION_MEMBERS)
    if not 0 < len(found) <= MOST_QUESTIONS:
        report.error("questions_missing", entry.at, f"Die Matrix braucht 1 bis {MOST_QUESTIONS} Zeilen (questions).")
    return tuple(found.values())


def read_options(entry: Fields, name: str, report: Reporter) -> tuple[tuple[Option, ...], dict[str, Any]]:
    """Options of a question or a code list, and their rules by value."""
    options: dict[str, Option] = {}
    rules: dict[str, Any] = {}
    for index, source in entry.objects(name):
        one = Fields(source, entry.at / f"Antwort {index + 1}", report, entry.missing)
        value = source.get("value")
        if not isinstance(value, str) or not value or value != value.strip() or len(value) > 200:
            message = "Die Antwort hat keinen gültigen Wert (Text ohne Leerzeichen am Rand)."
            report.error("option_invalid", one.at, message)
            continue
        if value in options:
            report.error("option_duplicate", one.at, f"Den Wert „{value}“ gibt es schon. Jeder Wert nur einmal.")
            continue
        label = one.text("label", f"Antwort „{value}“", needed=True) or {}
        options[value] = Option(value, label, one.text("help", f"Hilfe zu „{value}“"))
        if source.get("visible") is not None:
            rules[value] = source["visible"]
        one.unknown(OPTION_MEMBERS)
    return tuple(options.values()), rules
