"""The search index of one locale: BM25 over words and 4-grams, summed to integer weights when it is built.

Weights and the floor were tuned on real municipal keywords; tests/cms/test_search_quality.py holds the gate.
Integers make Python and JavaScript rank identically.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from cms.search.postings import Postings
from cms.search.synonyms import SynonymTable
from cms.search.words import Vocabulary, grams, tokens

K1 = 0.9
LENGTH = {"title": 0.3, "body": 0.5, "synonyms": 0.5}  # BM25's b: how much a long field is held against a document
WORD_WEIGHTS = {"title": 2.0, "body": 1.5, "synonyms": 1.5}
GRAM_WEIGHTS = {"title": 0.4, "body": 0.1, "synonyms": 0.8}
FLOOR_PERCENT = 40  # share of the query's gram mass the best of the first hits must hold to be called an answer
FLOOR_HITS = 5
HIT_SCORE_PERCENT = 8  # of the best score, and ...
HIT_GRAMS_PERCENT = 30  # ... of the most gram mass among the first hits: below either, a hit is not one
LONGEST_QUERY = 200  # characters; what is longer is not a search

Terms = Callable[[Sequence[str]], Iterable[str]]
Weights = dict[str, dict[int, float]]


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What is indexed: plain text only, no markup."""

    title: str
    body: str = ""
    synonyms: tuple[str, ...] = ()
    percent: int = 100  # of its score: what people mostly come for may count for more


@dataclass(frozen=True, slots=True)
class Match:
    """A document by its place in the sequence given to the index, with its score (weight x 1000)."""

    document: int
    score: int


@dataclass(frozen=True, slots=True)
class Matches:
    """The ranked matches; `confident` is False when even the best one explains too little of the query."""

    items: tuple[Match, ...]
    confident: bool


class SearchIndex:
    """Immutable; build a new one when the content has changed (0.3 s for 300 services)."""

    def __init__(self, documents: Sequence[SearchDocument], synonyms: SynonymTable | None = None) -> None:
        fields = _tokenise(documents, synonyms or SynonymTable())
        self._size = len(documents)
        self._percent = tuple(document.percent for document in documents)
        self._vocabulary = Vocabulary(chain(*fields["title"], *fields["body"]))
        self._words = Postings(_sum_fields(fields, WORD_WEIGHTS, self._word_terms))
        self._grams = Postings(_sum_fields(fields, GRAM_WEIGHTS, _gram_terms))

    def find(self, query: str, *, limit: int, as_you_type: bool = False) -> Matches:
        """The best matches for a query, best first; ties keep the order of the documents.

        What is far behind the best is left out: "Hund" shares the end of a word with nearly every text ("und").
        """
        words = tokens(query[:LONGEST_QUERY])
        mass = self._mass(_query_grams(words, as_you_type=as_you_type))
        covered = [0] * self._size
        for gram, rarity in mass.items():
            self._grams.add_constant(gram, rarity, covered)
        scores = self._score(words, mass, covered)
        ranked = sorted((number for number, score in enumerate(scores) if score), key=lambda number: -scores[number])
        best = max((covered[number] for number in ranked[:FLOOR_HITS]), default=-1)
        least_score = scores[ranked[0]] * HIT_SCORE_PERCENT if ranked else 0
        items = (
            Match(number, scores[number])
            for number in ranked
            if scores[number] * 100 >= least_score and covered[number] * 100 >= best * HIT_GRAMS_PERCENT
        )
        return Matches(tuple(islice(items, limit)), best * 100 >= sum(mass.values()) * FLOOR_PERCENT)

    def _score(self, words: Sequence[str], mass: dict[str, int], covered: Sequence[int]) -> list[int]:
        """Summed weights, times 1 (nothing of the query's grams in the document) to 3 (all of them)."""
        scores = [0] * self._size
        self._words.add_scores(dict.fromkeys(self._word_terms(words)), scores)
        self._grams.add_scores(mass, scores)
        total = sum(mass.values()) or 1
        return [
            score * (total + 2 * part) * percent // (total * 100)
            for score, part, percent in zip(scores, covered, self._percent, strict=True)
        ]

    def _word_terms(self, words: Sequence[str]) -> Iterable[str]:
        return chain.from_iterable(map(self._vocabulary.terms, words))

    def _mass(self, wanted: Iterable[str]) -> dict[str, int]:
        """The grams of a query with their rarity (x 1000): rare ones say more about what is meant."""
        return {gram: round(_idf(self._grams.count(gram), self._size) * 1000) for gram in wanted}


def _tokenise(documents: Sequence[SearchDocument], table: SynonymTable) -> dict[str, list[list[str]]]:
    """Folded tokens of each document, by field. Table words are looked up in title and synonyms, not in the body."""
    synonyms = [
        " ".join((*document.synonyms, *table.words_for(" \n ".join((document.title, *document.synonyms)))))
        for document in documents
    ]
    return {
        "title": [tokens(document.title) for document in documents],
        "body": [tokens(document.body) for document in documents],
        "synonyms": [tokens(text) for text in synonyms],
    }


def _sum_fields(fields: dict[str, list[list[str]]], weights: dict[str, float], terms: Terms) -> Weights:
    """BM25 weight of each term in each document, the fields added up."""
    total: Weights = {}
    for name, weight in weights.items():
        counts = [Counter(terms(words)) for words in fields[name]]
        _add_field(total, counts, weight, LENGTH[name])
    return total


def _add_field(total: Weights, counts: list[Counter[str]], weight: float, b: float) -> None:
    lengths = [count.total() for count in counts]
    average = sum(lengths) / max(1, len(lengths)) or 1
    frequency = Counter(chain.from_iterable(counts))
    idf = {term: _idf(number, len(counts)) for term, number in frequency.items()}
    for document, count in enumerate(counts):
        norm = K1 * (1 - b + b * lengths[document] / average)
        for term, times in count.items():
            documents = total.setdefault(term, {})
            documents[document] = documents.get(document, 0.0) + weight * idf[term] * times * (K1 + 1) / (times + norm)


def _idf(containing: int, size: int) -> float:
    return math.log(1 + (size - containing + 0.5) / (containing + 0.5))


def _gram_terms(words: Sequence[str]) -> Iterable[str]:
    return chain.from_iterable(map(grams, words))


def _query_grams(words: Sequence[str], *, as_you_type: bool) -> list[str]:
    last = len(words) - 1
    parts = (grams(word, open_end=as_you_type and number == last) for number, word in enumerate(words))
    return list(dict.fromkeys(chain.from_iterable(parts)))
