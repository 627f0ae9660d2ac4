"""A draft document as it lies there, right or wrong: find, list and walk its raw steps and nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Raw = dict[str, Any]


def raw_list(owner: Any, name: str) -> list[Any]:
    found = owner.get(name) if isinstance(owner, dict) else None
    return found if isinstance(found, list) else []


def children_of(document: Raw, path: str) -> list[Any] | None:
    """The list that holds what is directly below a path: steps below "", nodes below a step or group."""
    if not path:
        return raw_list(document, "steps")
    owner = find_raw(document, path)
    return None if owner is None else raw_list(owner, "nodes")


def find_raw(document: Raw, path: str) -> Raw | None:
    """The raw step or node of a path without row ids."""
    owner, name = document, "steps"
    for part in path.split("."):
        found = next(
            (item for item in raw_list(owner, name) if isinstance(item, dict) and item.get("id") == part), None
        )
        if found is None:
            return None
        owner, name = found, "nodes"
    return owner


def walk_raw(document: Raw) -> Iterator[tuple[str, Raw, tuple[str, ...]]]:
    """Every step and node with its path and the paths of the repeated groups around it."""
    for step in raw_list(document, "steps"):
        if isinstance(step, dict) and isinstance(step.get("id"), str):
            yield step["id"], step, ()
            yield from walk_below(step, step["id"], ())


def walk_below(owner: Raw, path: str, frames: tuple[str, ...]) -> Iterator[tuple[str, Raw, tuple[str, ...]]]:
    for node in raw_list(owner, "nodes"):
        if isinstance(node, dict) and isinstance(node.get("id"), str):
            below = f"{path}.{node['id']}"
            yield below, node, frames
            yield from walk_below(node, below, (*frames, below) if repeats(node) else frames)


def repeats(node: Raw) -> bool:
    return isinstance(node.get("repeat"), dict)
