"""`==`, `!=`, `<`, `<=`, `>`, `>=` between values of one type, and `in`. Undefined on a side gives undefined."""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from typing import Any

from forms_engine.domain.logic import durations, types
from forms_engine.domain.logic.compiling import NOTHING, Compiler, Expr, Frame, Rows, Run, Values, operator
from forms_engine.domain.logic.types import BOOL, TEXT, Type
from forms_engine.domain.logic.values import nfc, same_text

ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": python.lt,
    "<=": python.le,
    ">": python.gt,
    ">=": python.ge,
}
ORDERED = types.NUMBERS | {"date", "duration", "any"}
EQUATED = types.SCALARS | {"duration"}
Test = Callable[[Any, Any], bool | None]


def compare(first: Run, second: Run, test: Test) -> Run:
    def run(values: Values, rows: Rows) -> bool | None:
        one = first(values, rows)
        if one is None:
            return None
        two = second(values, rows)
        return None if two is None else test(one, two)

    return run


def compare_with(first: Run, wanted: Any, test: Test) -> Run:
    """The frequent case: one side is a literal."""

    def run(values: Values, rows: Rows) -> bool | None:
        found = first(values, rows)
        return None if found is None else test(found, wanted)

    return run


def equality(kind: str, name: str) -> Test:
    """How `==` or `!=` compares two values of a kind."""
    symbol = python.eq if name == "==" else python.ne
    if kind == "duration":
        return durations.comparing(symbol)
    if kind not in types.TEXTS:
        return symbol
    return same_text if name == "==" else lambda first, second: not same_text(first, second)


@operator("==", "!=")
def compile_equal(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 2, 2):
        return NOTHING
    shared, (first, second) = compiler.unify([compiler.compile(arg, frames) for arg in args], name)
    if shared.kind not in EQUATED:
        message = f"Eine {types.in_words(shared)} lässt sich nicht mit „{name}“ vergleichen."
        return compiler.refuse("type_clash", message)
    test = equality(shared.kind, name)
    if second.constant:
        return Expr(BOOL, compare_with(first.run, second.value(), test))
    return Expr(BOOL, compare(first.run, second.run, test))


@operator(*ORDER)
def compile_order(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    if not compiler.count_args(name, args, 2, 3):
        return NOTHING
    shared, exprs = compiler.unify([compiler.compile(arg, frames) for arg in args], name)
    if shared.kind not in ORDERED:
        message = f"„{name}“ vergleicht Zahlen, Datumsangaben oder Zeitspannen, hier steht „{types.in_words(shared)}“."
        return compiler.refuse("type_clash", message)
    test: Test = durations.comparing(ORDER[name]) if shared.kind == "duration" else ORDER[name]
    if len(exprs) == 2 and exprs[1].constant:
        return Expr(BOOL, compare_with(exprs[0].run, exprs[1].value(), test))
    if len(exprs) == 2:
        return Expr(BOOL, compare(exprs[0].run, exprs[1].run, test))
    return Expr(BOOL, between(exprs[0].run, exprs[1].run, exprs[2].run, test))


def between(low: Run, middle: Run, high: Run, test: Test) -> Run:
    """`{"<=": [a, x, b]}` is `a <= x and x <= b`, by Kleene."""
    first, second = compare(low, middle, test), compare(middle, high, test)

    def run(values: Values, rows: Rows) -> bool | None:
        one, two = first(values, rows), second(values, rows)
        if one is False or two is False:
            return False
        return None if one is None or two is None else True

    return run


@operator("in")
def compile_in(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    """Is the first one of a list of literals, an element of a list, or a part of a text?"""
    if not compiler.count_args(name, args, 2, 2):
        return NOTHING
    needle = compiler.compile(args[0], frames)
    if isinstance(args[1], list):
        return in_literals(compiler, needle, args[1])
    hay = compiler.cast_expr(compiler.compile(args[1], frames), TEXT)
    if hay.type.kind == "list" and hay.type.item:
        return in_list(compiler, needle, hay, hay.type.item)
    if hay.type.kind in {"text", "any"} and needle.type.kind in types.TEXTS | {"any"}:
        part = compiler.cast_expr(needle, TEXT)
        return Expr(BOOL, compare(part.run, hay.run, lambda one, two: nfc(one) in nfc(two)))
    compiler.clash(name, needle.type, hay.type)
    return NOTHING


def in_literals(compiler: Compiler, needle: Expr, literals: list[Any]) -> Expr:
    if not literals:
        return compiler.refuse("rule_arguments", "Die Liste hinter „in“ ist leer.")
    if any(isinstance(item, dict | list) for item in literals):
        return compiler.refuse("rule_list", "In der Liste hinter „in“ dürfen nur feste Werte stehen.")
    shared, exprs = compiler.unify([needle, *map(compiler.literal, literals)], "in")
    if shared.kind not in types.SCALARS:
        return compiler.refuse("type_clash", f"„in“ prüft einzelne Werte, hier steht „{types.in_words(shared)}“.")
    found = [expr.value() for expr in exprs[1:] if not expr.nothing]
    if shared.kind in types.TEXTS:
        return Expr(BOOL, compare_with(exprs[0].run, frozenset(map(nfc, found)), lambda one, many: nfc(one) in many))
    return Expr(BOOL, compare_with(exprs[0].run, frozenset(found), lambda one, many: one in many))


def in_list(compiler: Compiler, needle: Expr, hay: Expr, item: Type) -> Expr:
    shared, (part, _) = compiler.unify([needle, Expr(item, hay.run)], "in")
    if shared.kind not in types.SCALARS:
        return compiler.refuse("type_clash", f"„in“ prüft einzelne Werte, hier steht „{types.in_words(shared)}“.")
    test = same_text if shared.kind in types.TEXTS else python.eq
    return Expr(BOOL, compare(part.run, hay.run, lambda one, many: any(test(one, other) for other in many)))
