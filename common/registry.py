"""A named set of plugins. Small enough for a test to make its own."""

from __future__ import annotations

from collections.abc import ItemsView, ValuesView
from typing import Generic, TypeVar

T = TypeVar("T")


class RegistryKeyTaken(LookupError):
    """Two plugins want the same key."""


class Registry(Generic[T]):
    """Plugins by key, in the order they registered."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, T] = {}

    def register(self, key: str, item: T) -> T:
        """Add a plugin. Registering the same object again is harmless; another one under its key is a mistake."""
        if self._items.get(key, item) is not item:
            raise RegistryKeyTaken(f"{self.name}: {key!r} is registered already")
        self._items[key] = item
        return item

    def get(self, key: str) -> T:
        """The plugin; raises LookupError naming what there is."""
        try:
            return self._items[key]
        except KeyError:
            raise LookupError(f"{self.name}: no {key!r}; there are {', '.join(self._items) or 'none'}") from None

    def find(self, key: str) -> T | None:
        """The plugin or None."""
        return self._items.get(key)

    def keys(self) -> list[str]:
        """All keys, in order of registration."""
        return list(self._items)

    def items(self) -> ItemsView[str, T]:
        """All (key, plugin) pairs, in order of registration."""
        return self._items.items()

    def values(self) -> ValuesView[T]:
        """All plugins, in order of registration."""
        return self._items.values()
