"""How a rule at one place names the answer at another: bare path, `row.x` in the same row, `outer.x` around it."""

from __future__ import annotations

from forms_engine.fim.mapping.layout import Place


def variable(at: Place, path: str) -> str:
    """The name of the answer at `path` (a flow path) in a rule that stands at `at`."""
    row = _rows_around(at)
    if row is not None and path.startswith(f"{row.path}."):
        return "row." + path.removeprefix(f"{row.path}.")
    outer = row.row() if row is not None else None
    if outer is not None and path.startswith(f"{outer.path}."):
        return "outer." + path.removeprefix(f"{outer.path}.")
    return path


def _rows_around(at: Place) -> Place | None:
    return at.row()
