"""How a rule at one place names the answer at another: bare path, `row.x` in the same row, `outer.x` around it."""

from __future__ import annotations

from forms_engine.fim.mapping.layout import Place


def variable(at: Place, path: str, *, row: Place | None = None) -> str:
    """The name of the answer at `path` (a flow path) in a rule that stands at `at`.

    `row`: the repeated group whose rows the rule goes through, where that is not the one around `at`.
    """
    prefix, around = "row.", row or at.row()
    while around is not None:
        if path.startswith(f"{around.path}."):
            return prefix + path.removeprefix(f"{around.path}.")
        prefix = "outer." if prefix == "row." else f"outer.{prefix}"
        around = around.row()
    return path
