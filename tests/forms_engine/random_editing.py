"""Editors at work: one random change of a form after the other, of the kinds the desk offers."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from forms_engine.domain import editing
from forms_engine.domain.editing import EditRefused

Json = dict[str, Any]
Edit = Callable[[Json, random.Random, int], Json]
LARGE = 40  # nodes, above which editors tidy up


def edit_at_random(document: Json, pick: random.Random, number: int) -> tuple[Json, str]:
    """The changed document and what was done; unchanged where the desk would have refused. `number` makes new ids."""
    edit = delete if len(editing.list_paths(document)) > LARGE and pick.random() < 0.5 else pick.choice(EDITS)
    try:
        return edit(document, pick, number), edit.__name__
    except (EditRefused, LookupError):
        return document, "refused"


def _path(document: Json, pick: random.Random) -> str:
    return pick.choice(editing.list_paths(document))


def _question(document: Json, pick: random.Random) -> str:
    return pick.choice([path for path in editing.list_paths(document) if "." in path])


def add_question(document: Json, pick: random.Random, number: int) -> Json:
    step = pick.choice(document["steps"])["id"]
    kind = pick.choice(["text", "yes_no", "integer", "date"])
    node = {"id": f"q{number}", "type": kind, "label": {"de": f"Frage {number}"}, "required": pick.random() < 0.5}
    return editing.add_node(document, step, node, at=pick.randrange(4))


def add_step(document: Json, pick: random.Random, number: int) -> Json:
    step = {"id": f"s{number}", "title": {"de": f"Schritt {number}"}}
    changed = editing.add_step(document, step, at=pick.randrange(3))
    node = {"id": f"q{number}", "type": "text", "label": {"de": f"Frage {number}"}}
    return editing.add_node(changed, step["id"], node)


def delete(document: Json, pick: random.Random, number: int) -> Json:
    return editing.delete_node(document, _path(document, pick), force=pick.random() < 0.3)


def rename(document: Json, pick: random.Random, number: int) -> Json:
    return editing.rename_node(document, _path(document, pick), f"r{number}")


def move(document: Json, pick: random.Random, number: int) -> Json:
    return editing.move_node(document, _question(document, pick), pick.choice(document["steps"])["id"])


def shift(document: Json, pick: random.Random, number: int) -> Json:
    return editing.shift(document, _path(document, pick), pick.choice([-1, 1]))


def copy(document: Json, pick: random.Random, number: int) -> Json:
    return editing.copy_node(document, _question(document, pick))


def require(document: Json, pick: random.Random, number: int) -> Json:
    return editing.update_node(document, _question(document, pick), {"required": pick.random() < 0.5})


def change_type(document: Json, pick: random.Random, number: int) -> Json:
    """The worst there is for an answer: the same path, and another type."""
    path = _question(document, pick)
    kept = {name: value for name, value in editing.get_raw(document, path).items() if name in {"id", "label"}}
    return editing.replace_node(document, path, kept | {"type": pick.choice(["text", "yes_no", "integer", "date"])})


def reword(document: Json, pick: random.Random, number: int) -> Json:
    return editing.set_texts(document, _question(document, pick), "de", {"label": f"Neuer Text {number}"})


EDITS: list[Edit] = [
    add_question, add_question, add_step, delete, rename, rename, move, shift, copy, require, change_type, change_type,
    reword,
]  # fmt: skip
