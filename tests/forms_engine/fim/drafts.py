"""What tests ask of an imported document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from forms_engine.fim.codelists import CodeLists
from forms_engine.fim.files import read_source, rules_beside
from forms_engine.fim.mapping import Imported, map_schema
from forms_engine.fim.reader import read_schema

Json = dict[str, Any]


def imported(content: bytes, *, codelists: CodeLists | None = None) -> Imported:
    return map_schema(read_schema(content), key="probe", unit="amt", codelists=codelists)


@lru_cache(maxsize=40)
def imported_folder(folder: Path) -> Imported:
    """The schema in a folder of the shared data with the official rule trees beside it, imported once."""
    path = folder / "schema.xdf.xml"
    source = read_source(path, rules=rules_beside(path), land="TH")
    result = map_schema(source.schema, key="probe", unit="amt", codelists=source.codelists, land="TH")
    result.report.notes += source.notes
    return result


def document(content: bytes) -> Json:
    return imported(content).document


def walk(found: Json) -> Iterator[tuple[str, Json]]:
    """(path, node) of all nodes of the document."""
    for step in found["steps"]:
        yield from _walk(step["nodes"], step["id"])


def _walk(nodes: list[Json], path: str) -> Iterator[tuple[str, Json]]:
    for node in nodes:
        here = f"{path}.{node['id']}"
        yield here, node
        yield from _walk(node.get("nodes", []), here)


def node_at(found: Json, path: str) -> Json:
    return dict(walk(found))[path]


def only_node(field_xml: str) -> Json:
    """The node that one single field becomes."""
    from tests.forms_engine.fim.xdf import schema

    return next(node for _path, node in walk(document(schema(field_xml))))
