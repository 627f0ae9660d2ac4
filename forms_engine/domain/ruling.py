"""Compile all rules of a flow at their places, order the nodes by what they depend on, and find circles."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .logic import Compiled, Frame, Type, compile_rule
from .logic.types import BOOL
from .model import Node, Step
from .reading import Place, Reporter
from .scope import CALCULATED, FlowScope

ROLES = {
    "when": "Bedingung des Schritts",
    "visible": "Bedingung „sichtbar“",
    "required": "Bedingung „Pflicht“",
    "value": "Formel",
}


@dataclass(frozen=True, slots=True)
class Ruled:
    """One compiled rule and where it stands.

    `role` is when, visible, required, valid, value, option, requirement or bring; `option` the answer it stands at.
    """

    path: str
    role: str
    source: Any
    compiled: Compiled
    at: Place
    option: str = ""


@dataclass(slots=True)
class RuleReader:
    """Compiles rules and turns their troubles into findings."""

    scope: FlowScope
    report: Reporter
    ruled: list[Ruled] = field(default_factory=list)

    def compile(
        self, source: Any, wanted: Type, frames: tuple[str, ...], at: Place, path: str, role: str, option: str = ""
    ) -> Compiled:
        compiled = compile_rule(source, self.scope, wanted, tuple(Frame(group=group) for group in frames))
        for trouble in compiled.troubles[:20]:
            self.report.error(trouble.code, at, trouble.message)
        self.ruled.append(Ruled(path, role, source, compiled, at, option))
        return compiled

    def read_step(self, step: Step) -> None:
        if step.when is not None:
            at = place_of(step) / ROLES["when"]
            step.run_when = self.compile(step.when, BOOL, (), at, step.path, "when").run

    def read_node(self, node: Node) -> None:
        at, rules = place_of(node), node.rules
        if node.visible is not None:
            rules.visible = self.compile(
                node.visible, BOOL, node.frames, at / ROLES["visible"], node.path, "visible"
            ).run
        if isinstance(node.required, bool):
            rules.required = node.required
        else:
            rules.required = self.compile(
                node.required, BOOL, node.frames, at / ROLES["required"], node.path, "required"
            ).run
        if node.value is not None:
            wanted = CALCULATED[node.settings["result"]]
            rules.value = self.compile(node.value, wanted, node.frames, at / ROLES["value"], node.path, "value").run
        for value, source in node.option_rules.items():
            place = at / f"Antwort „{value}“"
            rules.options[value] = self.compile(source, BOOL, node.frames, place, node.path, "option", value).run
        self.read_valid(node, at)

    def read_valid(self, node: Node, at: Place) -> None:
        """The checks of a repeated group look at one row where they say `row.`, else at the group as a whole."""
        for index, validity in enumerate(node.valid):
            place = at / f"Prüfung {index + 1}"
            per_row = bool(node.repeat) and names_row(validity.rule)
            frames = (*node.frames, node.path) if per_row else node.frames
            compiled = self.compile(validity.rule, BOOL, frames, place, node.path, "valid")
            node.rules.valid.append(compiled.run)
            node.rules.valid_per_row.append(per_row)


def names_row(rule: Any) -> bool:
    """Does the rule speak of `row.` outside of map, filter, some, all, none?"""
    stack = [rule]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, dict):
            path = item.get("var")
            path = path[0] if isinstance(path, list) and path else path
            if isinstance(path, str) and path.partition(".")[0] == "row":
                return True
            for name, inner in item.items():
                over_rows = name in {"map", "filter", "some", "all", "none"} and isinstance(inner, list)
                stack.extend(inner[:1] if over_rows else [inner])
    return False


def place_of(item: Step | Node) -> Place:
    """Step and questions down to the item, by their German names."""
    if isinstance(item, Step):
        return Place().into(item.path, f"Schritt „{item.title.get('de') or item.id}“")
    around = place_of(item.parent or item.step)
    kind = "Gruppe" if item.is_group else "Frage" if item.is_question else "Element"
    return around.into(item.path, f"{kind} „{item.label.get('de') or item.id}“")


def dependencies(ruled: list[Ruled], nodes: Mapping[str, Node]) -> dict[str, set[str]]:
    """path -> paths its presence or value waits for: what is around it and what its rules read."""
    waits: dict[str, set[str]] = {}
    for node in nodes.values():
        waits.setdefault(node.step.path, set())
        waits[node.path] = {(node.parent or node.step).path}
    for rule in ruled:
        if rule.role in {"when", "visible", "value", "option"}:
            waits.setdefault(rule.path, set()).update(rule.compiled.reads)
    return waits


def sort_by_dependency(waits: Mapping[str, set[str]], order: list[str]) -> tuple[list[str], set[str]]:
    """Each path after what it waits for, else in document order; and the paths caught in circles."""
    rank = {path: at for at, path in enumerate(order)}
    open_count = {path: len(waits.get(path, set()) & rank.keys()) for path in order}
    followers: dict[str, list[str]] = {}
    for path in order:
        for needed in waits.get(path, ()):
            followers.setdefault(needed, []).append(path)
    ready = [(rank[path], path) for path in order if not open_count[path]]
    heapq.heapify(ready)
    done: list[str] = []
    while ready:
        _, path = heapq.heappop(ready)
        done.append(path)
        for follower in followers.get(path, ()):
            open_count[follower] -= 1
            if not open_count[follower]:
                heapq.heappush(ready, (rank[follower], follower))
    return done, set(order) - set(done)


def list_circles(waits: Mapping[str, set[str]], caught: set[str]) -> Iterator[list[str]]:
    """One circle for each knot of paths that wait for each other, shortest way round from its first path."""
    left = set(caught)
    for start in sorted(caught):
        if start not in left:
            continue
        circle = find_circle(waits, start, caught)
        if circle:
            left -= set(circle)
            yield circle


def find_circle(waits: Mapping[str, set[str]], start: str, within: set[str]) -> list[str]:
    came_from: dict[str, str] = {}
    queue = [start]
    for path in queue:
        for needed in sorted(waits.get(path, set()) & within):
            if needed == start:
                return way_back(came_from, start, path)
            if needed not in came_from:
                came_from[needed] = path
                queue.append(needed)
    return []


def way_back(came_from: Mapping[str, str], start: str, last: str) -> list[str]:
    way = [last]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]
