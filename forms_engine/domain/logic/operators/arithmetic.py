"""`+ - * / round min max sum count`. Exact decimals; undefined on a side, an overflow or a division by zero: undefined.

Lists (rows of a group, several answers) skip what is undefined: `sum` of nothing is 0, `min` and `max` undefined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from forms_engine.domain.logic import types
from forms_engine.domain.logic import values as exact
from forms_engine.domain.logic.compiling import NOTHING, Compiler, Expr, Frame, Rows, Run, Values, operator
from forms_engine.domain.logic.types import DECIMAL, INTEGER, Type

MOST = 1_000


def fold(runs: list[Run], step: Callable[[Any, Any], Any]) -> Run:
    """Combine operands from left to right; the first undefined ends it."""
    first, rest = runs[0], runs[1:]

    def run(values: Values, rows: Rows) -> Any:
        total = first(values, rows)
        for part in rest:
            if total is None:
                return None
            found = part(values, rows)
            total = None if found is None else step(total, found)
        return total

    return run


def numbers(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> list[Expr]:
    return [compiler.expect(arg, DECIMAL, frames, name) for arg in args]


def type_of_numbers(exprs: Iterable[Expr]) -> Type:
    return INTEGER if all(expr.type.kind == "integer" for expr in exprs) else DECIMAL


@operator("+", "*")
def compile_plus_times(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 1, MOST):
        return NOTHING
    exprs = numbers(compiler, name, args, frames)
    step = exact.add if name == "+" else exact.multiply
    return Expr(type_of_numbers(exprs), fold([expr.run for expr in exprs], step))


@operator("-")
def compile_minus(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 1, 2):
        return NOTHING
    exprs = numbers(compiler, name, args, frames)
    runs = [expr.run for expr in exprs]
    if len(runs) == 1:
        runs.insert(0, lambda values, rows: 0)
    return Expr(type_of_numbers(exprs), fold(runs, exact.subtract))


@operator("/")
def compile_divide(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 2, 2):
        return NOTHING
    exprs = numbers(compiler, name, args, frames)
    return Expr(DECIMAL, fold([expr.run for expr in exprs], exact.divide))


@operator("round")
def compile_round(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 1, 2):
        return NOTHING
    written = args[1] if len(args) == 2 else 0
    places = None if isinstance(written, str) else exact.read_literal_number(written)
    if not isinstance(places, int) or abs(places) > exact.MAX_PLACES:
        limit = exact.MAX_PLACES
        return compiler.refuse("rule_arguments", f"„round“ braucht eine feste Stellenzahl von -{limit} bis {limit}.")
    inner = compiler.expect(args[0], DECIMAL, frames, name).run

    def run(values: Values, rows: Rows) -> Any:
        found = inner(values, rows)
        return None if found is None else exact.round_half_up(found, places)

    return Expr(INTEGER if places <= 0 else DECIMAL, run)


@operator("min", "max")
def compile_min_max(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    """Of several operands, or of the elements of one list; numbers or dates."""
    if not compiler.count_args(name, args, 1, MOST):
        return NOTHING
    shared, exprs = compiler.unify([compiler.compile(arg, frames) for arg in args], name)
    choose: Callable[..., Any] = min if name == "min" else max
    item = shared.item if shared.kind == "list" else shared
    if item is None or item.kind not in types.NUMBERS | {"date", "any"} or (shared.kind == "list" and len(exprs) > 1):
        return compiler.refuse("type_clash", f"„{name}“ wählt unter Zahlen oder Datumsangaben.")
    if shared.kind != "list":
        return Expr(item, fold([expr.run for expr in exprs], choose))
    return Expr(item, over_list(exprs[0].run, lambda found: choose(found) if found else None))


def over_list(inner: Run, function: Callable[[list[Any]], Any]) -> Run:
    def run(values: Values, rows: Rows) -> Any:
        found = inner(values, rows)
        return None if found is None else function([item for item in found if item is not None])

    return run


def total(items: list[Any]) -> Any:
    found: Any = 0
    for item in items:
        found = None if found is None else exact.add(found, item)
    return found


@operator("sum")
def compile_sum(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 1, 1):
        return NOTHING
    inner = compiler.compile(args[0], frames)
    item = inner.type.item
    if inner.type.kind == "list" and item is not None and item.kind in types.NUMBERS | {"any"}:
        return Expr(item, over_list(inner.run, total))
    if inner.nothing:
        return inner
    return compiler.refuse("type_clash", "„sum“ summiert Zahlen aus einer Wiederholung. Nennen Sie dort eine Zahl.")


@operator("count")
def compile_count(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 1, 1):
        return NOTHING
    inner = compiler.compile(args[0], frames)
    if inner.type.kind not in types.LISTS | {"any"}:
        return compiler.refuse("type_clash", "„count“ zählt Einträge einer Wiederholung, Antworten oder Dateien.")

    def run(values: Values, rows: Rows) -> int | None:
        found = inner.run(values, rows)
        return None if found is None else len(found)

    return Expr(INTEGER, run)
