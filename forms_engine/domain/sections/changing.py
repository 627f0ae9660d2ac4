"""Put a section into a form, take its newer state over, let it go. Each takes a document and returns a new one."""

from __future__ import annotations

import copy
from typing import Any

from forms_engine.domain import editing
from forms_engine.domain.references import list_references, list_rules
from forms_engine.domain.tree import Raw, find_raw, raw_list, repeats, walk_raw

from .copying import section_hash, write_nodes
from .uses import MEMBER, Use, find_use, find_use_around, is_section

Text = dict[str, str]


class TakeOverRefused(editing.EditRefused):
    """The newer state cannot be taken over as long as rules of the form need what it has no more."""

    def __init__(self, obstacles: list[str]) -> None:
        super().__init__(" ".join(obstacles))
        self.obstacles = tuple(obstacles)


def insert_section(
    document: Raw, section: Raw, parent: str, *, new_id: str, title: Text, is_other: bool = False, at: int | None = None
) -> Raw:
    """Use a section: as a step (parent "") or as a group of a step or group. Raises EditRefused."""
    if is_section(document) or find_use_around(document, f"{parent}.{new_id}"):
        raise editing.EditRefused("Ein Baustein kann keinen anderen Baustein enthalten.")
    reference: Raw = {"key": section["key"], "hash": section_hash(section)} | ({"other": True} if is_other else {})
    head: Raw = {"title": title} if not parent else {"type": "group", "label": title}
    changed = editing.insert(document, parent, {"id": new_id, **head, MEMBER: reference, "nodes": []}, at)
    return renew(changed, f"{parent}.{new_id}" if parent else new_id, section)


def list_obstacles(document: Raw, path: str, section: Raw) -> list[str]:
    """Why this state of the section cannot be taken over at `path`, in sentences; [] when nothing is in the way."""
    changed = renew(document, path, section)
    found = []
    for lost in list_lost(document, changed, path):
        users = list_outside_users(document, lost, path)
        if users:
            name = editing.name_of(find_raw(document, lost) or {}, lost)
            shown = ", ".join(f"„{user}“" for user in users[:5]) + (" …" if len(users) > 5 else "")
            found.append(
                f"„{name}“ gibt es in diesem Stand des Bausteins nicht, aber Regeln bei {shown} fragen danach. "
                "Bitte ändern Sie zuerst diese Regeln."
            )
    return found


def take_over(document: Raw, path: str, section: Raw) -> Raw:
    """The form with this state of the section at `path`. Its own title, condition and the rest stay.

    Raises TakeOverRefused while rules of the form read questions this state has not.
    """
    obstacles = list_obstacles(document, path, section)
    if obstacles:
        raise TakeOverRefused(obstacles)
    return renew(document, path, section)


def set_about(document: Raw, path: str, section: Raw, *, is_other: bool) -> Raw:
    """Say whom the section is about here: the applicant, or somebody else. `section` is the state the form has."""
    get_use(document, path, str(section.get("key")))
    changed = copy.deepcopy(document)
    reference = {name: value for name, value in editing.get_raw(changed, path)[MEMBER].items() if name != "other"}
    editing.get_raw(changed, path)[MEMBER] = reference | ({"other": True} if is_other else {})
    return renew(changed, path, section)


def detach(document: Raw, path: str) -> Raw:
    """The same questions as ordinary ones of the form."""
    get_use(document, path)
    changed = copy.deepcopy(document)
    editing.get_raw(changed, path).pop(MEMBER)
    return changed


def renew(document: Raw, path: str, section: Raw) -> Raw:
    """Put the section's nodes in place of those there are, whatever rules say to it."""
    use = get_use(document, path, str(section.get("key")))
    changed = copy.deepcopy(document)
    item = editing.get_raw(changed, path)
    frames = frames_inside(changed, path)
    item["nodes"] = write_nodes(section, path, frames, locales=locales_of(changed), is_other=use.is_other)
    item[MEMBER] = {**item[MEMBER], "hash": section_hash(section)}
    return changed


def is_true_copy(document: Raw, path: str, section: Raw) -> bool:
    """Does the form have exactly the nodes this state of the section gives it? A language that was added since, or a
    document that was changed elsewhere, makes a difference."""
    item = find_raw(document, path) or {}
    expected: Any = renew(document, path, section)
    return raw_list(item, "nodes") == raw_list(find_raw(expected, path), "nodes")


def list_lost(before: Raw, after: Raw, path: str) -> list[str]:
    """Paths below `path` that are no more, without those below one that is listed."""
    kept = {found for found, _, _ in walk_raw(after)}
    lost: list[str] = []
    for found, _, _ in walk_raw(before):
        if found.startswith(f"{path}.") and found not in kept and not any(found.startswith(f"{one}.") for one in lost):
            lost.append(found)
    return lost


def list_outside_users(document: Raw, path: str, holder: str) -> list[str]:
    """Names of what reads `path` from outside the copied nodes."""
    users: dict[str, None] = {}
    for found in list_rules(document):
        if found.path.startswith(f"{holder}."):
            continue
        if any(editing.lies_in(read, path) for read in list_references(found.rule, found.frames)):
            users[editing.user_name(document, found)] = None
    return list(users)


def get_use(document: Raw, path: str, key: str | None = None) -> Use:
    use = find_use(document, path)
    if use is None or (key is not None and use.key != key):
        raise editing.EditRefused("Hier steht dieser Baustein nicht (mehr).")
    return use


def frames_inside(document: Raw, path: str) -> tuple[str, ...]:
    """The repeated groups around what is below `path`."""
    found, item, around = next(entry for entry in walk_raw(document) if entry[0] == path)
    return (*around, found) if repeats(item) else around


def locales_of(document: Raw) -> list[str]:
    found = [one for one in raw_list(document, "locales") if isinstance(one, str)]
    return found or [str(document.get("default_locale") or "de")]
