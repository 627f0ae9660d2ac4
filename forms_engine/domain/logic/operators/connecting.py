"""`and`, `or`, `not`, `xor` with three truth values (Kleene): undefined stays undefined unless the rest decides."""

from __future__ import annotations

from typing import Any

from forms_engine.domain.logic.compiling import NOTHING, Compiler, Expr, Frame, Rows, Run, Values, operator
from forms_engine.domain.logic.types import BOOL

MOST = 10_000


def all_of(runs: list[Run]) -> Run:
    def run(values: Values, rows: Rows) -> bool | None:
        result: bool | None = True
        for part in runs:
            found = part(values, rows)
            if found is False:
                return False
            if found is None:
                result = None
        return result

    return run


def any_of(runs: list[Run]) -> Run:
    def run(values: Values, rows: Rows) -> bool | None:
        result: bool | None = False
        for part in runs:
            found = part(values, rows)
            if found is True:
                return True
            if found is None:
                result = None
        return result

    return run


@operator("and", "or")
def compile_and_or(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 1, MOST):
        return NOTHING
    runs = [compiler.expect(arg, BOOL, frames, name).run for arg in args]
    return Expr(BOOL, all_of(runs) if name == "and" else any_of(runs))


@operator("not", "!")
def compile_not(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 1, 1):
        return NOTHING
    inner = compiler.expect(args[0], BOOL, frames, name).run

    def run(values: Values, rows: Rows) -> bool | None:
        found = inner(values, rows)
        return None if found is None else not found

    return Expr(BOOL, run)


@operator("xor")
def compile_xor(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 2, 2):
        return NOTHING
    first, second = (compiler.expect(arg, BOOL, frames, name).run for arg in args)

    def run(values: Values, rows: Rows) -> bool | None:
        one, two = first(values, rows), second(values, rows)
        return None if one is None or two is None else one is not two

    return Expr(BOOL, run)
