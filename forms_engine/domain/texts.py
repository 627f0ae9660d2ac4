"""All texts of a document by place and name: what a translator works through, and where a translation is put."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .tree import Raw, find_raw, raw_list, walk_raw

FORM_TEXTS = ("title", "description", "purpose", "declaration")
STEP_TEXTS = ("title", "description")
NODE_TEXTS = ("label", "help", "text", "purpose")


class TextUnknown(LookupError):
    """There is no text of this name at this place."""


class TextEntry(NamedTuple):
    """One text: where it is, its name there, what it says in the main language and in the language asked for."""

    path: str
    name: str
    source: str
    text: str


def list_texts(document: Raw, locale: str) -> list[TextEntry]:
    """Every text of the document with its translation ("" = missing)."""
    default = document.get("default_locale")
    default = default if isinstance(default, str) else "de"
    return [
        TextEntry(path, name, str(holder[key].get(default) or ""), str(holder[key].get(locale) or ""))
        for path, name, holder, key in walk_texts(document)
        if isinstance(holder.get(key), dict)
    ]


def walk_texts(document: Raw) -> Iterator[tuple[str, str, Raw, str]]:
    """(path, name, holder, key): `holder[key]` is the text by locale, which may be missing."""
    for name in FORM_TEXTS:
        yield "", name, document, name
    for section, names in (("requirements", ("title", "failed")), ("bring", ("text",))):
        for entry in raw_list(document, section):
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                for name in names:
                    yield f"{section}.{entry['id']}", name, entry, name
    lists = document.get("codelists")
    lists = lists if isinstance(lists, dict) else {}
    for name in lists:
        yield from walk_options(lists, name, f"codelists.{name}")
    for path, item, _ in walk_raw(document):
        yield from walk_item(path, item)


def walk_item(path: str, item: Raw) -> Iterator[tuple[str, str, Raw, str]]:
    for name in NODE_TEXTS if "." in path else STEP_TEXTS:
        yield path, name, item, name
    repeat = item.get("repeat")
    if isinstance(repeat, dict):
        for name in ("item_label", "add_label"):
            yield path, f"repeat.{name}", repeat, name
    for at, check in enumerate(raw_list(item, "valid")):
        if isinstance(check, dict):
            yield path, f"valid.{at}", check, "message"
    yield from walk_options(item, "options", path)
    yield from walk_options(item, "questions", path, kind="question")


def walk_options(holder: Raw, name: str, path: str, *, kind: str = "option") -> Iterator[tuple[str, str, Raw, str]]:
    for option in raw_list(holder, name):
        if isinstance(option, dict) and isinstance(option.get("value"), str):
            yield path, f"{kind}.{option['value']}", option, "label"
            yield path, f"{kind}.{option['value']}.help", option, "help"


def put_text(document: Raw, path: str, name: str, locale: str, text: str) -> None:
    """Put a text in its place in the document given. Raises `TextUnknown`."""
    holder, key = find_holder(document, path, name)
    texts = holder.get(key)
    texts = dict(texts) if isinstance(texts, dict) else {}
    if text:
        texts[locale] = text
    else:
        texts.pop(locale, None)
    if texts:
        holder[key] = texts
    else:
        holder.pop(key, None)


def find_holder(document: Raw, path: str, name: str) -> tuple[Raw, str]:
    item = find_raw(document, path) if path else None
    places: Any = walk_item(path, item) if item is not None else walk_texts(document)
    for found_path, found_name, holder, key in places:
        if found_path == path and found_name == name:
            return holder, key
    raise TextUnknown(path, name)
