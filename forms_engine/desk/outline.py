"""A draft document as the desk shows it: steps and nodes in order, with what is wrong beside each.

Works on any document an editor may have saved, valid or not. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from forms_engine.domain import Finding
from forms_engine.domain.tree import find_raw
from forms_engine.fields import field_types

__all__ = ["find_raw", "outline", "question_choices", "text_of", "type_name", "walk_raw"]
Document = dict[str, Any]
ROWS_KIND = "rows"


def text_of(texts: Any, locale: str, fallback: str = "") -> str:
    """The text in this locale, else in any other, else `fallback`."""
    if not isinstance(texts, dict):
        return fallback
    return str(texts.get(locale) or next((t for t in texts.values() if t), fallback))


@dataclass
class Line:
    """One node of the outline."""

    path: str
    depth: int
    node: dict[str, Any]
    label: str
    type_name: str
    is_first: bool
    is_last: bool
    findings: list[Finding] = field(default_factory=list)
    condition: str = ""  # the rule under which it appears, as a sentence
    use: Any = None  # `UseState` of a group that follows a section
    is_copied: bool = False  # it comes from a section and is changed there

    @property
    def is_group(self) -> bool:
        return self.node.get("type") == "group"

    @property
    def is_conditional(self) -> bool:
        return "visible" in self.node

    @property
    def is_repeated(self) -> bool:
        return bool(self.node.get("repeat"))

    @property
    def is_optional(self) -> bool:
        return self.node.get("required") is False


@dataclass
class StepLines:
    """One step with its nodes."""

    id: str
    title: str
    step: dict[str, Any]
    lines: list[Line]
    is_first: bool
    is_last: bool
    findings: list[Finding] = field(default_factory=list)
    condition: str = ""
    use: Any = None  # `UseState` of a step that follows a section


def outline(document: Document, findings: Iterable[Finding], locale: str = "de") -> list[StepLines]:
    """All steps with all nodes, each with its findings."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    steps = document.get("steps") or []
    return [
        StepLines(
            id=step.get("id", ""),
            title=text_of(step.get("title"), locale, step.get("id", "")),
            step=step,
            lines=list(_lines(step.get("nodes") or [], step.get("id", ""), 0, by_path, locale)),
            is_first=index == 0,
            is_last=index == len(steps) - 1,
            findings=by_path.get(step.get("id", ""), []),
        )
        for index, step in enumerate(steps)
    ]


def _lines(
    nodes: list[dict[str, Any]], parent: str, depth: int, by_path: dict[str, list[Finding]], locale: str
) -> Iterator[Line]:
    for index, node in enumerate(nodes):
        path = f"{parent}.{node.get('id', '')}"
        yield Line(
            path=path,
            depth=depth,
            node=node,
            label=text_of(node.get("label"), locale, node.get("id", "")),
            type_name=type_name(node.get("type", "")),
            is_first=index == 0,
            is_last=index == len(nodes) - 1,
            findings=by_path.get(path, []),
        )
        yield from _lines(node.get("nodes") or [], path, depth + 1, by_path, locale)


def type_name(key: str) -> str:
    """The German name of a field type."""
    found = field_types.find(key)
    return text_of(found.name, "de", key) if found else key


def walk_raw(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every node of every step with its path, in order."""
    for step in document.get("steps") or []:
        yield from _walk(step.get("nodes") or [], step.get("id", ""))


def _walk(nodes: list[dict[str, Any]], parent: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for node in nodes:
        path = f"{parent}.{node.get('id', '')}"
        yield path, node
        yield from _walk(node.get("nodes") or [], path)


def question_choices(document: Document, locale: str = "de") -> list[dict[str, Any]]:
    """What a condition may ask about: path, label, kind of value and options, in order.
    Questions inside repeated groups are left out: outside their row they have no single value."""
    choices = []
    rows: list[str] = []
    for path, node in walk_raw(document):
        if any(path.startswith(f"{group}.") for group in rows):
            continue
        if node.get("repeat"):
            rows.append(path)
        kind = ROWS_KIND if node.get("repeat") else kind_of(node)
        if kind:
            label = text_of(node.get("label"), locale, path)
            choices.append(
                {"path": path, "label": label, "kind": kind, "options": option_choices(document, node, locale)}
            )
            choices.extend(part_choices(document, path, node, locale))
    return choices


def part_choices(document: Document, path: str, node: dict[str, Any], locale: str) -> Iterator[dict[str, Any]]:
    """The parts of an answer that a condition may ask about: lines of a matrix, the ends of a period."""
    found = field_types.find(node.get("type", ""))
    if found is None or found.kind != "record":
        return
    label = text_of(node.get("label"), locale, path)
    if found.has_questions:
        kind = "enum_list" if node.get("several") else "enum"
        listed = [one for one in node.get("questions") or [] if isinstance(one, dict)]
        parts = [(str(one.get("value", "")), text_of(one.get("label"), locale), kind) for one in listed]
    else:
        parts = [(name, text_of(part.label, locale), part.kind) for name, part in found.parts_of({}).items()]
    for name, called, kind in parts:
        options = option_choices(document, node, locale)
        yield {"path": f"{path}.{name}", "label": f"{label}: {called}", "kind": kind, "options": options}


def kind_of(node: dict[str, Any]) -> str:
    """What rules see of this node: bool, enum, date, … or "" (nothing)."""
    if node.get("type") == "calculated":
        result = field_types.find(str(node.get("result") or "decimal"))
        return result.kind if result else ""
    found = field_types.find(node.get("type", ""))
    return found.kind if found and found.is_question else ""


def option_choices(document: Document, node: dict[str, Any], locale: str) -> list[tuple[str, str]]:
    """(value, label) of a choice's options, from the node or its code list."""
    lists = document.get("codelists") or {}
    options = node.get("options") or lists.get(node.get("codelist") or "", [])
    if node.get("type") not in {"choice", "multi_choice", "matrix"}:
        return []
    return [(str(o.get("value", "")), text_of(o.get("label"), locale, str(o.get("value", "")))) for o in options]


def kinds(document: Document) -> dict[str, str]:
    """Path -> kind, for conditions."""
    return {choice["path"]: choice["kind"] for choice in question_choices(document)}
