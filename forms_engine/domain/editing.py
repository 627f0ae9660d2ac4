"""Changes of a draft document, one node at a time. Pure: each takes a document and returns a new one.

Works on drafts that are not (yet) right; what cannot be done raises `EditRefused` with a German sentence. Rules follow
a question whose path changes. Questions that come from a section are changed there (`sections`), not here.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from forms_engine.fields import field_types

from .model import RESERVED_IDS, RESERVED_STEPS
from .reading import ID
from .references import RawRule, Renaming, list_references, list_rules
from .sections.uses import MEMBER, find_use, find_use_around
from .texts import TextUnknown, put_text
from .tree import Raw, children_of, find_raw, raw_list, walk_raw
from .trials.editing import rename_in_cases

ROLE_NAMES = {"requirements": "Voraussetzungen", "bring": "Bereithalten"}


class EditRefused(ValueError):
    """The change cannot be made; the message says why and is meant for the editor."""


def add_step(document: Raw, step: Mapping[str, Any], *, at: int | None = None) -> Raw:
    """Add a step (`id`, `title`, …) at a position, else at the end."""
    return insert(document, "", {"nodes": [], **step}, at)


def add_node(document: Raw, parent: str, node: Mapping[str, Any], *, at: int | None = None) -> Raw:
    """Add a question, group or text to a step or group."""
    if not parent:
        raise EditRefused("Eine Frage gehört in einen Schritt oder eine Gruppe.")
    if node.get("type") not in field_types:
        raise EditRefused(f"Die Art „{node.get('type')}“ gibt es nicht.")
    return insert(document, parent, dict(node), at)


def insert(document: Raw, parent: str, item: Raw, at: int | None) -> Raw:
    refuse_inside_section(document, f"{parent}.")
    changed = copy.deepcopy(document)
    siblings = open_list(changed, parent)
    check_id(item.get("id"), siblings, parent)
    siblings.insert(len(siblings) if at is None else max(at, 0), copy.deepcopy(item))
    return changed


def update_node(document: Raw, path: str, changes: Mapping[str, Any]) -> Raw:
    """Set single members of a step or node; None removes one. The id changes by `rename_node` only."""
    refuse_inside_section(document, path)
    changed = copy.deepcopy(document)
    item = get_raw(changed, path)
    if "id" in changes and changes["id"] != item.get("id"):
        raise EditRefused("Die Kennung wird mit „Umbenennen“ geändert, damit die Regeln mitgehen.")
    for name, value in changes.items():
        if value is None:
            item.pop(name, None)
        else:
            item[name] = copy.deepcopy(value)
    return changed


def replace_node(document: Raw, path: str, node: Mapping[str, Any]) -> Raw:
    """Put a whole new definition in place of a step or node. It keeps its id, and what is below it unless given;
    the connection to a section and its questions stay in any case."""
    refuse_inside_section(document, path)
    changed = copy.deepcopy(document)
    item = get_raw(changed, path)
    keeps = {"nodes", MEMBER} if find_use(document, path) else {"nodes"} - node.keys()
    kept = {"id": item.get("id")} | {name: item[name] for name in keeps if name in item}
    item.clear()
    item.update(copy.deepcopy(dict(node)) | kept)
    return changed


def rename_node(document: Raw, path: str, new_id: str) -> Raw:
    """Give a step or node another id; all rules and open notes that name it follow."""
    refuse_inside_section(document, path)
    return rename_anywhere(document, path, new_id)


def rename_anywhere(document: Raw, path: str, new_id: str) -> Raw:
    """As `rename_node`, inside a section too: for comparing."""
    parent = path.rpartition(".")[0]
    item = get_raw(document, path)
    if new_id == item.get("id"):
        return copy.deepcopy(document)
    check_id(new_id, [one for one in children_of(document, parent) or [] if one is not item], parent)
    changed = follow(document, Renaming(path, f"{parent}.{new_id}" if parent else new_id))
    get_raw(changed, path)["id"] = new_id
    return changed


def move_node(document: Raw, path: str, parent: str, *, at: int | None = None) -> Raw:
    """Move a node to a step or group (a step: to "", the form), before the one at position `at`."""
    item = get_raw(document, path)
    old_parent = path.rpartition(".")[0]
    if (not parent) != (not old_parent):
        raise EditRefused("Ein Schritt bleibt ein Schritt; eine Frage gehört in einen Schritt oder eine Gruppe.")
    refuse_inside_section(document, path, f"{parent}.")
    if parent == path or parent.startswith(path + "."):
        raise EditRefused("Eine Gruppe lässt sich nicht in sich selbst verschieben.")
    if parent != old_parent:
        check_id(item.get("id"), open_list(copy.deepcopy(document), parent), parent)
    new_path = f"{parent}.{item['id']}" if parent else item["id"]
    changed = follow(document, Renaming(path, new_path)) if new_path != path else copy.deepcopy(document)
    moving = get_raw(changed, path)
    siblings = open_list(changed, old_parent)
    siblings.pop(position(siblings, moving))
    target = open_list(changed, parent)
    target.insert(len(target) if at is None else max(at, 0), moving)
    return changed


def shift(document: Raw, path: str, by: int) -> Raw:
    """Move a step or node up (-1) or down (1) among its neighbours; at the end it stays."""
    refuse_inside_section(document, path)
    changed = copy.deepcopy(document)
    item = get_raw(changed, path)
    siblings = open_list(changed, path.rpartition(".")[0])
    at = position(siblings, item)
    siblings.insert(max(0, at + by), siblings.pop(at))
    return changed


def copy_node(document: Raw, path: str, *, new_id: str | None = None) -> Raw:
    """Copy a step or node with all below it, right behind it. Rules inside the copy point into the copy."""
    refuse_inside_section(document, path)
    changed = copy.deepcopy(document)
    item = get_raw(changed, path)
    parent = path.rpartition(".")[0]
    siblings = open_list(changed, parent)
    made_id = new_id or free_id(str(item.get("id")), siblings)
    check_id(made_id, siblings, parent)
    twin = copy.deepcopy(item)
    twin["id"] = made_id
    siblings.insert(position(siblings, item) + 1, twin)
    new_path = f"{parent}.{made_id}" if parent else made_id
    renaming = Renaming(path, new_path)
    for found in list_rules(changed):
        if found.path == new_path or found.path.startswith(new_path + "."):
            before = tuple(Renaming(new_path, path).apply(frame) for frame in found.frames)
            found.holder[found.key] = renaming.in_rule(found.rule, before)
    return changed


def delete_node(document: Raw, path: str, *, force: bool = False) -> Raw:
    """Remove a step or node with all below it. Refused while rules elsewhere name it, unless forced."""
    refuse_inside_section(document, path)
    item = get_raw(document, path)
    users = [] if force else list_users(document, path)
    if users:
        shown = ", ".join(f"„{name}“" for name in users[:5]) + (" …" if len(users) > 5 else "")
        raise EditRefused(f"Regeln bei {shown} beziehen sich noch darauf. Bitte ändern Sie zuerst diese Regeln.")
    changed = copy.deepcopy(document)
    item = get_raw(changed, path)
    siblings = open_list(changed, path.rpartition(".")[0])
    if len(siblings) == 1 and "." not in path:
        raise EditRefused("Das ist der einzige Schritt. Ein Formular braucht mindestens einen.")
    siblings.pop(position(siblings, item))
    if isinstance(changed.get("todo"), list):
        changed["todo"] = [entry for entry in changed["todo"] if not lies_in(todo_path(entry), path)]
    return changed


def set_texts(document: Raw, path: str, locale: str, texts: Mapping[str, str]) -> Raw:
    """Set texts of one language: `{"label": "…", "help": "…", "option.001": "…"}`; an empty text removes it.

    `path` is a step or node, "" for the form, `requirements.<id>`, `bring.<id>` or `codelists.<name>`. The names are
    those of `texts.list_texts`.
    """
    if locale not in raw_list(document, "locales"):
        raise EditRefused(f"Die Sprache „{locale}“ gehört nicht zu den Sprachen des Formulars.")
    refuse_inside_section(document, path)
    changed = copy.deepcopy(document)
    for name, text in texts.items():
        try:
            put_text(changed, path, name, locale, text)
        except TextUnknown as unknown:
            raise EditRefused(f"Den Text „{name}“ gibt es bei „{path or 'Formular'}“ nicht.") from unknown
    return changed


def refuse_inside_section(document: Raw, *paths: str) -> None:
    """Raises EditRefused where a path is one of the copied nodes of a section; `holder.` stands for a new one there."""
    for path in paths:
        use = find_use_around(document, path)
        if use is not None:
            raise EditRefused(
                f"Die Fragen von „{use.title}“ kommen aus einem Baustein und ändern sich nur dort. "
                "Soll dieses Formular eigene haben, lösen Sie die Verbindung."
            )


def list_users(document: Raw, path: str) -> list[str]:
    """Names of the steps and nodes (outside `path`) whose rules read `path` or something below it."""
    users: dict[str, None] = {}
    for found in list_rules(document):
        if lies_in(found.path, path):
            continue
        if any(lies_in(read, path) for read in list_references(found.rule, found.frames)):
            users[user_name(document, found)] = None
    return list(users)


def user_name(document: Raw, found: RawRule) -> str:
    if not found.path:
        return ROLE_NAMES.get(found.name, found.name)
    return name_of(find_raw(document, found.path) or {}, found.path)


def name_of(item: Raw, fallback: str) -> str:
    """Its label or title in German."""
    texts = item.get("label") or item.get("title")
    text = texts.get("de") if isinstance(texts, dict) else None
    return text if isinstance(text, str) and text else fallback


def follow(document: Raw, renaming: Renaming) -> Raw:
    """A copy in which all rules and open notes name the new path; the node itself is not touched."""
    changed = copy.deepcopy(document)
    rename_in_cases(changed, renaming)
    for found in list(list_rules(changed)):
        found.holder[found.key] = renaming.in_rule(found.rule, found.frames)
    for entry in raw_list(changed, "todo"):
        if isinstance(entry, dict) and isinstance(entry.get("path"), str):
            entry["path"] = renaming.apply(entry["path"])
    return changed


def get_raw(document: Raw, path: str) -> Raw:
    found = find_raw(document, path) if path else None
    if found is None:
        raise EditRefused(f"„{path}“ gibt es in diesem Formular nicht (mehr).")
    return found


def open_list(document: Raw, parent: str) -> list[Any]:
    """The list below a step, a group or the form; made where it is missing."""
    owner = get_raw(document, parent) if parent else document
    if "." in parent and owner.get("type") != "group":
        raise EditRefused(f"„{parent}“ ist keine Gruppe und kann nichts enthalten.")
    name = "nodes" if parent else "steps"
    if not isinstance(owner.get(name), list):
        owner[name] = []
    found: list[Any] = owner[name]
    return found


def check_id(new_id: Any, siblings: list[Any], parent: str) -> None:
    if not isinstance(new_id, str) or not ID.fullmatch(new_id):
        raise EditRefused("Die Kennung besteht aus kleinen Buchstaben, Ziffern und _ und beginnt mit einem Buchstaben.")
    if new_id in (RESERVED_IDS if parent else RESERVED_STEPS):
        raise EditRefused(f"Die Kennung „{new_id}“ ist vergeben. Wählen Sie eine andere.")
    if any(isinstance(item, dict) and item.get("id") == new_id for item in siblings):
        raise EditRefused(f"Die Kennung „{new_id}“ gibt es hier schon. Wählen Sie eine andere.")


def free_id(base: str, siblings: list[Any]) -> str:
    taken = {item.get("id") for item in siblings if isinstance(item, dict)}
    number = 2
    while (found := f"{base[:55]}_{number}") in taken:
        number += 1
    return found


def position(siblings: list[Any], item: Raw) -> int:
    return next(at for at, one in enumerate(siblings) if one is item)


def lies_in(path: str, around: str) -> bool:
    return path == around or path.startswith(around + ".")


def todo_path(entry: Any) -> str:
    path = entry.get("path") if isinstance(entry, dict) else None
    return path if isinstance(path, str) else ""


def list_paths(document: Raw) -> list[str]:
    """Paths of all steps and nodes, in order."""
    return [path for path, _, _ in walk_raw(document)]
