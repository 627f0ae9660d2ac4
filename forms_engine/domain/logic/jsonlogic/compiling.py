"""Compile a rule into closures. Compiling never fails: what is wrong raises when it is reached, so `try` can catch it.

A closure takes the `Scope` it is evaluated in and returns a JSON value, or raises `LogicError`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .errors import INVALID, TOO_LARGE, UNKNOWN, LogicError

MAX_LEVELS = 128  # of lists and objects
MAX_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class Scope:
    """The data a rule sees, and the scope around it: `val` can climb, `var` cannot."""

    value: Any
    around: Scope | None = None


Run = Callable[[Scope], Any]
Runs = Callable[[Scope], list[Any]]
Operator = Callable[[Any], Run]
OPERATORS: dict[str, Operator] = {}


def operator(*names: str) -> Callable[[Operator], Operator]:
    """Register the function that compiles the raw operands of one or more operators."""

    def register(function: Operator) -> Operator:
        for name in names:
            OPERATORS[name] = function
        return function

    return register


def apply(rule: Any, data: Any = None) -> Any:
    """The value of a rule for some data, both plain JSON. Raises `LogicError`."""
    return compile_rule(rule)(Scope(data))


def compile_rule(rule: Any) -> Run:
    return compile_part(rule) if fits(rule) else failing(TOO_LARGE)


def fits(rule: Any) -> bool:
    """Looked at without recursion: the rule may be hostile."""
    count, stack = 0, [(rule, 0)]
    while stack:
        value, level = stack.pop()
        count += 1
        if level > MAX_LEVELS or count > MAX_VALUES:
            return False
        if isinstance(value, dict | list):
            inner = value.values() if isinstance(value, dict) else value
            stack.extend((item, level + 1) for item in inner)
    return True


def is_operation(rule: Any) -> bool:
    return isinstance(rule, dict) and len(rule) == 1


def compile_part(rule: Any) -> Run:
    if is_operation(rule):
        [(name, raw)] = rule.items()
        compiling = OPERATORS.get(name)
        return compiling(raw) if compiling else failing(UNKNOWN)
    return compile_each(rule) if isinstance(rule, list) else constant(rule)


def constant(value: Any) -> Run:
    return lambda scope: value


def failing(error: str) -> Run:
    def run(scope: Scope) -> Any:
        raise LogicError(error)

    return run


def compile_each(parts: list[Any]) -> Runs:
    runs = [compile_part(part) for part in parts]
    return lambda scope: [run(scope) for run in runs]


def operands(raw: Any) -> Runs:
    """All operands. Those of a single operation that yields a list are the items of this list."""
    if isinstance(raw, list):
        return compile_each(raw)
    whole = compile_part(raw)

    def run(scope: Scope) -> list[Any]:
        found = whole(scope)
        return found if isinstance(found, list) else [found]

    return run


def single(raw: Any) -> Run:
    """The first of the operands, null where there is none; a list that an operation yields stays whole."""
    if isinstance(raw, list):
        return compile_part(raw[0]) if raw else constant(None)
    return compile_part(raw)


def written(raw: Any, least: int) -> list[Any] | None:
    """Operands that have to be written as a list of at least so many; None where they are not."""
    return raw if isinstance(raw, list) and len(raw) >= least else None


def invalid() -> Run:
    return failing(INVALID)
