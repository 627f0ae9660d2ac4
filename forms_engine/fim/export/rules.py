"""Rules of the form as rules of a schema: German sentences, which is all XDatenfelder has for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms_engine.domain import Flow, sentence
from forms_engine.fim.export.parts import Part

Json = dict[str, Any]


def said_rules(part: Part, ident: str, flow: Flow | None) -> Iterator[tuple[str, str, str]]:
    """(what it is, kind of rule, sentence) for every rule at a node or step. `ident`: its FIM id."""
    raw = part.raw
    name = f"{ident} „{_german(raw.get('label') or raw.get('title'))}“"
    for member, does in (("when", "zu zeigen"), ("visible", "zu zeigen"), ("required", "zu befüllen")):
        rule = raw.get(member)
        if isinstance(rule, dict):
            opposite = ", sonst auszublenden" if does == "zu zeigen" else ""
            yield member, "K", f"{_say(rule, part, flow)}, dann ist {name} {does}{opposite}."
    for check in raw.get("valid") or ():
        message = _german(check.get("message"))
        yield "valid", "V", f"{name} ist nur gültig {_lower(_say(check.get('rule'), part, flow))}. {message}".strip()
    if isinstance(raw.get("value"), dict):
        yield "value", "B", f"{name} wird berechnet: {_say(raw['value'], part, flow)}."
    for option in raw.get("options") or ():
        if isinstance(option, dict) and isinstance(option.get("visible"), dict):
            said = _say(option["visible"], part, flow)
            yield "options", "K", f"{said}, dann ist bei {name} der Code {option.get('value')} wählbar, sonst nicht."


def _say(rule: Any, part: Part, flow: Flow | None) -> str:
    return sentence(rule, flow, "de", place=part.path) if flow else str(rule)


def _lower(said: str) -> str:
    return said[:1].lower() + said[1:]


def _german(text: Any) -> str:
    return " ".join(str(text.get("de", "")).split()) if isinstance(text, dict) else ""
