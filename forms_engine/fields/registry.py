"""The field types there are. A type becomes known by one line in `contrib/__init__.py` (or `field_types.register`)."""

from __future__ import annotations

from collections.abc import Iterator

from .base import FieldType


class FieldTypeUnknown(LookupError):
    """No field type of this key is registered."""


class FieldRegistry:
    """Field types by key. Tests make their own instance."""

    def __init__(self) -> None:
        self._types: dict[str, FieldType] = {}

    def register(self, field_type: type[FieldType]) -> type[FieldType]:
        """Class decorator. Refuses a second type with the same key."""
        key = field_type.key
        if not key or key in self._types:
            raise ValueError(f"Field type key {key!r} is empty or already taken.")
        self._types[key] = field_type()
        return field_type

    def find(self, key: object) -> FieldType | None:
        return self._types.get(key) if isinstance(key, str) else None

    def get(self, key: str) -> FieldType:
        found = self.find(key)
        if found is None:
            raise FieldTypeUnknown(key)
        return found

    def __iter__(self) -> Iterator[FieldType]:
        return iter(self._types.values())

    def __contains__(self, key: object) -> bool:
        return self.find(key) is not None

    def keys(self) -> list[str]:
        return list(self._types)


field_types = FieldRegistry()
