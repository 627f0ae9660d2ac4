"""The form read back as fields and groups of a schema, each with what the import left at its node.

What came from FIM goes back to its place (`source.fim.at`); what the editors added stands behind its neighbour. Steps
are pages, not groups: a step that is a group of the schema becomes that group again, one the editors made becomes one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from forms_engine.fim.revision import FACETS, changed_facets

Json = dict[str, Any]
Order = tuple[int, int]

ALL = frozenset(FACETS)
FIELD, GROUP = "field", "group"


@dataclass(slots=True, eq=False)
class Part:
    """One field or group. `raw` is its node or step, empty for a group that is nothing but other steps.

    `fim`: the source of an imported part, empty for one of our own. `changed`: the facets the editors changed since.
    """

    kind: str
    raw: Json
    fim: Json
    path: str
    changed: frozenset[str]
    order: Order = (0, 0)
    is_step: bool = False
    children: list[Part] = field(default_factory=list)

    @property
    def is_own(self) -> bool:
        return not self.fim

    @property
    def answer(self) -> Json:
        """The node that is answered: of a repeated field, the one question of its rows."""
        nodes = self.raw.get("nodes")
        return nodes[0] if self.kind == FIELD and isinstance(nodes, list) and nodes else self.raw

    def walk(self) -> Iterator[Part]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class Helper:
    """A question of the import's own: whether an optional group is filled in, which one of several."""

    path: str
    raw: Json


@dataclass(slots=True)
class Parts:
    top: list[Part]
    helpers: list[Helper]
    moved: list[Part]

    def walk(self) -> Iterator[Part]:
        for part in self.top:
            yield from part.walk()


def read_parts(document: Json) -> Parts:
    reader = _Reader()
    for number, step in enumerate(document.get("steps") or ()):
        reader.read_step(step, number)
    return reader.finish()


class _Reader:
    def __init__(self) -> None:
        self._root = Part(GROUP, {}, {}, "", frozenset())
        self._by_address: dict[str, Part] = {"": self._root}
        self._helpers: list[Helper] = []
        self._moved: list[Part] = []

    def finish(self) -> Parts:
        for part in [self._root, *_below(self._root)]:
            part.children.sort(key=lambda child: child.order)
        return Parts(self._root.children, self._helpers, self._moved)

    def read_step(self, step: Json, number: int) -> None:
        source = _source(step)
        for around in source.get("within") or ():
            self._group_at(around, {}, step["id"])
        nodes = step.get("nodes") or []
        fim = source.get("fim") or {}
        if not fim and "import" in source:  # single fields that the import gathered
            self._read_nodes(nodes, self._root, "", step["id"])
        elif fim and any(_fim(node).get("at") == fim.get("at") for node in nodes):
            around = self._by_address.get(_parent(fim["at"]), self._root)
            self._read_nodes(nodes, around, _parent(fim["at"]), step["id"])
        elif fim and "at" in fim:
            part = self._group_at(fim, step, step["id"])
            self._read_nodes(nodes, part, fim["at"], step["id"])
        else:
            part = Part(GROUP, step, fim, step["id"], ALL, (10**6, number), is_step=True)
            self._root.children.append(part)
            self._read_nodes(nodes, part, None, step["id"])

    def _group_at(self, fim: Json, raw: Json, path: str) -> Part:
        """The group at an address. A step may name the group before the step or node that is the group comes."""
        known = self._by_address.get(fim["at"])
        if known is None:
            known = self._by_address[fim["at"]] = Part(GROUP, {}, fim, path, frozenset(), (_last(fim["at"]), 0))
            self._by_address.get(_parent(fim["at"]), self._root).children.append(known)
        if raw:
            known.raw, known.path, known.changed = raw, path, changed_facets(raw)
            known.is_step = "type" not in raw
        return known

    def _read_nodes(self, nodes: list[Json], around: Part, address: str | None, prefix: str) -> None:
        homes = [self._home(node, address) for node in nodes]
        slots = iter(sorted(_last(home) for home in homes if home and _parent(home) == address))
        slot = -1
        for number, (node, home) in enumerate(zip(nodes, homes, strict=True)):
            path = f"{prefix}.{node['id']}"
            if "added" in _source(node):
                self._helpers.append(Helper(path, node))
            elif home and _parent(home) != address:
                self._read_node(node, self._by_address[_parent(home)], path, (_last(home), 0))
            elif home:
                slot = next(slots)
                self._read_node(node, around, path, (slot, 0))
            else:
                part = self._read_node(node, around, path, (slot, number + 1))
                if "at" in part.fim:
                    self._moved.append(part)

    def _home(self, node: Json, address: str | None) -> str:
        """The address of a node that stands where the schema has it, else empty. Fixed values may be on any page."""
        at = str(_fim(node).get("at", ""))
        if not at or (at in self._by_address and self._by_address[at].raw):
            return ""
        is_fixed = node.get("type") == "calculated" and _parent(at) in self._by_address
        return at if _parent(at) == address or is_fixed else ""

    def _read_node(self, node: Json, around: Part, path: str, order: Order) -> Part:
        fim = _fim(node)
        is_group = node.get("type") == "group" and not str(fim.get("id", "")).startswith("F")
        if is_group and "at" in fim and fim["at"] in self._by_address:
            part = self._group_at(fim, node, path)
        else:
            changed = changed_facets(node) if fim else ALL
            if not is_group and fim and node.get("nodes"):  # a repeated field: its rows hold one question
                changed |= changed_facets(node["nodes"][0])
            part = Part(GROUP if is_group else FIELD, node, fim, path, changed, order)
            around.children.append(part)
            if "at" in fim:
                self._by_address[fim["at"]] = part
        if is_group:
            self._read_nodes(node.get("nodes") or [], part, fim.get("at"), path)
        return part


def _source(part: Json) -> Json:
    source = part.get("source")
    return source if isinstance(source, dict) else {}


def _fim(node: Json) -> Json:
    fim = _source(node).get("fim")
    return fim if isinstance(fim, dict) else {}


def _parent(address: str) -> str:
    return address.rpartition(".")[0]


def _last(address: str) -> int:
    return int(address.rpartition(".")[2])


def _below(part: Part) -> Iterator[Part]:
    for child in part.children:
        yield from child.walk()
