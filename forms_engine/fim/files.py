"""The files of one import: the schema, the official rule trees beside it, the code lists of the office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from forms_engine.fim.codelists import CodeLists, read_folder
from forms_engine.fim.errors import FimInvalid
from forms_engine.fim.model import Schema
from forms_engine.fim.reader import read_schema
from forms_engine.fim.report import LEFT, Note
from forms_engine.fim.trees import RuleGraph, read_graph, with_trees
from forms_engine.fim.xml_tree import read_bytes

RULES_NAME = "graph.json"  # as BUND-T/Prototype lays it beside a schema


@dataclass(frozen=True, slots=True)
class Source:
    """What was read. `notes`: official trees that were found and belong nowhere in this schema."""

    schema: Schema
    codelists: CodeLists
    notes: tuple[Note, ...] = ()


def rules_beside(path: Path) -> Path | None:
    """The rule trees that lie beside a schema under their usual name."""
    found = path.with_name(RULES_NAME)
    return found if found.is_file() else None


def read_source(path: Path, *, rules: Path | None = None, codelists: Path | None = None, land: str = "") -> Source:
    """Reads all of it. `rules`: a file of official trees; `land`: the Land of the city, for trees that hold in some.
    Raises `FimInvalid`: one German sentence that names the file."""
    with _named(path):
        schema = read_schema(read_bytes(path))
    if codelists is None:
        lists = CodeLists()
    else:
        with _named(codelists):
            lists = read_folder(codelists)
    if rules is None:
        return Source(schema, lists)
    with _named(rules):
        graph = read_graph(read_bytes(rules), land=land)
        _check_origin(graph, schema)
        schema, missing = with_trees(schema, graph)
    return Source(schema, lists, tuple(_notes(graph, schema, missing)))


def _check_origin(graph: RuleGraph, schema: Schema) -> None:
    ours = (schema.id, schema.version)
    if (graph.schema_id, graph.schema_version) != ours:
        raise FimInvalid(
            f"Die Regelbäume gehören zu {graph.schema_id} {graph.schema_version}, "
            f"das Datenschema ist {schema.id} {schema.version}. Bitte mit --rules die passende Datei nennen oder mit "
            "--no-rules ohne Regelbäume einlesen."
        )


def _notes(graph: RuleGraph, schema: Schema, missing: frozenset[tuple[str, ...]]) -> Iterator[Note]:
    for place in sorted(missing):
        count = len(graph.trees[place])
        text = f"{count} amtliche Regelbäume zu einer Stelle, die es im Schema nicht gibt ({'.'.join(place)})"
        yield Note(LEFT, schema.id, text)
    if graph.elsewhere:
        yield Note(LEFT, schema.id, f"{graph.elsewhere} amtliche Regelbäume gelten nur in anderen Ländern")


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except FimInvalid as problem:
        raise FimInvalid(f"{path.name}: {problem}") from problem
