"""What a log line may hold: where something failed and of which kind, not with what.

The text of an exception quotes the value it stumbled over ("invalid literal for int(): '…'", "Key (email)=(…) already
exists"), and that value may be an answer of a citizen. So tracebacks are written without the texts.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class FramesOnlyFormatter(logging.Formatter):
    """Tracebacks with files, lines and kinds of exceptions; causes too."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the standard library's name
        error = ei[1]
        return "\n".join(_told(error)) if error is not None else ""

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - the standard library's name
        return stack_info


def _told(error: BaseException) -> list[str]:
    """The cause first, as Python does it. Ends with causes that go in a circle."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = "".join(traceback.format_tb(current.__traceback__)).rstrip()
        lines[:0] = [line for line in (frames, f"{type(current).__module__}.{type(current).__qualname__}") if line]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return lines
