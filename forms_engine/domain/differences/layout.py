"""Steps and questions: new, gone, moved, renamed, in another order; what is in both is compared member by member."""

from __future__ import annotations

from typing import Any

from forms_engine.domain.editing import EditRefused, rename_anywhere
from forms_engine.domain.tree import find_raw, walk_raw

from .comparing import Comparison, Difference, Raw, by_id, in_other_order, name_of
from .nodes import compare_node, compare_section

KINDS = {"group": "Gruppe", "content": "Text", "calculated": "Errechneter Wert"}


def follow_renamed(before: Raw, after: Raw) -> tuple[Raw, list[Difference]]:
    """The old document with the new ids of what was only renamed, so that rules which follow are no difference."""
    found: list[Difference] = []
    for path, item, _ in list(walk_raw(after)):
        new_id, parent = str(item["id"]), path.rpartition(".")[0]
        if find_raw(before, path) is not None:
            continue
        owner = find_raw(before, parent) if parent else before
        siblings = by_id((owner or {}).get("nodes" if parent else "steps"))
        prefix = f"{parent}." if parent else ""
        gone = {key: one for key, one in siblings.items() if find_raw(after, prefix + key) is None}
        same = [key for key, one in gone.items() if is_same(one, item)]
        if len(same) != 1:
            continue
        try:
            before = rename_anywhere(before, prefix + same[0], new_id)
        except EditRefused:
            continue
        found.append(Difference(path, f"Das Kürzel von „{name_of(item)}“ ist jetzt „{new_id}“; vorher „{same[0]}“."))
    return before, found


def is_same(old: Raw, new: Raw) -> bool:
    """The same thing under another id: kind and name agree."""
    return old.get("type") == new.get("type") and name_of(old, "?") == name_of(new, "!")


def compare_steps(comparison: Comparison) -> None:
    old, new = by_id(comparison.before.get("steps")), by_id(comparison.after.get("steps"))
    for step_id in dict.fromkeys([*new, *old]):
        if step_id not in old:
            comparison.add(step_id, f"Der Schritt „{name_of(new[step_id])}“ ist neu.")
            compare_children(comparison, step_id, {}, new[step_id])
        elif step_id not in new:
            comparison.add(step_id, f"Der Schritt „{name_of(old[step_id])}“ ist entfallen.")
            compare_children(comparison, step_id, old[step_id], {})
        else:
            compare_step(comparison, step_id, old[step_id], new[step_id])
    if in_other_order(old, new):
        comparison.add("", "Die Reihenfolge der Schritte hat sich geändert.")


def compare_step(comparison: Comparison, step_id: str, old: Raw, new: Raw) -> None:
    if old == new:
        return
    called = f"des Schritts „{name_of(new)}“"
    comparison.text(step_id, f"Der Titel {called}", old.get("title"), new.get("title"))
    comparison.text(step_id, f"Die Einleitung {called}", old.get("description"), new.get("description"))
    comparison.rule(step_id, f"Der Schritt „{name_of(new)}“ wird gefragt:", old.get("when"), new.get("when"))
    compare_section(comparison, step_id, old, new)
    for name in sorted((old.keys() | new.keys()) - {"id", "title", "description", "when", "nodes", "section"}):
        if old.get(name) != new.get(name):
            comparison.add(step_id, f"Die Angabe „{name}“ {called} hat sich geändert.")
    compare_children(comparison, step_id, old, new)


def compare_children(comparison: Comparison, parent: str, old: Raw, new: Raw) -> None:
    before, after = by_id(old.get("nodes")), by_id(new.get("nodes"))
    for node_id in dict.fromkeys([*after, *before]):
        path = f"{parent}.{node_id}"
        if node_id not in before:
            say_new(comparison, path, after[node_id])
            compare_children(comparison, path, {}, after[node_id])
        elif node_id not in after:
            say_gone(comparison, path, before[node_id])
            compare_children(comparison, path, before[node_id], {})
        elif before[node_id] != after[node_id]:
            compare_node(comparison, path, before[node_id], after[node_id])
            compare_children(comparison, path, before[node_id], after[node_id])
    if in_other_order(before, after):
        comparison.add(parent, f"Die Reihenfolge in „{name_of(new, parent)}“ hat sich geändert.")


def say_new(comparison: Comparison, path: str, node: Raw) -> None:
    where = place_of(comparison.after, path)
    origin = find_elsewhere(comparison.before, comparison.after, path, node)
    if origin:
        comparison.add(path, f"{kind_of(node)} „{name_of(node)}“ steht jetzt {where}; vorher "
                             f"{place_of(comparison.before, origin)}.")  # fmt: skip
        return
    shown = node.get("visible")
    rule = f" und erscheint, {comparison.condition(shown, path, is_old=False)}" if shown is not None else ""
    comparison.add(path, f"{kind_of(node)} „{name_of(node)}“ ist neu {where}{rule}.")


def say_gone(comparison: Comparison, path: str, node: Raw) -> None:
    """Unless it only stands somewhere else now: that was said there."""
    if not find_elsewhere(comparison.after, comparison.before, path, node):
        comparison.add(path, f"{kind_of(node)} „{name_of(node)}“ {place_of(comparison.before, path)} ist entfallen.")


def find_elsewhere(document: Raw, other: Raw, path: str, node: Raw) -> str:
    """Where the same thing stands in `document`, at a path that `other` has not got; "" when nowhere."""
    for found, item, _ in walk_raw(document):
        is_twin = "." in found and found != path and item.get("id") == node.get("id") and is_same(item, node)
        if is_twin and find_raw(other, found) is None:
            return found
    return ""


def kind_of(node: Raw) -> str:
    return KINDS.get(str(node.get("type")), "Frage")


def place_of(document: Raw, path: str) -> str:
    """im Schritt „…“, or in der Gruppe „…“"""
    parent = path.rpartition(".")[0]
    owner: Any = find_raw(document, parent) or {}
    return f"in der Gruppe „{name_of(owner)}“" if "." in parent else f"im Schritt „{name_of(owner, parent)}“"
