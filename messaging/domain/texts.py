"""What a message may contain. Pure: takes a text, returns it clean or says what is wrong with it."""

from __future__ import annotations

import unicodedata

MAX_TEXT = 20_000
MAX_TITLE = 200
MAX_NAME = 80
# Unicode TR 9: embeddings, overrides and isolates turn the order of what is shown; nobody types them.
DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINERS = frozenset("\u200c\u200d")  # Persian and Arabic words, and emoji, need them


class TextRefused(ValueError):
    """The text cannot be taken. `code` is one of empty, too_long, control, direction, invisible."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean_text(text: str, *, limit: int = MAX_TEXT, is_line: bool = False) -> str:
    """The text in normal form C, line ends as \\n, outer space off. Raises TextRefused. `is_line`: no line breaks, and
    no signs that cannot be seen (titles and names must not look like others)."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > limit:
        raise TextRefused("too_long")
    if DIRECTION & set(text):
        raise TextRefused("direction")
    kept = "" if is_line else "\n\t"
    if any(unicodedata.category(sign) == "Cc" and sign not in kept for sign in text):
        raise TextRefused("control")
    if is_line and any(unicodedata.category(sign) == "Cf" and sign not in JOINERS for sign in text):
        raise TextRefused("invisible")
    if not any(_is_visible(sign) for sign in text):
        raise TextRefused("empty")
    return text


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cf", "Cc", "Cn", "Co", "Cs", "Zs", "Zl", "Zp", "Mn"}
