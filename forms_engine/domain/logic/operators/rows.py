"""`map filter some all none` over the rows of a repeated group or over a list. Inside, `row` is the element.

Empty list: `all` and `none` are true, `some` is false. Undefined elements count by Kleene.
"""

from __future__ import annotations

from typing import Any

from forms_engine.domain.logic import types
from forms_engine.domain.logic.compiling import NOTHING, Compiler, Expr, Frame, Rows, Run, Values, operator
from forms_engine.domain.logic.types import BOOL, Type, list_of


def open_list(compiler: Compiler, name: str, rule: Any, frames: tuple[Frame, ...]) -> tuple[Expr, Frame] | None:
    """The list to go through and the frame its elements make."""
    source = compiler.compile(rule, frames)
    if source.type.kind == "rows":
        return source, Frame(group=source.type.group)
    if source.type.kind == "list" and source.type.item:
        return source, Frame(item=source.type.item)
    if not source.nothing:
        compiler.refuse("type_clash", f"„{name}“ braucht eine Wiederholung oder eine Liste.")
    return None


@operator("some", "all", "none")
def compile_quantifier(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    opened = open_list(compiler, name, args[0], frames) if compiler.count_args(name, args, 2, 2) else None
    if opened is None:
        return NOTHING
    source, frame = opened
    test = compiler.expect(args[1], BOOL, (*frames, frame), name).run
    decisive = name != "all"  # one element of this truth decides
    answer = name == "some"  # what is said then

    def run(values: Values, rows: Rows) -> bool | None:
        found = source.run(values, rows)
        if found is None:
            return None
        unknown = False
        for element in found:
            truth = test(values, (*rows, element))
            if truth is decisive:
                return answer
            unknown = unknown or truth is None
        return None if unknown else not answer

    return Expr(BOOL, run)


@operator("map")
def compile_map(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    opened = open_list(compiler, name, args[0], frames) if compiler.count_args(name, args, 2, 2) else None
    if opened is None:
        return NOTHING
    source, frame = opened
    each = compiler.cast_expr(compiler.compile(args[1], (*frames, frame)), types.TEXT)
    if each.type.kind not in types.SCALARS:
        return compiler.refuse("type_clash", "„map“ braucht je Eintrag einen einzelnen Wert.")
    return Expr(list_of(each.type), collect(source.run, each.run))


def collect(source: Run, each: Run) -> Run:
    def run(values: Values, rows: Rows) -> list[Any] | None:
        found = source(values, rows)
        return None if found is None else [each(values, (*rows, element)) for element in found]

    return run


@operator("filter")
def compile_filter(compiler: Compiler, name: str, args: list[Any], frames: tuple[Frame, ...]) -> Expr:
    opened = open_list(compiler, name, args[0], frames) if compiler.count_args(name, args, 2, 2) else None
    if opened is None:
        return NOTHING
    source, frame = opened
    test = compiler.expect(args[1], BOOL, (*frames, frame), name).run
    kind: Type = source.type

    def run(values: Values, rows: Rows) -> list[Any] | None:
        found = source.run(values, rows)
        return None if found is None else [item for item in found if test(values, (*rows, item)) is True]

    return Expr(kind, run)
