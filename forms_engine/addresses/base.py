"""What an address provider is: somebody who knows which streets there are. Help with typing, never a check: an address
it does not know can be entered like any other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_LETTERS = 2
LONGEST_QUERY = 100
MOST = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One street of one postcode area."""

    street: str
    postcode: str
    place: str


class ProviderFailed(Exception):
    """The provider gave no answer that can be used; carries the reason, never what was typed."""


class AddressProvider(ABC):
    """Make a module in `contrib/`, subclass this, register an instance in `registry`."""

    key: str

    @abstractmethod
    def find_streets(self, text: str) -> Sequence[Suggestion]:
        """The streets that begin like `text` (2 to 100 characters, no blanks around), best first, at most eight; done
        within two seconds. Raises ProviderFailed."""
