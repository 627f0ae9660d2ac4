"""From text to terms: folded words, parts of compounds, 4-grams. Pure, and the same in JavaScript.

Recipe and figures: docs/reference/search.md. No stemmer and no dictionary: German compounds are cut with
the words of the corpus itself, and 4-grams forgive typing errors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

TOKEN = re.compile(r"\w+")
UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
LINKS = ("", "s", "e", "n", "es", "en", "er")  # what German puts between the parts of a compound
SHORTEST_COMPOUND = 9
SHORTEST_PART = 4
GRAM = 4


def fold(token: str) -> str:
    """One spelling for ä, ae and a: `Bürgerbüro`, `Buergerbuero` and `Burgerburo` become the same word."""
    token = token.translate(UMLAUTS)
    return token.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def tokens(text: str) -> list[str]:
    """Folded words of a text in their order."""
    normal = unicodedata.normalize("NFC", text).lower()
    return [fold(token) for token in TOKEN.findall(normal)]


def grams(token: str, *, open_end: bool = False) -> list[str]:
    """4-grams of `_token_`; with `open_end` (as you type) the word may go on, so it gets no closing mark."""
    marked = f"_{token}" if open_end else f"_{token}_"
    if len(marked) <= GRAM:
        return [marked]
    return [marked[at : at + GRAM] for at in range(len(marked) - GRAM + 1)]


class Vocabulary:
    """The words of a corpus; cuts compounds into words it knows."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if len(word) >= SHORTEST_PART)
        self._cuts: dict[str, tuple[str, ...]] = {}

    def terms(self, token: str) -> tuple[str, ...]:
        """The token and, where it is a compound of known words, its two parts."""
        if len(token) < SHORTEST_COMPOUND:
            return (token,)
        known = self._cuts.get(token)
        if known is None:
            known = (token, *self._cut(token))
            if len(self._cuts) < 50_000:  # queries add to it too; a bound keeps a flood of nonsense out
                self._cuts[token] = known
        return known

    def _cut(self, token: str) -> tuple[str, ...]:
        """The most even cut into two known words; among equal cuts the one with the shorter link."""
        middle = len(token) / 2
        places = sorted(range(SHORTEST_PART, len(token) - SHORTEST_PART + 1), key=lambda at: (abs(at - middle), at))
        for at in places:
            head, tail = token[:at], token[at:]
            if tail not in self._words:
                continue
            for link in LINKS:
                stem = head.removesuffix(link) if link else head
                if head.endswith(link) and stem in self._words:
                    return (stem, tail)
        return ()
