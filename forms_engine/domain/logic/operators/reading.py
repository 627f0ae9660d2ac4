"""`var` reads an answer; `is_empty` asks whether there is one."""

from __future__ import annotations

from typing import Any

from forms_engine.domain.logic.compiling import NOTHING, Compiler, Expr, Frame, Rows, Run, Trouble, Values, operator
from forms_engine.domain.logic.types import BOOL


@operator("var")
def compile_var(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if len(args) == 2:
        return compiler.refuse("rule_arguments", "„var“ kennt keinen Ersatzwert. Nutzen Sie „coalesce“.")
    if len(args) != 1 or not isinstance(args[0], str) or not args[0]:
        return compiler.refuse("rule_arguments", "„var“ braucht den Pfad einer Frage.")
    found = compiler.scope.resolve(args[0], frames)
    if isinstance(found, Trouble):
        return compiler.refuse(found.code, found.message)
    compiler.reads |= found.reads
    compiler.uses_row = compiler.uses_row or args[0].partition(".")[0] in {"row", "outer"}
    return Expr(found.type, found.run, filled=found.filled)


def negated(filled: Run) -> Run:
    return lambda values, rows: not filled(values, rows)


@operator("is_empty")
def compile_is_empty(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    """True for undefined, for an empty list, and for a group or rows in which nothing is answered."""
    if not compiler.count_args(name, args, 1, 1):
        return NOTHING
    inner = compiler.compile(args[0], frames)
    if inner.constant:
        return compiler.refuse("rule_arguments", "„is_empty“ braucht eine Frage, keinen festen Wert.")

    if inner.filled is not None:
        return Expr(BOOL, negated(inner.filled))

    def run(values: Values, rows: Rows) -> bool:
        found = inner.run(values, rows)
        return found is None or found == []

    return Expr(BOOL, run)
