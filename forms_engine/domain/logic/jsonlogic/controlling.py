"""`if ?: and or ! !! ?? try throw preserve`. Operands are evaluated only where they are needed."""

from __future__ import annotations

from typing import Any

from .coercing import is_true
from .compiling import Run, Scope, compile_part, constant, invalid, operands, operator, single, written
from .errors import LogicError


@operator("if", "?:")
def compile_if(raw: Any) -> Run:
    """`[condition, then, condition, then, …, else]`; null where nothing holds."""
    parts = written(raw, 0)
    if parts is None:
        return invalid()
    runs = [compile_part(part) for part in parts]
    pairs = list(zip(runs[0::2], runs[1::2], strict=False))
    otherwise = runs[-1] if len(runs) % 2 else constant(None)

    def run(scope: Scope) -> Any:
        for condition, then in pairs:
            if is_true(condition(scope)):
                return then(scope)
        return otherwise(scope)

    return run


@operator("and")
def compile_and(raw: Any) -> Run:
    return compile_until(raw, decisive=False)


@operator("or")
def compile_or(raw: Any) -> Run:
    return compile_until(raw, decisive=True)


def compile_until(raw: Any, *, decisive: bool) -> Run:
    """The first value that decides, else the last one; false of nothing."""
    parts = written(raw, 0)
    if parts is None:
        return invalid()
    runs = [compile_part(part) for part in parts]

    def run(scope: Scope) -> Any:
        value: Any = False
        for part in runs:
            value = part(scope)
            if is_true(value) is decisive:
                break
        return value

    return run


@operator("!")
def compile_not(raw: Any) -> Run:
    inner = single(raw)
    return lambda scope: not is_true(inner(scope))


@operator("!!")
def compile_truth(raw: Any) -> Run:
    inner = single(raw)
    return lambda scope: is_true(inner(scope))


@operator("??")
def compile_coalesce(raw: Any) -> Run:
    """The first value that is not null."""
    if not isinstance(raw, list):
        parts = operands(raw)
        return lambda scope: next((part for part in parts(scope) if part is not None), None)
    runs = [compile_part(part) for part in raw]

    def run(scope: Scope) -> Any:
        for part in runs:
            value = part(scope)
            if value is not None:
                return value
        return None

    return run


@operator("try")
def compile_try(raw: Any) -> Run:
    """The first operand that does not raise; each sees the error of the one before, two scopes inside the outer one."""
    first, *others = [compile_part(part) for part in raw] if isinstance(raw, list) and raw else [single(raw)]

    def run(scope: Scope) -> Any:
        part, left, inside = first, list(others), scope
        while True:
            try:
                return part(inside)
            except LogicError as caught:
                if not left:
                    raise
                part, inside = left.pop(0), Scope(caught.error, Scope({}, scope))

    return run


@operator("throw")
def compile_throw(raw: Any) -> Run:
    """A text becomes the type of the error, an object is the error itself."""
    inner = single(raw)

    def run(scope: Scope) -> Any:
        raise LogicError(inner(scope))

    return run


@operator("preserve")
def compile_preserve(raw: Any) -> Run:
    """The operand as it is written, not evaluated."""
    return constant(raw)
