"""Importing again: a new version goes into a draft that editors have worked on, and nothing of theirs is lost.

`stamp` leaves fingerprints of what the import wrote (`source.import` at each part, `source.children` at each list).
`merge` compares three states by them: what the last import wrote, what stands in the draft, what the new file says.
A part that nobody touched follows the file; a part that was edited stays, and the report names it when the file
says something new. Translations are never touched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

WORDS = ("title", "label", "help", "text", "description", "purpose")
RULES = ("required", "visible", "when", "valid", "value")
LAW = ("legal_basis", "data_category")
NOT_CONTENT = frozenset({"id", "source", "nodes", "steps", "codelists", "todo", "key", "unit", "locales", "format"})
FACETS = ("words", "shape", "rules", "law")
GERMAN_FACETS = {"words": "Texte", "shape": "Art und Grenzen", "rules": "Regeln", "law": "Rechtsgrundlage"}
DE = "de"


@dataclass(slots=True)
class Merged:
    document: Json
    changes: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # edited by hand, and the file now says something else


def stamp(document: Json) -> Json:
    """The imported document with fingerprints of itself."""
    stamped = deepcopy(document)
    stamped["source"] = {
        **stamped["source"],
        "import": _fingerprint(stamped),
        "children": [step["id"] for step in stamped["steps"]],
        "lists": {key: _hash(_german(options)) for key, options in stamped["codelists"].items()},
        "rules": [rule_mark(entry) for entry in stamped["todo"]],
    }
    for step in stamped["steps"]:
        _stamp_node(step)
    return stamped


def changed_facets(part: Json) -> frozenset[str]:
    """What was changed by hand in a part that an import made: `FACETS` names. All of a part no import made."""
    wrote = str(part.get("source", {}).get("import", "")).split(".")
    if len(wrote) != len(FACETS):
        return frozenset(FACETS)
    now = _fingerprint(part).split(".")
    return frozenset(facet for facet, old, new in zip(FACETS, wrote, now, strict=True) if old != new)


def is_list_changed(document: Json, key: str) -> bool:
    """Whether a code list that an import made was changed by hand since."""
    wrote = document.get("source", {}).get("lists", {}).get(key)
    return wrote is not None and wrote != _hash(_german(document.get("codelists", {}).get(key)))


def known_steps(draft: Json) -> frozenset[str]:
    """The steps that an earlier import made."""
    return frozenset(draft.get("source", {}).get("children", ()))


def merge(draft: Json, imported: Json) -> Merged:
    """The draft after importing `imported` (stamped) into it."""
    merged = Merged({})
    document = _merge_part(draft, imported, "", merged)
    document["steps"] = _merge_children(draft, imported, "steps", "", merged)
    document["codelists"] = _merge_lists(draft, imported, merged)
    document["todo"] = _merge_todo(draft, imported, merged)
    merged.document = document
    return merged


def _stamp_node(node: Json) -> None:
    source = {**node.get("source", {}), "import": _fingerprint(node)}
    if "nodes" in node:
        source["children"] = [child["id"] for child in node["nodes"]]
        for child in node["nodes"]:
            _stamp_node(child)
    node["source"] = source


def _facet(part: Json, facet: str) -> Json:
    keys = {"words": WORDS, "rules": RULES, "law": LAW}.get(facet)
    if keys is not None:
        return {key: part[key] for key in keys if key in part}
    return {key: value for key, value in part.items() if key not in {*WORDS, *RULES, *LAW, *NOT_CONTENT}}


def _fingerprint(part: Json) -> str:
    return ".".join(_hash(_german(_facet(part, facet))) for facet in FACETS)


def _hash(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _german(value: Any) -> Any:
    """The value without translations: an added language is no edit of ours."""
    if isinstance(value, list):
        return [_german(item) for item in value]
    if isinstance(value, dict):
        if DE in value and all(isinstance(text, str) for text in value.values()):
            return {DE: value[DE]}
        return {key: _german(item) for key, item in value.items()}
    return value


def _merge_part(draft: Json, imported: Json, path: str, merged: Merged) -> Json:
    """Everything of one node, step or document but its children."""
    result: Json = deepcopy(draft)
    before = str(draft.get("source", {}).get("import", "")).split(".")
    after = imported["source"]["import"].split(".")
    for index, facet in enumerate(FACETS):
        wrote = before[index] if len(before) == len(FACETS) else ""
        mine, new = _facet(draft, facet), _facet(imported, facet)
        if _hash(_german(mine)) == after[index]:
            continue
        if _hash(_german(mine)) == wrote:
            _replace(result, mine, new)
            merged.changes.append(f"Geändert: {path or 'Formular'} ({GERMAN_FACETS[facet]})")
        elif wrote != after[index]:
            merged.kept.append(f"{path or 'Formular'} ({GERMAN_FACETS[facet]})")
    if result.get("source") != imported["source"]:
        result["source"] = deepcopy(imported["source"])
        if _version(draft) != _version(imported) and not path:
            merged.changes.insert(0, f"Version {_version(draft)} wird {_version(imported)}")
    return result


def _replace(result: Json, mine: Json, new: Json) -> None:
    for key in mine.keys() - new.keys():
        del result[key]
    for key, value in new.items():
        old = mine.get(key)
        translated = isinstance(old, dict) and isinstance(value, dict) and DE in old and DE in value
        result[key] = {**old, **value} if translated and isinstance(old, dict) else deepcopy(value)


def _merge_children(draft: Json, imported: Json, key: str, path: str, merged: Merged) -> list[Json]:
    known = set(draft.get("source", {}).get("children", ()))
    new = {child["id"]: child for child in imported.get(key, ())}
    result = list(_surviving(draft.get(key, []), new, known, path, merged))
    present = {child["id"] for child in result}
    for index, (ident, child) in enumerate(new.items()):
        if ident in present or ident in known:
            continue
        ahead = list(new)[:index]
        after = max((at for at, other in enumerate(result) if other["id"] in ahead), default=-1)
        result.insert(after + 1, deepcopy(child))
        merged.changes.append(f"Neu: {_join(path, ident)}")
    return result


def _surviving(
    children: Iterable[Json], new: dict[str, Json], known: set[str], path: str, merged: Merged
) -> Iterator[Json]:
    for child in children:
        here = _join(path, child["id"])
        if child["id"] in new:
            twin = new[child["id"]]
            result = _merge_part(child, twin, here, merged)
            if "nodes" in child or "nodes" in twin:
                result["nodes"] = _merge_children(child, twin, "nodes", here, merged)
            yield result
        elif child["id"] not in known:
            yield deepcopy(child)
        elif _is_untouched(child):
            merged.changes.append(f"Entfällt: {here}")
        else:
            merged.kept.append(f"{here} (steht nicht mehr in der Datei)")
            yield deepcopy(child)


def _is_untouched(node: Json) -> bool:
    source = node.get("source", {})
    children = node.get("nodes", [])
    return (
        source.get("import") == _fingerprint(node)
        and [child["id"] for child in children] == source.get("children", [])
        and all(_is_untouched(child) for child in children)
    )


def _merge_lists(draft: Json, imported: Json, merged: Merged) -> Json:
    result: Json = deepcopy(draft.get("codelists", {}))
    wrote = draft.get("source", {}).get("lists", {})
    for key, options in imported["codelists"].items():
        mine = _hash(_german(result[key])) if key in result else ""
        new = imported["source"]["lists"][key]
        if mine == new or (not mine and key in wrote):
            continue
        if not mine or mine == wrote.get(key):
            merged.changes.append(f"{'Geändert' if mine else 'Neu'}: Codeliste {key}")
            result[key] = _with_translations(result.get(key, []), options)
        elif wrote.get(key) != new:
            merged.kept.append(f"Codeliste {key}")
    return result


def _with_translations(old: list[Json], new: list[Json]) -> list[Json]:
    """The new options with the languages that the old ones had."""
    labels = {option["value"]: option["label"] for option in old}
    return [{**option, "label": {**labels.get(option["value"], {}), **option["label"]}} for option in new]


def _merge_todo(draft: Json, imported: Json, merged: Merged) -> list[Json]:
    """A rule the editor has dealt with stays away; a rule that is new or reads differently comes (back)."""
    wrote = set(draft.get("source", {}).get("rules", ()))
    coming = set(imported["source"]["rules"])
    result = [
        entry
        for entry in deepcopy(draft.get("todo", []))
        if rule_mark(entry) in coming or rule_mark(entry) not in wrote
    ]
    merged.changes += [f"Regel entfällt: {entry['source']}" for entry in draft.get("todo", []) if entry not in result]
    for entry in imported["todo"]:
        if rule_mark(entry) not in wrote:
            result.append(deepcopy(entry))
            merged.changes.append(f"Neue Regel: {entry['source']} an {entry.get('path') or 'Formular'}")
    return result


def rule_mark(entry: Json) -> str:
    """What tells an open rule from any other: where it stands, which it is, what it says."""
    return _hash([entry.get("path", ""), entry.get("source", ""), entry.get("text", "")])


def _version(document: Json) -> str:
    return str(document.get("source", {}).get("fim", {}).get("version", ""))


def _join(path: str, ident: str) -> str:
    return f"{path}.{ident}" if path else ident
