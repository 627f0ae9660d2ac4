"""`var val exists missing missing_some`: own members and list items only; what is not there is null."""

from __future__ import annotations

from typing import Any

from .coercing import is_number, numeral, to_number
from .compiling import Run, Scope, compile_part, constant, operands, operator, single
from .errors import INVALID, LogicError

ABSENT: Any = object()


def member(value: Any, key: Any) -> Any:
    """A member of an object or an item of a list; `ABSENT` where there is none."""
    name = numeral(key) if is_number(key) else key
    if not isinstance(name, str):
        return ABSENT
    if isinstance(value, dict):
        return value.get(name, ABSENT)
    if isinstance(value, list) and name.isascii() and name.isdecimal() and len(name) < 10:
        at = int(name)
        return value[at] if str(at) == name and at < len(value) else ABSENT
    return ABSENT


def walk(value: Any, keys: list[Any]) -> Any:
    for key in keys:
        value = member(value, key)
        if value is ABSENT:
            break
    return value


def read_path(path: Any, scope: Scope) -> Any:
    """A path of `var`: `a.b.1`, or a number. The empty one means the whole."""
    if path is None or path == "" or path == []:
        return scope.value
    text = numeral(path) if is_number(path) else path
    return walk(scope.value, text.split(".")) if isinstance(text, str) else ABSENT


def read_keys(keys: list[Any], scope: Scope) -> Any:
    """Keys of `val`, the first of which may say how far to climb: `[[2], "name"]`."""
    if not keys or not isinstance(keys[0], list):
        return walk(scope.value, keys)
    found: Scope | None = scope
    for _ in range(steps_up(keys[0])):
        found = found.around if found else None
    return walk(found.value, keys[1:]) if found else ABSENT


def steps_up(jump: list[Any]) -> int:
    """`[2]` and `[-2]` both mean two scopes out."""
    steps = to_number(jump[0]) if len(jump) == 1 and is_number(jump[0]) else None
    if not isinstance(steps, int):
        raise LogicError(INVALID)
    return min(abs(steps), 1_000)


def or_null(found: Any) -> Any:
    return None if found is ABSENT else found


@operator("var")
def compile_var(raw: Any) -> Run:
    """With a second operand: what is said where there is no such member."""
    path = single(raw)
    default = compile_part(raw[1]) if isinstance(raw, list) and len(raw) > 1 else constant(None)

    def run(scope: Scope) -> Any:
        found = read_path(path(scope), scope)
        return default(scope) if found is ABSENT else found

    return run


@operator("val")
def compile_val(raw: Any) -> Run:
    keys = operands(raw)
    return lambda scope: or_null(read_keys(keys(scope), scope))


@operator("exists")
def compile_exists(raw: Any) -> Run:
    keys = operands(raw)
    return lambda scope: read_keys(keys(scope), scope) is not ABSENT


def list_missing(paths: list[Any], scope: Scope) -> list[Any]:
    return [path for path in paths if or_null(read_path(path, scope)) in (None, "")]


@operator("missing")
def compile_missing(raw: Any) -> Run:
    """The paths under which there is nothing, null or the empty text."""
    parts = operands(raw)

    def run(scope: Scope) -> list[Any]:
        paths = parts(scope)
        return list_missing(paths[0] if paths and isinstance(paths[0], list) else paths, scope)

    return run


@operator("missing_some")
def compile_missing_some(raw: Any) -> Run:
    """The missing ones of the paths, unless so many of them are there."""
    parts = operands(raw)

    def run(scope: Scope) -> list[Any]:
        least, paths, *_ = [*parts(scope), None, None]
        if not isinstance(paths, list):
            raise LogicError(INVALID)
        missing = list_missing(paths, scope)
        return [] if len(paths) - len(missing) >= to_number(least) else missing

    return run
