"""Term -> (document, weight) lists in flat arrays: small in memory, quick to read, easy to ship to a browser."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping


class Postings:
    """An immutable map from term to its documents and integer weights (x 1000)."""

    def __init__(self, weights: Mapping[str, Mapping[int, float]]) -> None:
        self._slots: dict[str, int] = {}
        self._starts = array("I", [0])
        self._documents = array("I")
        self._weights = array("I")
        for term, by_document in weights.items():
            self._slots[term] = len(self._slots)
            for document in sorted(by_document):
                self._documents.append(document)
                self._weights.append(round(by_document[document] * 1000))
            self._starts.append(len(self._documents))

    def add_scores(self, terms: Iterable[str], scores: list[int]) -> None:
        """Add the weights of each term to the scores of its documents."""
        documents, weights = self._documents, self._weights
        for term in terms:
            for at in self._places(term):
                scores[documents[at]] += weights[at]

    def add_constant(self, term: str, amount: int, sums: list[int]) -> None:
        """Add the amount to the sum of each document that has the term."""
        documents = self._documents
        for at in self._places(term):
            sums[documents[at]] += amount

    def count(self, term: str) -> int:
        """In how many documents the term occurs."""
        return len(self._places(term))

    def _places(self, term: str) -> range:
        slot = self._slots.get(term)
        return range(0) if slot is None else range(self._starts[slot], self._starts[slot + 1])
