"""How hard a German text is to read: LIX (Björnsson 1968), counted without a dictionary and without a network.

LIX = words per sentence + percentage of words with more than six letters. Texts for everybody aim at 40 or
less; the median of real municipal texts is 51 (guide, section 5.3). It is a hint, never a gate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
ABBREVIATIONS = re.compile(
    r"\b(z\. ?B|d\. ?h|u\. ?a|bzw|ca|Nr|Abs|Art|Str|evtl|ggf|inkl|usw|Tel|Dr|St)\.", re.IGNORECASE
)
ENOUGH_WORDS = 30
LONG_SENTENCE = 20


@dataclass(frozen=True, slots=True)
class Readability:
    """Result for one text; `level` is one of easy, medium, hard, or unknown for very short texts."""

    words: int
    lix: float | None
    level: str
    long_sentences: tuple[str, ...] = ()


def split_sentences(text: str) -> list[str]:
    """Sentences of a plain text; line ends separate too (headings, list items)."""
    text = ABBREVIATIONS.sub(lambda match: match.group(1).replace(".", ""), text)
    parts = (part.strip() for part in SENTENCE_END.split(text))
    return [part for part in parts if WORD.search(part)]


def assess_readability(text: str) -> Readability:
    """LIX of a plain text with its longest sentences, worst first."""
    sentences = split_sentences(text)
    words = WORD.findall(text)
    if len(words) < ENOUGH_WORDS:
        return Readability(len(words), None, "unknown")
    long_words = sum(1 for word in words if len(word) > 6)
    lix = len(words) / len(sentences) + 100 * long_words / len(words)
    return Readability(len(words), round(lix, 1), _level(lix), _longest(sentences))


def _level(lix: float) -> str:
    if lix <= 40:
        return "easy"
    return "medium" if lix <= 50 else "hard"


def _longest(sentences: list[str]) -> tuple[str, ...]:
    counted = sorted(((len(WORD.findall(sentence)), sentence) for sentence in sentences), key=lambda item: -item[0])
    return tuple(sentence for count, sentence in counted[:3] if count > LONG_SENTENCE)
