"""`if` and `coalesce`. An undefined condition makes `if` undefined; `coalesce` is the way out of undefined."""

from __future__ import annotations

from typing import Any

from forms_engine.domain.logic.compiling import NOTHING, Compiler, Expr, Frame, Rows, Run, Values, operator
from forms_engine.domain.logic.types import BOOL, LITERAL, Type

MOST = 1_000


def flexible(compiler: Compiler, shared: Type, exprs: list[Expr], make: Any) -> Expr:
    """An expression whose branches are all string literals takes its type from outside, as a literal does."""
    built = Expr(shared, make([expr.run for expr in exprs]))
    if shared != LITERAL:
        return built

    def recast(wanted: Type) -> Expr:
        branches = [compiler.cast_expr(expr, wanted) for expr in exprs]
        kind = next((branch.type for branch in branches if not branch.nothing), wanted)
        return Expr(kind, make([branch.run for branch in branches]))

    return Expr(LITERAL, built.run, recast)


@operator("if")
def compile_if(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    """`[condition, then, condition, then, …, else]`; without else the rest is undefined."""
    if not compiler.count_args(name, args, 2, MOST):
        return NOTHING
    pairs = len(args) // 2
    tests = [compiler.expect(args[2 * at], BOOL, frames, name).run for at in range(pairs)]
    branches = [compiler.compile(args[2 * at + 1], frames) for at in range(pairs)]
    if len(args) % 2:
        branches.append(compiler.compile(args[-1], frames))
    shared, branches = compiler.unify(branches, name)
    return flexible(compiler, shared, branches, lambda runs: choose(tests, runs))


def choose(tests: list[Run], branches: list[Run]) -> Run:
    def run(values: Values, rows: Rows) -> Any:
        for test, branch in zip(tests, branches, strict=False):
            truth = test(values, rows)
            if truth is None:
                return None
            if truth:
                return branch(values, rows)
        return branches[-1](values, rows) if len(branches) > len(tests) else None

    return run


@operator("coalesce")
def compile_coalesce(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 1, MOST):
        return NOTHING
    shared, exprs = compiler.unify([compiler.compile(arg, frames) for arg in args], name)
    return flexible(compiler, shared, exprs, first_defined)


def first_defined(runs: list[Run]) -> Run:
    def run(values: Values, rows: Rows) -> Any:
        for part in runs:
            found = part(values, rows)
            if found is not None:
                return found
        return None

    return run
