"""The city-wide synonym table: what people call a thing, expanded when the index is built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cms.search.words import tokens


@dataclass(frozen=True, slots=True)
class Synonym:
    """`word` is what people type ("Perso"), `meanings` what the texts of the city say ("Personalausweis")."""

    word: str
    meanings: tuple[str, ...]


class SynonymTable:
    """Finds the words by which a text should be found too."""

    def __init__(self, synonyms: Iterable[Synonym] = ()) -> None:
        self._words: dict[tuple[str, ...], list[str]] = {}
        for synonym in synonyms:
            for meaning in synonym.meanings:
                if phrase := tuple(tokens(meaning)):
                    self._words.setdefault(phrase, []).append(synonym.word)

    def words_for(self, text: str) -> list[str]:
        """All table words whose meaning occurs in the text as whole words, in order of appearance."""
        if not self._words:
            return []
        words = tokens(text)
        longest = max(len(phrase) for phrase in self._words)
        found: list[str] = []
        for start in range(len(words)):
            for length in range(1, min(longest, len(words) - start) + 1):
                found += self._words.get(tuple(words[start : start + length]), [])
        return list(dict.fromkeys(found))
