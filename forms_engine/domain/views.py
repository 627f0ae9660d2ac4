"""What a front end shows: one step as inputs, all answers as text. Plain data, made from flow and evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms_engine.fields import Fault, resolve, say

from .answers import flatten_answers, value_field
from .evaluation import Evaluation
from .model import Flow, Node, Step
from .problems import Problem
from .wording import sentence

OPTIONAL_HINT = {"de": "freiwillig", "en": "optional", "de-simple": "Sie müssen das nicht ausfüllen."}
ADD_LABEL = {"de": "Eintrag hinzufügen", "en": "Add another", "de-simple": "Noch einen Eintrag machen"}
ITEM_LABEL = {"de": "Eintrag", "en": "Entry", "de-simple": "Eintrag"}


def step_view(
    flow: Flow,
    evaluation: Evaluation,
    step: str,
    locale: str,
    answers: Any = None,
    errors: list[Problem] | None = None,
) -> dict[str, Any]:
    """One step: `{"step": {id, title, description, index, count}, "nodes": [NODE_VIEW], "previous", "next"}`.

    `answers` are the stored ones (shown back as they are, also wrong ones); `errors` those to show beside the inputs.
    Raises LookupError when the form has no such step.
    """
    found = flow.find_step(step)
    if found is None:
        raise LookupError(step)
    at = evaluation.steps.index(step) if step in evaluation.steps else 0
    on_way = step in evaluation.steps
    writer = NodeWriter(flow, evaluation, locale, flatten_answers(flow, answers or {}), errors, found)
    return {
        "step": {
            "id": found.id,
            "title": say(found.title, locale, flow.default_locale),
            "description": say(found.description, locale, flow.default_locale),
            "lang": resolve(found.title, locale, flow.default_locale).lang,
            "index": at,
            "count": len(evaluation.steps),
        },
        "nodes": writer.write_nodes(found.nodes, "", ""),
        "previous": evaluation.steps[at - 1] if on_way and at > 0 else None,
        "next": evaluation.steps[at + 1] if on_way and at + 1 < len(evaluation.steps) else None,
    }


def waiting_values(flow: Flow, evaluation: Evaluation) -> list[str]:
    """Paths of calculated values that a person will see and that have no value yet. `step_view` has them too."""
    found = []
    for path in evaluation.shown:
        node = flow.find_node(path)
        if node is not None and node.type == "calculated" and node.settings.get("show") is not False:
            found.append(path)
    return sorted(path for path in found if path not in evaluation.values)


def question_views(flow: Flow, evaluation: Evaluation, paths: list[str], locale: str, answers: Any = None) -> list[Any]:
    """NODE_VIEWs of single questions of any step, for the pre-check."""
    flat = flatten_answers(flow, answers or {})
    views = []
    for path in paths:
        node = flow.find_node(path)
        if node is not None:
            writer = NodeWriter(flow, evaluation, locale, flat, None, node.step)
            views.append(writer.write(node, path))
    return views


@dataclass(slots=True)
class NodeWriter:
    flow: Flow
    evaluation: Evaluation
    locale: str
    answers: Mapping[str, Any]
    errors: list[Problem] | None
    step: Step

    def text(self, text: Any) -> str:
        return say(text, self.locale, self.flow.default_locale)

    def write_nodes(self, nodes: list[Node], around: str, flow_around: str) -> list[dict[str, Any]]:
        """The nodes a page needs: visible ones, and hidden ones an answer on this page can bring up."""
        views = []
        for node in nodes:
            path = around + node.path[len(flow_around) :]
            if node.settings.get("show") is False:
                continue
            if self.is_visible(path) or self.depends_on_step(node):
                views.append(self.write(node, path))
        return views

    def is_visible(self, path: str) -> bool:
        return path in self.evaluation.shown

    def depends_on_step(self, node: Node) -> bool:
        """May an answer of this very step show or hide it?"""
        item: Node | None = node
        while item is not None:
            reads = self.flow.reads.get(item.path, frozenset()) - {(item.parent or item.step).path}
            if item.visible is not None and any(self.in_step(path) for path in reads):
                return True
            item = item.parent
        return False

    def in_step(self, path: str) -> bool:
        return path.partition(".")[0] == self.step.id

    def write(self, node: Node, path: str) -> dict[str, Any]:
        label = resolve(node.label, self.locale, self.flow.default_locale)
        view: dict[str, Any] = {
            "path": path,
            "type": node.type,
            "label": label.text,
            "lang": label.lang,
            "help": self.text(node.help),
            "visible": self.is_visible(path),
            "depends_on_step": self.depends_on_step(node),
            "condition": sentence(node.visible, self.flow, self.locale) if node.visible is not None else None,
        }
        if self.errors is not None:
            view["errors"] = [error_view(error, self.locale) for error in self.errors if error.path == path]
        if node.is_group:
            return view | self.write_group(node, path)
        if node.type == "content":
            return view | {"text": self.text(node.text)}
        if node.type == "calculated":
            return view | self.write_value(node, path)
        return view | self.write_question(node, path)

    def write_question(self, node: Node, path: str) -> dict[str, Any]:
        required = path in self.evaluation.required or (not self.is_visible(path) and node.required is True)
        view: dict[str, Any] = {
            "required": required,
            "optional_hint": None if required else OPTIONAL_HINT.get(self.locale, OPTIONAL_HINT["de"]),
            "value": self.answers.get(path),
            "text": self.display(node, path),
            "autocomplete": node.spec.get("autocomplete"),
            "purpose": self.text(node.spec.get("purpose")) or None,
        }
        if node.field.has_options:
            view["options"] = self.write_options(node, path)
        if node.field.has_questions:
            view["questions"] = self.write_questions(node)
        return view | node.field.view(node.settings, self.evaluation.today, self.locale)

    def write_options(self, node: Node, path: str) -> list[dict[str, Any]]:
        rows = row_prefixes(node, path)
        return [
            {"value": option.value, "label": self.text(option.label), "help": self.text(option.help)}
            for option in node.options
            if option.value not in node.rules.options
            or node.rules.options[option.value](self.evaluation.context, rows) is True
        ]

    def write_questions(self, node: Node) -> list[dict[str, Any]]:
        return [
            {"value": one.value, "label": self.text(one.label), "help": self.text(one.help), "required": one.required}
            for one in node.settings["questions"]
        ]

    def write_value(self, node: Node, path: str) -> dict[str, Any]:
        """None as long as the answers it is worked out from are missing."""
        value = self.evaluation.values.get(path)
        stored = None if value is None else value_field(node).to_json(value)
        return {"value": stored, "text": self.display(node, path)}

    def display(self, node: Node, path: str) -> str:
        value = self.evaluation.values.get(path)
        if value is None:
            return ""
        return value_field(node).display(value, self.locale, localised(node, self.flow))

    def write_group(self, node: Node, path: str) -> dict[str, Any]:
        if node.repeat is None:
            nodes = self.write_nodes(node.nodes, path, node.path)
            return {"required": path in self.evaluation.required, "nodes": nodes}
        name = self.text(node.repeat.item_label) or ITEM_LABEL.get(self.locale, ITEM_LABEL["de"])
        return {
            "required": path in self.evaluation.required or node.repeat.min > 0,
            "min": node.repeat.min,
            "max": node.repeat.max,
            "add_label": self.text(node.repeat.add_label) or ADD_LABEL.get(self.locale, ADD_LABEL["de"]),
            "rows": [
                {
                    "id": row,
                    "label": f"{name} {number}",
                    "nodes": self.write_nodes(node.nodes, f"{path}.{row}", node.path),
                }
                for number, row in enumerate(self.shown_rows(node, path), 1)
            ],
        }

    def shown_rows(self, node: Node, path: str) -> list[str]:
        """The rows of a group. One that is hidden still shows those it would have: its condition may come true on
        the page itself, and then its questions must be there."""
        rows = self.evaluation.rows.get(path)
        if rows is not None:
            return rows
        kept = self.answers.get(path)
        if isinstance(kept, list) and all(isinstance(row, str) for row in kept):
            return kept
        least = node.repeat.min if node.repeat else 0
        return [f"r{number}" for number in range(1, least + 1)]


def error_view(error: Problem, locale: str) -> dict[str, Any]:
    """`{code, message, part?}`; `part` is the wrong input of a date or an address."""
    part = {"part": error.params["part"]} if "part" in error.params else {}
    return {"code": error.code, "message": error.message(locale)} | part


def localised(node: Node, flow: Flow) -> dict[str, Any]:
    return {**node.settings, "default_locale": flow.default_locale}


def row_prefixes(node: Node, path: str) -> tuple[str, ...]:
    """The rows a path with row ids lies in, outermost first: what rules take as `rows`."""
    parts = path.split(".")
    return tuple(".".join(parts[: frame.count(".") + 1 + row]) for row, frame in enumerate(node.frames, 1))


def summary_view(
    flow: Flow, evaluation: Evaluation, locale: str, answers: Any = None, errors: list[Problem] | None = None
) -> dict[str, Any]:
    """All answers as text, by step: `{"sections": [{step, title, items}], "declaration"}`.

    An item is `{path, type, label, text, lang}`, of a drawn signature also `drawing: {path, width, height}`; a group
    is an item with `items`, a repeated one with `rows: [{id, label, items}]`. What was not asked is absent; what was
    asked and left empty has an empty text. With `errors` each item and row has those of its own, and a wrong answer is
    shown as it stands in `answers`.
    """
    writer = SummaryWriter(flow, evaluation, locale, flatten_answers(flow, answers or {}), errors)
    sections = []
    for step_id in evaluation.steps:
        step = flow.find_step(step_id)
        items = writer.write_nodes(step.nodes, "", "") if step else []
        if step and items:
            title = resolve(step.title, locale, flow.default_locale)
            sections.append({"step": step.id, "title": title.text, "lang": title.lang, "items": items})
    declaration = flow.document.get("declaration")
    return {"sections": sections, "declaration": say(declaration, locale, flow.default_locale) or None}


@dataclass(slots=True)
class SummaryWriter:
    flow: Flow
    evaluation: Evaluation
    locale: str
    answers: Mapping[str, Any]
    errors: list[Problem] | None

    def write_nodes(self, nodes: list[Node], around: str, flow_around: str) -> list[dict[str, Any]]:
        found = []
        for node in nodes:
            path = around + node.path[len(flow_around) :]
            if path in self.evaluation.shown and node.type != "content":
                item = self.write(node, path)
                if item is not None:
                    found.append(item)
        return found

    def write(self, node: Node, path: str) -> dict[str, Any] | None:
        label = resolve(node.label, self.locale, self.flow.default_locale)
        item: dict[str, Any] = {"path": path, "type": node.type, "label": label.text, "lang": label.lang}
        item |= self.write_errors(path)
        if node.repeat:
            return item | {"rows": self.write_rows(node, path)}
        if node.is_group:
            inner = self.write_nodes(node.nodes, path, node.path)
            return item | {"items": inner} if inner else None
        value = self.evaluation.values.get(path)
        if node.type == "calculated" and (value is None or node.settings.get("show") is False):
            return None
        if node.type == "file":
            return item | {"text": "", "files": self.write_files(path)}
        picture = None if value is None else value_field(node).picture(value)
        item |= {"drawing": picture} if picture else {}
        return item | {"text": self.typed(node, path) if value is None else self.display(node, value)}

    def write_errors(self, path: str) -> dict[str, Any]:
        if self.errors is None:
            return {}
        return {"errors": [error_view(error, self.locale) for error in self.errors if error.path == path]}

    def display(self, node: Node, value: Any) -> str:
        return value_field(node).display(value, self.locale, localised(node, self.flow))

    def typed(self, node: Node, path: str) -> str:
        """A wrong answer as the person gave it: one that can be read in its usual form, any other as it was typed."""
        raw = self.answers.get(path)
        value = node.field.parse(raw, node.settings)
        if value is None or type(value) is Fault:
            return node.field.display_raw(raw)
        return self.display(node, value)

    def write_files(self, path: str) -> list[str]:
        files = self.evaluation.values.get(path) or self.answers.get(path)
        return [file for file in files if isinstance(file, str)] if isinstance(files, list) else []

    def write_rows(self, node: Node, path: str) -> list[dict[str, Any]]:
        repeat = node.repeat
        name = say(repeat.item_label if repeat else None, self.locale, self.flow.default_locale)
        name = name or ITEM_LABEL.get(self.locale, ITEM_LABEL["de"])
        return [
            {"id": row, "label": f"{name} {number}", "items": self.write_nodes(node.nodes, f"{path}.{row}", node.path)}
            | self.write_errors(f"{path}.{row}")
            for number, row in enumerate(self.evaluation.rows.get(path, ()), 1)
        ]
