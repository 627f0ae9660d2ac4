"""The one exception of this mode."""

from __future__ import annotations

from typing import Any

INVALID = "Invalid Arguments"
NAN = "NaN"
TOO_LARGE = "Too Large"
UNKNOWN = "Unknown Operator"


class LogicError(ValueError):
    """A rule cannot be evaluated. `error` is what `try` hands to its next operand: `{"type": …}` or what was thrown."""

    def __init__(self, error: Any) -> None:
        self.error: dict[str, Any] = error if isinstance(error, dict) else {"type": error}
        super().__init__(self.type)

    @property
    def type(self) -> Any:
        return self.error.get("type")
