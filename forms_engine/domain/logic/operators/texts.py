"""`cat` and `length`. Length counts code points after NFC."""

from __future__ import annotations

from typing import Any

from forms_engine.domain.logic import types
from forms_engine.domain.logic.compiling import NOTHING, Compiler, Expr, Frame, Rows, Values, operator
from forms_engine.domain.logic.types import INTEGER, TEXT
from forms_engine.domain.logic.values import text_length, to_text

JOINABLE = types.TEXTS | types.NUMBERS | {"date", "any"}
MOST = 1_000
LONGEST = 100_000  # characters a rule may build; beyond that the text is undefined


@operator("cat")
def compile_cat(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    """Join texts, numbers (plain, with a point) and dates (ISO)."""
    if not compiler.count_args(name, args, 1, MOST):
        return NOTHING
    exprs = [compiler.compile(arg, frames) for arg in args]
    for expr in exprs:
        if expr.type.kind not in JOINABLE:
            found = types.in_words(expr.type)
            return compiler.refuse("type_clash", f"„cat“ kann „{found}“ nicht an einen Text hängen.")
    runs = [expr.run for expr in exprs]

    def run(values: Values, rows: Rows) -> str | None:
        parts = []
        for part in runs:
            text = to_text(part(values, rows))
            if text is None:
                return None
            parts.append(text)
        joined = "".join(parts)
        return joined if len(joined) <= LONGEST else None

    return Expr(TEXT, run)


@operator("length")
def compile_length(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 1, 1):
        return NOTHING
    inner = compiler.expect(args[0], TEXT, frames, name).run

    def run(values: Values, rows: Rows) -> int | None:
        found = inner(values, rows)
        return None if found is None else text_length(found)

    return Expr(INTEGER, run)
