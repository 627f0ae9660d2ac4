"""A migration in sentences, for the editor who publishes it and the citizen who consents to it."""

from __future__ import annotations

from collections.abc import Iterator

from forms_engine.domain.model import Flow, Node
from forms_engine.fields import say

from .document import Migration
from .fitting import answered_nodes

SENTENCES = {
    "renamed": {
        "de": "„{old}“ heißt jetzt „{new}“.",
        "en": "“{old}” is now called “{new}”.",
        "de-simple": "„{old}“ heißt jetzt „{new}“.",
    },
    "moved": {
        "de": "„{new}“ steht jetzt im Schritt „{step}“.",
        "en": "“{new}” is now in the step “{step}”.",
        "de-simple": "„{new}“ steht jetzt auf der Seite „{step}“.",
    },
    "option": {
        "de": "Bei „{question}“ heißt die Antwort „{old}“ jetzt „{new}“.",
        "en": "For “{question}”, the option “{old}” is now called “{new}”.",
        "de-simple": "Bei „{question}“ heißt die Antwort „{old}“ jetzt „{new}“.",
    },
    "option_gone": {
        "de": "Bei „{question}“ gibt es die Antwort „{old}“ nicht mehr. {reason}",
        "en": "For “{question}”, the option “{old}” no longer exists. {reason}",
        "de-simple": "Bei „{question}“ gibt es die Antwort „{old}“ nicht mehr. {reason}",
    },
    "dropped": {
        "de": "„{old}“ fragen wir nicht mehr. {reason}",
        "en": "We no longer ask for “{old}”. {reason}",
        "de-simple": "„{old}“ fragen wir nicht mehr. {reason}",
    },
    "default": {
        "de": "„{new}“ ist neu. Wir haben eine Antwort vorgeschlagen.",
        "en": "“{new}” is new. We have suggested an answer.",
        "de-simple": "„{new}“ ist neu. Wir haben schon eine Antwort eingetragen.",
    },
    "new": {"de": "„{new}“ ist neu.", "en": "“{new}” is new.", "de-simple": "„{new}“ ist neu."},
}


def describe_migration(old: Flow, new: Flow, migration: Migration, locale: str) -> list[str]:
    """What changes, one sentence each: questions with another name or place, options, what is dropped, what is new."""
    return list(dict.fromkeys(sentences(old, new, migration, locale)))


def sentences(old: Flow, new: Flow, migration: Migration, locale: str) -> Iterator[str]:
    filled = set()
    for node in answered_nodes(old):
        target = migration.target_of(node.path)
        found = new.nodes.get(target or "")
        if found is None:
            reason = say(migration.reason_of(node.path), locale)
            yield tell("dropped", locale, old=label(old, node, locale), reason=reason)
            continue
        filled.add(found.path)
        yield from changes(old, node, new, found, locale)
        yield from option_changes(old, node, new, found, migration, locale)
    for node in answered_nodes(new):
        if node.path not in filled:
            yield tell("default" if node.path in migration.defaults else "new", locale, new=label(new, node, locale))


def changes(old: Flow, node: Node, new: Flow, found: Node, locale: str) -> Iterator[str]:
    before, after = label(old, node, locale), label(new, found, locale)
    if before != after:
        yield tell("renamed", locale, old=before, new=after)
    title = say(found.step.title, locale, new.default_locale)
    if say(node.step.title, locale, old.default_locale) != title:
        yield tell("moved", locale, new=after, step=title)


def option_changes(old: Flow, node: Node, new: Flow, found: Node, migration: Migration, locale: str) -> Iterator[str]:
    names = {option.value: say(option.label, locale, new.default_locale) for option in found.options}
    for option in node.options:
        change = migration.options.get((node.path, option.value))
        if change is None:
            continue
        question, was = label(new, found, locale), say(option.label, locale, old.default_locale)
        if change.becomes is None:
            yield tell("option_gone", locale, question=question, old=was, reason=say(change.reason, locale))
        elif names.get(change.becomes) != was:
            yield tell("option", locale, question=question, old=was, new=names.get(change.becomes, change.becomes))


def label(flow: Flow, node: Node, locale: str) -> str:
    return say(node.label, locale, flow.default_locale) or node.path


def tell(name: str, locale: str, **values: str) -> str:
    return say(SENTENCES[name], locale).format(**values).strip()
