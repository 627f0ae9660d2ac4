"""The whole schema as a flow/1 draft document, with the report of what became of each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from forms_engine.fim.codelists import CodeLists
from forms_engine.fim.mapping.effects import Effects
from forms_engine.fim.mapping.fields import LOCALE, Json, Workshop, as_html
from forms_engine.fim.mapping.layout import Layout, Place, Step, plan_layout, rules_of
from forms_engine.fim.mapping.lists import ListShelf
from forms_engine.fim.mapping.nodes import NodeMaker, legal_basis, source_of
from forms_engine.fim.mapping.rules import propose
from forms_engine.fim.model import Schema
from forms_engine.fim.report import ADDED, Report


@dataclass(slots=True)
class Imported:
    document: Json
    report: Report


def map_schema(
    schema: Schema,
    *,
    key: str,
    unit: str,
    codelists: CodeLists | None = None,
    known_steps: frozenset[str] = frozenset(),
) -> Imported:
    """The draft document of `schema`. `known_steps`: step ids of the draft that an earlier import made."""
    report = Report(skipped=schema.skipped)
    codelists = codelists or CodeLists()
    layout, effects, proposals = _plan(schema, codelists, known_steps)
    shelf = ListShelf(codelists, report)
    maker = NodeMaker(Workshop(shelf, report), effects)
    steps = [made for step in layout.steps if (made := _step(step, maker, effects))["nodes"]]
    report.counts["groups"] += sum(1 for place in layout.walk() if place.is_step)
    title = " ".join(schema.label.split())
    document: Json = {
        "format": "flow/1",
        "key": key,
        "kind": "application",
        "locales": [LOCALE],
        "default_locale": LOCALE,
        "title": {LOCALE: title},
        **({"description": {LOCALE: schema.help}} if schema.help else {}),
        "unit": unit,
        "purpose": {LOCALE: f"Bearbeitung: {title}"},
        "legal_basis": legal_basis(schema.references),
        "codelists": shelf.document(),
        "steps": steps,
        "todo": _todo(layout, schema, proposals, report, steps),
        "source": {"fim": source_of(schema)},
    }
    report.note(ADDED, schema.id, "Zweck der Verarbeitung aus dem Titel gebildet, bitte prüfen")
    _count(document, report)
    return Imported(document, report)


def _plan(
    schema: Schema, codelists: CodeLists, known_steps: frozenset[str]
) -> tuple[Layout, Effects, dict[tuple[str, str], str]]:
    """Steps and rules need each other: only the rules say which fields are never asked. So plan, read, plan again."""
    silent: frozenset[str] = frozenset()
    for _ in range(2):
        layout = plan_layout(schema, known_steps=known_steps, silent=silent)
        effects = Effects()
        proposals = propose(layout, schema, effects, codelists=codelists)
        silent = effects.silent()
    return layout, effects, proposals


def _step(step: Step, maker: NodeMaker, effects: Effects) -> Json:
    made: Json = {"id": step.id, "title": {LOCALE: " ".join(step.title.split())}}
    if step.intro:
        made["description"] = {LOCALE: as_html(step.intro)}
    if step.group is not None:
        around = list(_around(step.group))
        made["source"] = {"fim": source_of(step.group.element)}
        if around:
            made["source"] = {
                "fim": source_of(step.group.element),
                "within": [source_of(one.element) for one in around],
            }
        shown = [*map(maker.shown_rule, around), effects.at(step.group).visible]
        rules = [rule for rule in shown if rule is not None]
        if rules:
            made["when"] = rules[0] if len(rules) == 1 else {"and": rules}
    is_group = step.group is not None and step.group.is_step
    made["nodes"] = maker.children(step.group, step.places) if is_group and step.group else maker.nodes(step.places)
    return made


def _around(place: Place) -> Iterator[Place]:
    """The groups around, outermost first."""
    if place.parent is not None:
        yield from _around(place.parent)
        yield place.parent


def _todo(
    layout: Layout, schema: Schema, proposals: dict[tuple[str, str], str], report: Report, steps: list[Json]
) -> list[Json]:
    """Every prose rule at the place that carries it, one entry each time it occurs."""
    todo: list[Json] = []
    there = frozenset(_paths(steps, ""))
    for place, rule in rules_of(layout, schema):
        path = _path_in_form(place, there) if place else ""
        proposal = proposals.get((place.key if place else "", rule.id), "")
        entry: Json = {"source": rule.id, "text": rule.text}
        if path:
            entry["path"] = path
        if proposal:
            entry["x_proposal"] = proposal
        todo.append(entry)
        report.rules.append((path, rule.id, rule.text, proposal))
    report.counts["rules"] = len(todo)
    return todo


def _path_in_form(place: Place, there: frozenset[str]) -> str:
    """The path of the place, or of the first part of it that made it into the form: a group may be all steps."""
    return next((part.path for part in place.walk() if part.path in there), "")


def _paths(nodes: object, prefix: str) -> Iterator[str]:
    for node in nodes if isinstance(nodes, list) else ():
        path = f"{prefix}{node['id']}"
        yield path
        yield from _paths(node.get("nodes"), f"{path}.")


def _count(document: Json, report: Report) -> None:
    lists = document["codelists"]
    assert isinstance(lists, dict)  # noqa: S101 - for the type checker
    steps = document["steps"]
    assert isinstance(steps, list)  # noqa: S101 - for the type checker
    report.counts.update(Counter(steps=len(steps), code_lists=len(lists), codes=sum(map(len, lists.values()))))
