"""The whole schema as a flow/1 draft document, with the report of what became of each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from forms_engine.fim.codelists import CodeLists
from forms_engine.fim.mapping.conditions import Json
from forms_engine.fim.mapping.effects import Effects
from forms_engine.fim.mapping.elements import ElementTable, record_of, source_of
from forms_engine.fim.mapping.fields import LOCALE, Workshop, as_html
from forms_engine.fim.mapping.layout import Layout, Place, Step, plan_layout, rules_of
from forms_engine.fim.mapping.lists import ListShelf
from forms_engine.fim.mapping.nodes import NodeMaker, legal_basis
from forms_engine.fim.mapping.rules import OPEN, Applied, apply_rules
from forms_engine.fim.model import Schema
from forms_engine.fim.report import ADDED, LEFT, Report, RuleLine


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
    land: str = "",
) -> Imported:
    """The draft document of `schema`. `known_steps`: step ids of the draft that an earlier import made; `land`: the
    Land of the city (TH), for what is proposed for rules that differ by Land."""
    report = Report(skipped=schema.skipped)
    codelists = codelists or CodeLists()
    layout, effects, applied = _plan(schema, codelists, known_steps, land)
    shelf = ListShelf(codelists, report)
    elements = ElementTable(layout)
    maker = NodeMaker(Workshop(shelf, report), effects, elements)
    steps = [made for step in layout.steps if (made := _step(step, maker, effects, elements))["nodes"]]
    report.counts["groups"] += sum(1 for place in layout.walk() if place.is_step)
    title = " ".join(schema.label.split())
    todo, modelled = _rules(layout, schema, applied, report, steps)
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
        "codelists": {},
        "steps": steps,
        "todo": todo,
        "source": {
            "fim": source_of(schema),
            "record": record_of(schema),
            "elements": elements.document(shelf),
            "modelled": modelled,
        },
    }
    document["codelists"] = shelf.document()
    report.note(ADDED, schema.id, "Zweck der Verarbeitung aus dem Titel gebildet, bitte prüfen")
    _count(document, report)
    return Imported(document, report)


def _plan(
    schema: Schema, codelists: CodeLists, known_steps: frozenset[str], land: str
) -> tuple[Layout, Effects, Applied]:
    """Steps and rules need each other: only the rules say which fields are never asked. So plan, read, plan again."""
    silent: frozenset[str] = frozenset()
    for _ in range(2):
        layout = plan_layout(schema, known_steps=known_steps, silent=silent)
        effects = Effects()
        applied = apply_rules(layout, schema, effects, codelists=codelists, land=land)
        silent = effects.silent()
    return layout, effects, applied


def _step(step: Step, maker: NodeMaker, effects: Effects, elements: ElementTable) -> Json:
    made: Json = {"id": step.id, "title": {LOCALE: " ".join(step.title.split())}}
    if step.intro:
        made["description"] = {LOCALE: as_html(step.intro)}
    if step.group is not None:
        around = list(_around(step.group))
        made["source"] = {"fim": elements.source_of(step.group)}
        if around:
            made["source"]["within"] = [elements.source_of(one) for one in around]
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


def _rules(
    layout: Layout, schema: Schema, applied: Applied, report: Report, steps: list[Json]
) -> tuple[list[Json], list[Json]]:
    """Every prose rule at the place that carries it, one entry each time it occurs: open ones, modelled ones."""
    todo: list[Json] = []
    modelled: list[Json] = []
    there = frozenset(_paths(steps, ""))
    for place, rule in rules_of(layout, schema):
        path = _path_in_form(place, there) if place else ""
        outcome = applied.outcomes[(place.key if place else "", rule.id)]
        entry: Json = {"source": rule.id, **({"path": path} if path else {})}
        if outcome.by == OPEN:
            todo.append({**entry, "text": rule.text, "x_proposal": outcome.text})
        else:
            modelled.append({**entry, "by": outcome.by, "done": outcome.text})
        report.rules.append(RuleLine(path, rule.id, rule.text, outcome.by, outcome.text))
    report.counts["rules"] = len(report.rules)
    report.counts["trees"] = applied.trees - len(applied.refused)
    for place, tree, reason in applied.refused:
        source = place.element.id if place else schema.id
        text = f"Amtlicher Regelbaum ({tree.message[:100] or tree.target}) nicht übernommen: {reason}"
        report.note(LEFT, source, text, _path_in_form(place, there) if place else "")
    return todo, modelled


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
