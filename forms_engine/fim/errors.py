"""The one way in which a file is refused."""

from __future__ import annotations


class FimInvalid(Exception):
    """The file cannot be read as XDatenfelder 3.0. `str()` is one German sentence for the person who imports."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        self.line = line
        super().__init__(f"Zeile {line}: {message}" if line else message)
