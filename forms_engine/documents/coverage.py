"""Which characters our fonts can draw. A PDF for people with screen readers must not contain empty boxes, so a
character without a picture is written as its code point; the attached data holds it unchanged."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

LINES = Path(__file__).with_name("coverage.txt")
KEPT_CONTROLS = {"\n", "\t"}
LONG_WORD = re.compile(r"\S{45,}")
BREAK_AFTER = 30  # characters, in words that would leave the page


@lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """All characters the fonts carry."""
    ranges = [line.split("-") for line in LINES.read_text().splitlines() if not line.startswith("#")]
    return frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))


def printable(text: str) -> str:
    """`text` with every character that has no picture as `[U+1F600]`."""
    known = covered() | KEPT_CONTROLS
    shown = "".join(char if char in known else _named(char) for char in unicodedata.normalize("NFC", text))
    return LONG_WORD.sub(_with_breaks, shown)


def plain(text: str) -> str:
    """The stricter way, for the rare text whose combined marks the fonts cannot join: Latin letters only."""
    return "".join(char if char < "\u0250" or char == "\u200b" else _named(char) for char in printable(text))


def _with_breaks(word: re.Match[str]) -> str:
    """Invisible places (U+200B) where an endless word may be broken."""
    text = word.group()
    return "\u200b".join(text[i : i + BREAK_AFTER] for i in range(0, len(text), BREAK_AFTER))


def _named(char: str) -> str:
    return f"[U+{ord(char):04X}]"
