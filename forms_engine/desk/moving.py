"""The page on which an editor looks over a migration: one line a question, read back from the posted form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms_engine.domain import Flow, Node
from forms_engine.domain.answers import stored
from forms_engine.domain.migration import Migration
from forms_engine.domain.migration.document import OptionChange
from forms_engine.domain.migration.fitting import answered_nodes, is_compatible
from forms_engine.domain.migration.proposing import GONE, OPTION_GONE
from forms_engine.fields import say

LOCALES = (("de", "Deutsch"), ("en", "Englisch"), ("de-simple", "Leichte Sprache"))
Posted = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One input: its name, what it is called, its text or its choices."""

    name: str
    label: str
    text: str = ""
    choices: list[Choice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One old question: where its answer goes, why it is dropped, what becomes of its options."""

    label: str
    path: str
    target: Field
    reasons: list[Field]
    options: list[Field]
    is_dropped: bool
    is_plain: bool  # it stays where it was: nothing to decide


def list_lines(old: Flow, new: Flow, migration: Migration) -> list[Line]:
    return [line_of(node, new, migration) for node in answered_nodes(old)]


def line_of(node: Node, new: Flow, migration: Migration) -> Line:
    target = migration.target_of(node.path)
    is_plain = target == node.path and (here := new.nodes.get(node.path)) is not None and is_compatible(node, here)
    reason = migration.reason_of(node.path) or GONE
    offered = [new.nodes[node.path]] if is_plain else [one for one in answered_nodes(new) if is_compatible(node, one)]
    choices = [Choice(one.path, place(one), one.path == target) for one in offered]
    choices.append(Choice("", "entfällt", target not in {one.path for one in offered}))
    return Line(
        label=say(node.label, "de") or node.path,
        path=node.path,
        target=Field(f"to:{node.path}", "Die Antwort kommt zu", choices=choices),
        reasons=[Field(f"reason:{code}:{node.path}", name, text=reason.get(code, "")) for code, name in LOCALES],
        options=option_fields(node, new.nodes.get(target or ""), migration),
        is_dropped=choices[-1].chosen,
        is_plain=is_plain and not option_fields(node, new.nodes.get(target or ""), migration),
    )


def place(node: Node) -> str:
    return f"{say(node.label, 'de') or node.id} ({say(node.step.title, 'de')}, {node.path})"


def option_fields(node: Node, found: Node | None, migration: Migration) -> list[Field]:
    """A field for each option that is gone."""
    offered = found.options if found is not None else ()
    values = {option.value for option in offered}
    fields = []
    for option in node.options if offered else ():
        if option.value in values:
            continue
        change = migration.options.get((node.path, option.value))
        becomes = change.becomes if change else None
        choices = [Choice(one.value, say(one.label, "de"), one.value == becomes) for one in offered]
        choices.append(Choice("", "entfällt", becomes not in values))
        name = f"option:{node.path}:{option.value}"
        fields.append(Field(name, f"„{say(option.label, 'de')}“ wird zu", choices=choices))
    return fields


def list_defaults(old: Flow, new: Flow, migration: Migration) -> list[Field]:
    """A field for each new question that can have a default."""
    filled = {migration.target_of(node.path) for node in answered_nodes(old)}
    fresh = [
        node for node in new.nodes.values() if node.is_question and node.type != "file" and node.path not in filled
    ]
    return [default_field(node, migration.defaults.get(node.path)) for node in fresh]


def default_field(node: Node, value: Any) -> Field:
    name, label = f"default:{node.path}", place(node)
    pairs = [(one.value, say(one.label, "de")) for one in node.options]
    if node.type == "yes_no":
        pairs = [("true", "ja"), ("false", "nein")]
    now = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    if pairs and node.type in {"yes_no", "choice"}:
        choices = [Choice(code, text, code == now) for code, text in [("", "keine Vorgabe"), *pairs]]
        return Field(name, label, choices=choices)
    return Field(name, label, text=now)


def read_posted(old: Flow, new: Flow, posted: Posted) -> Migration:
    """The migration of a posted page: each question says for itself where it goes."""
    moves: dict[str, str] = {}
    drops: dict[str, dict[str, str]] = {}
    options: dict[tuple[str, str], OptionChange] = {}
    for node in answered_nodes(old):
        target = str(posted.get(f"to:{node.path}", ""))
        if not target:
            texts = {code: str(posted.get(f"reason:{code}:{node.path}", "")).strip() for code, _name in LOCALES}
            drops[node.path] = {code: text for code, text in texts.items() if text}
        elif Migration(old.hash, new.hash, moves, {}, drops).target_of(node.path) != target:
            moves[node.path] = target
        for option in node.options:
            name = f"option:{node.path}:{option.value}"
            if name in posted:
                becomes = str(posted[name]) or None
                options[node.path, option.value] = OptionChange(becomes, {} if becomes else OPTION_GONE)
    given = {path: str(posted.get(f"default:{path}", "")).strip() for path in new.nodes}
    defaults = {path: stored(new.nodes[path], raw) for path, raw in given.items() if raw}
    return Migration(old.hash, new.hash, moves, options, drops, defaults)


def read_forbidden(posted: Posted) -> dict[str, str]:
    """Why the old version may not be handed in any more, by language; empty where it may."""
    if not posted.get("forbidden"):
        return {}
    texts = {code: str(posted.get(f"forbidden:{code}", "")).strip() for code, _name in LOCALES}
    return {code: text for code, text in texts.items() if text}


def forbidden_fields(texts: Mapping[str, str]) -> list[Field]:
    return [Field(f"forbidden:{code}", name, text=texts.get(code, "")) for code, name in LOCALES]
