"""`== != === !== < <= > >=` between neighbours, and `in`. A chain ends at the first pair that does not hold."""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from typing import Any

from .coercing import is_number, to_number, to_text
from .compiling import Run, Scope, compile_part, invalid, operands, operator, written

Test = Callable[[Any, Any], bool]


def ordered(test: Test) -> Test:
    """Texts by code points; everything else as numbers."""

    def compare(first: Any, second: Any) -> bool:
        if isinstance(first, str) and isinstance(second, str):
            return test(first, second)
        return test(to_number(first), to_number(second))

    return compare


def is_loosely_equal(first: Any, second: Any) -> bool:
    """As numbers, unless both are texts. `null` equals no text: unanswered is not wrong."""
    if isinstance(first, str) and isinstance(second, str):
        return first == second
    if (first is None and isinstance(second, str)) or (second is None and isinstance(first, str)):
        return False
    return to_number(first) == to_number(second)


def is_strictly_equal(first: Any, second: Any) -> bool:
    """Same kind and same value; lists and objects never are."""
    if is_number(first) and is_number(second):
        return to_number(first) == to_number(second)
    return type(first) is type(second) and not isinstance(first, dict | list) and bool(first == second)


def differs(test: Test) -> Test:
    return lambda first, second: not test(first, second)


TESTS: dict[str, Test] = {
    "==": is_loosely_equal,
    "!=": differs(is_loosely_equal),
    "===": is_strictly_equal,
    "!==": differs(is_strictly_equal),
    "<": ordered(python.lt),
    "<=": ordered(python.le),
    ">": ordered(python.gt),
    ">=": ordered(python.ge),
}


def chaining(test: Test) -> Callable[[Any], Run]:
    def compiling(raw: Any) -> Run:
        parts = written(raw, 2)
        if parts is None:
            return invalid()
        first, *rest = [compile_part(part) for part in parts]

        def run(scope: Scope) -> bool:
            left = first(scope)
            for part in rest:
                right = part(scope)
                if not test(left, right):
                    return False
                left = right
            return True

        return run

    return compiling


for name, symbol_test in TESTS.items():
    operator(name)(chaining(symbol_test))


@operator("in")
def compile_in(raw: Any) -> Run:
    """Is the first an item of a list, or a part of a text?"""
    parts = operands(raw)

    def run(scope: Scope) -> bool:
        needle, hay, *_ = [*parts(scope), None, None]
        if isinstance(hay, list):
            return any(is_strictly_equal(needle, item) for item in hay)
        if not isinstance(hay, str) or needle is None or isinstance(needle, dict | list):
            return False
        return to_text(needle) in hay

    return run
