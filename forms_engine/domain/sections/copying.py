"""What a form gets of a section: its nodes with rules that point into the form, whole in themselves.

The copy needs nothing of the section any more: code lists are written out, and what the section states for all its
questions (purpose, legal basis) goes with each of them, because the form states its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from forms_engine.domain.canonical import content_hash
from forms_engine.domain.references import full_path, list_rules, rewrite
from forms_engine.domain.texts import walk_texts
from forms_engine.domain.tree import Raw, raw_list, walk_raw

INHERITED = ("purpose", "legal_basis")
ASKS_NOTHING = {"content", "calculated"}
NORMAL_PLACE = "section"


def write_nodes(
    section: Raw,
    holder: str,
    frames: tuple[str, ...] = (),
    *,
    locales: Iterable[str] | None = None,
    is_other: bool = False,
) -> list[Raw]:
    """The section's nodes as they stand below the step or group `holder` of a form.

    `frames` are the repeated groups the nodes will lie in (the holder too, where it repeats); `locales` the languages
    of the form (None: all there are). `is_other`: the answers are about somebody else, so the browser must not fill
    them in with the applicant's own (WCAG 1.3.5).
    """
    step = first_step(section)
    own = copy.deepcopy(step)
    scratch: Raw = {"steps": [own], "default_locale": section.get("default_locale", "de")}
    lists = section.get("codelists")
    for _, item, _ in walk_raw(scratch):
        write_out_list(item, lists if isinstance(lists, dict) else {})
        if is_other:
            item.pop("autocomplete", None)
    for found in list(list_rules(scratch)):
        found.holder[found.key] = place_rule(found.rule, found.frames, str(step.get("id", "")), holder, frames)
    if locales is not None:
        keep_languages(scratch, set(locales))
    nodes = [node for node in raw_list(own, "nodes") if isinstance(node, dict)]
    return [with_inherited(node, section, locales) for node in nodes]


def section_hash(section: Raw) -> str:
    """Names what forms get of a section. Its title, office or test cases are not part of it: they may change without
    any form having to follow."""
    return content_hash(write_nodes(section, NORMAL_PLACE))


def first_step(section: Mapping[str, Any]) -> Raw:
    """The one step a section has ({} when it has none)."""
    steps = section.get("steps")
    found = steps[0] if isinstance(steps, list) and steps else None
    return found if isinstance(found, dict) else {}


def place_rule(rule: Any, rows: tuple[str, ...], step_id: str, holder: str, frames: tuple[str, ...]) -> Any:
    """A rule of the section as it reads in the form. What was one answer of the section is, inside a repeated group of
    the form, the answer of the same row: `row.…`, seen from inner rows `outer.…`."""

    def change(path: str, sight: tuple[str, ...]) -> str:
        full, prefix = full_path(path, sight)
        if full is None or prefix or not (full == step_id or full.startswith(f"{step_id}.")):
            return path
        placed = holder + full[len(step_id) :]
        if not frames:
            return placed
        way = ["outer"] * len(sight) or ["row"]
        return ".".join([*way, placed[len(frames[-1]) + 1 :]])

    return rewrite(rule, rows, change)


def write_out_list(item: Raw, lists: Mapping[str, Any]) -> None:
    options = lists.get(item.get("codelist") or "")
    if isinstance(options, list):
        item.pop("codelist")
        item["options"] = copy.deepcopy(options)


def keep_languages(document: Raw, locales: set[str]) -> None:
    """A form that is not offered in a language gets no texts in it."""
    for _, _, holder, key in list(walk_texts(document)):
        texts = holder.get(key)
        if isinstance(texts, dict):
            holder[key] = {locale: text for locale, text in texts.items() if locale in locales}
            if not holder[key]:
                del holder[key]


def with_inherited(node: Raw, section: Raw, locales: Iterable[str] | None) -> Raw:
    if node.get("type") in ASKS_NOTHING:
        return node
    purpose = section.get("purpose")
    if isinstance(purpose, dict) and locales is not None:
        purpose = {locale: text for locale, text in purpose.items() if locale in set(locales)}
    stated = {"purpose": purpose, "legal_basis": section.get("legal_basis")}
    return node | {name: copy.deepcopy(stated[name]) for name in INHERITED if stated[name] and not node.get(name)}
