"""`cat` and `substr`, by code points."""

from __future__ import annotations

from typing import Any

from .coercing import to_number, to_text
from .compiling import Run, Scope, operands, operator
from .errors import INVALID, TOO_LARGE, LogicError

LONGEST_TEXT = 100_000


@operator("cat")
def compile_cat(raw: Any) -> Run:
    parts = operands(raw)

    def run(scope: Scope) -> str:
        joined = "".join([to_text(part) for part in parts(scope)])
        if len(joined) > LONGEST_TEXT:
            raise LogicError(TOO_LARGE)
        return joined

    return run


@operator("substr")
def compile_substr(raw: Any) -> Run:
    """From `start` on (negative: from the end), `length` characters (negative: all but so many)."""
    parts = operands(raw)

    def run(scope: Scope) -> str:
        found = parts(scope)
        if len(found) < 2:
            raise LogicError(INVALID)
        text, start = to_text(found[0]), int(to_number(found[1]))
        rest = text[start:] if start >= 0 else text[max(len(text) + start, 0) :]
        if len(found) == 2:
            return rest
        length = int(to_number(found[2]))
        return rest[:length] if length >= 0 else rest[: max(len(rest) + length, 0)]

    return run
