"""`map filter reduce all some none merge`. Inside, the scope is the item; one further out lies its `index`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .coercing import is_true
from .compiling import Run, Scope, compile_part, invalid, is_operation, operands, operator, written
from .errors import INVALID, TOO_LARGE, LogicError

LONGEST_LIST = 100_000


def compile_source(raw: Any, *, null_is_empty: bool) -> Run:
    """The list to go through. A value that is no list is refused; an operation may yield null for an empty one."""
    if not is_operation(raw) and not isinstance(raw, list):
        return invalid()
    whole = compile_part(raw)

    def run(scope: Scope) -> list[Any]:
        found = whole(scope)
        if found is None and null_is_empty:
            return []
        if not isinstance(found, list):
            raise LogicError(INVALID)
        return found

    return run


def scopes(items: list[Any], outer: Scope) -> Iterator[Scope]:
    for index, item in enumerate(items):
        yield Scope(item, Scope({"index": index}, outer))


def going(raw: Any) -> tuple[Run, Run] | None:
    """Source and expression of `map`, `filter` and `reduce`; None where they are not there."""
    parts = written(raw, 2)
    if parts is None or parts[1] is None:
        return None
    return compile_source(parts[0], null_is_empty=True), compile_part(parts[1])


@operator("map")
def compile_map(raw: Any) -> Run:
    found = going(raw)
    if found is None:
        return invalid()
    source, each = found
    return lambda scope: [each(inside) for inside in scopes(source(scope), scope)]


@operator("filter")
def compile_filter(raw: Any) -> Run:
    found = going(raw)
    if found is None:
        return invalid()
    source, test = found
    return lambda scope: [inside.value for inside in scopes(source(scope), scope) if is_true(test(inside))]


@operator("reduce")
def compile_reduce(raw: Any) -> Run:
    """The expression sees `{current, accumulator}`; without a third operand the first item is what it starts with."""
    found = going(raw)
    if found is None:
        return invalid()
    source, step = found
    start = compile_part(raw[2]) if len(raw) > 2 else None

    def run(scope: Scope) -> Any:
        items = source(scope)
        if start is None and not items:
            return None
        total, at = (start(scope), 0) if start else (items[0], 1)
        for index in range(at, len(items)):
            inside = {"current": items[index], "accumulator": total}
            total = step(Scope(inside, Scope({"index": index}, scope)))
        return total

    return run


def quantifying(*, decisive: bool, answer: bool, of_nothing: bool) -> Callable[[Any], Run]:
    """One item of truth `decisive` decides on `answer`."""

    def compiling(raw: Any) -> Run:
        parts = written(raw, 2)
        if parts is None:
            return invalid()
        source, test = compile_source(parts[0], null_is_empty=False), compile_part(parts[1])

        def run(scope: Scope) -> bool:
            items = source(scope)
            if not items:
                return of_nothing
            decided = any(is_true(test(inside)) is decisive for inside in scopes(items, scope))
            return answer if decided else not answer

        return run

    return compiling


operator("all")(quantifying(decisive=False, answer=False, of_nothing=False))
operator("some")(quantifying(decisive=True, answer=True, of_nothing=False))
operator("none")(quantifying(decisive=True, answer=False, of_nothing=True))


@operator("merge")
def compile_merge(raw: Any) -> Run:
    """One list of all operands; those that are lists give their items."""
    parts = operands(raw)

    def run(scope: Scope) -> list[Any]:
        merged: list[Any] = []
        for part in parts(scope):
            merged.extend(part if isinstance(part, list) else [part])
            if len(merged) > LONGEST_LIST:
                raise LogicError(TOO_LARGE)
        return merged

    return run
