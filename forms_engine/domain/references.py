"""Where rules name questions, and how they follow when a question gets another path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .logic import MAX_DEPTH, measure
from .tree import Raw, raw_list, repeats, walk_raw

OVER_ROWS = {"map", "filter", "some", "all", "none"}


@dataclass(frozen=True, slots=True)
class RawRule:
    """One rule of a document: `holder[key]` is the rule, `path` the step or node it belongs to ("" = the form)."""

    path: str
    name: str
    holder: Any
    key: Any
    frames: tuple[str, ...]

    @property
    def rule(self) -> Any:
        return self.holder[self.key]


def list_rules(document: Raw) -> Iterator[RawRule]:
    """All rules of a document with the rows they can see."""
    for path, item, frames in walk_raw(document):
        yield from list_rules_of(path, item, frames)
    for section, name in (("requirements", "rule"), ("bring", "when")):
        for entry in raw_list(document, section):
            if isinstance(entry, dict) and name in entry:
                yield RawRule("", section, entry, name, ())


def list_rules_of(path: str, item: Raw, frames: tuple[str, ...]) -> Iterator[RawRule]:
    """The rules of one step or node."""
    for name in ("when", "visible", "required", "value"):
        if isinstance(item.get(name), dict):
            yield RawRule(path, name, item, name, frames)
    inner = (*frames, path) if repeats(item) else frames
    for check in raw_list(item, "valid"):
        if isinstance(check, dict) and "rule" in check:
            yield RawRule(path, "valid", check, "rule", inner)
    for option in raw_list(item, "options"):
        if isinstance(option, dict) and isinstance(option.get("visible"), dict):
            yield RawRule(path, "option", option, "visible", frames)


def list_references(rule: Any, frames: tuple[str, ...]) -> list[str]:
    """The full paths (without row ids) a rule reads."""
    found: list[str] = []

    def note(path: str, rows: tuple[str, ...]) -> str:
        full, _ = full_path(path, rows)
        if full is not None:
            found.append(full)
        return path

    rewrite(rule, frames, note)
    return found


def rewrite(rule: Any, frames: tuple[str, ...], change: Callable[[str, tuple[str, ...]], str]) -> Any:
    """A copy of the rule in which `change(path, rows in sight)` gives each path anew. Too large rules stay."""
    return rule if measure(rule)[0] > MAX_DEPTH else _rewrite(rule, frames, change)


def _rewrite(rule: Any, frames: tuple[str, ...], change: Callable[[str, tuple[str, ...]], str]) -> Any:
    if isinstance(rule, list):
        return [_rewrite(item, frames, change) for item in rule]
    if not isinstance(rule, dict):
        return rule
    changed = {}
    for name, raw in rule.items():
        args = raw if isinstance(raw, list) else [raw]
        if name == "var" and args and isinstance(args[0], str):
            path = change(args[0], frames)
            changed[name] = [path, *args[1:]] if isinstance(raw, list) else path
        elif name in OVER_ROWS and len(args) > 1:
            inner = (*frames, group_of(args[0], frames))
            changed[name] = [_rewrite(args[0], frames, change), *(_rewrite(arg, inner, change) for arg in args[1:])]
        else:
            changed[name] = _rewrite(raw, frames, change)
    return changed


def group_of(source: Any, frames: tuple[str, ...]) -> str:
    """The repeated group a list expression goes through, "" when it is none."""
    while isinstance(source, dict) and isinstance(source.get("filter"), list) and source["filter"]:
        source = source["filter"][0]
    path = source.get("var") if isinstance(source, dict) else None
    path = path[0] if isinstance(path, list) and path else path
    return (full_path(path, frames)[0] or "") if isinstance(path, str) else ""


def full_path(path: str, frames: tuple[str, ...]) -> tuple[str | None, str]:
    """`row.x` and `outer.x` as full path, and the prefix they were written with ("" for a full path)."""
    head = path.partition(".")[0]
    if head in {"today", "municipality"}:
        return None, ""
    if head not in {"row", "outer"}:
        return path, ""
    parts = path.split(".")
    up = 0
    while parts and parts[0] == "outer":
        up += 1
        parts.pop(0)
    if parts and parts[0] == "row":
        parts.pop(0)
    if up >= len(frames) or not frames[len(frames) - 1 - up]:
        return None, ""
    prefix = path[: len(path) - len(".".join(parts))].rstrip(".")
    return ".".join([frames[len(frames) - 1 - up], *parts]), prefix


@dataclass(frozen=True, slots=True)
class Renaming:
    """Old path -> new path, for a node and everything below it."""

    old: str
    new: str

    def apply(self, path: str) -> str:
        if path == self.old or path.startswith(self.old + "."):
            return self.new + path[len(self.old) :]
        return path

    def in_rule(self, rule: Any, frames: tuple[str, ...]) -> Any:
        """The rule after the renaming. `frames` are the rows in sight before it."""

        def change(path: str, rows: tuple[str, ...]) -> str:
            full, prefix = full_path(path, rows)
            if full is None:
                return path
            renamed = self.apply(full)
            if not prefix:
                return renamed
            group = self.apply(frame_of(prefix, rows))
            inside = renamed == group or renamed.startswith(group + ".")
            return f"{prefix}{renamed[len(group) :]}" if inside else renamed

        return rewrite(rule, frames, change)


def frame_of(prefix: str, rows: tuple[str, ...]) -> str:
    return rows[len(rows) - 1 - prefix.split(".").count("outer")]
