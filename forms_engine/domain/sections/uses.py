"""Where a form uses sections. A step or group with the member `section` is one; its nodes are a copy of the section's.

    {"id": "person", "title": {…}, "section": {"key": "person", "hash": "<64 hex>", "other": true}, "nodes": […]}

`hash` names the state that was copied (`copying.section_hash`); `other`: it is about somebody else than the applicant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms_engine.domain.tree import Raw, find_raw, walk_raw

MEMBER = "section"
KIND = "section"  # of a document that is one


@dataclass(frozen=True, slots=True)
class Use:
    """One place of a form that follows a section. `path` is the step or group, `title` what the form calls it."""

    path: str
    key: str
    hash: str
    is_other: bool
    title: str

    @property
    def is_step(self) -> bool:
        return "." not in self.path


def is_section(document: Mapping[str, Any]) -> bool:
    return document.get("kind") == KIND


def list_uses(document: Raw) -> list[Use]:
    """All uses that can be read, in the order of the form."""
    return [use for path, item, _ in walk_raw(document) if (use := read_use(path, item)) is not None]


def find_use(document: Raw, path: str) -> Use | None:
    """The use at exactly this step or group."""
    item = find_raw(document, path) if path else None
    return None if item is None else read_use(path, item)


def find_use_around(document: Raw, path: str) -> Use | None:
    """The use whose copied nodes this path is one of; None for the step or group itself."""
    return next((use for above in paths_above(path) if (use := find_use(document, above))), None)


def paths_above(path: str) -> Iterator[str]:
    """`a`, `a.b` of `a.b.c`."""
    parts = path.split(".")
    return (".".join(parts[:depth]) for depth in range(1, len(parts)))


def read_use(path: str, item: Mapping[str, Any]) -> Use | None:
    reference = item.get(MEMBER)
    if not isinstance(reference, dict) or not isinstance(reference.get("key"), str):
        return None
    texts = item.get("label") or item.get("title")
    title = (texts.get("de") or next(iter(texts.values()), "")) if isinstance(texts, dict) else ""
    made = str(reference.get("hash") or "")
    return Use(path, reference["key"], made, reference.get("other") is True, str(title or item.get("id", path)))
