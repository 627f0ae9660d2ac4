"""The migration document: which answer of the old version becomes which answer of the new one.

    {"format": "flow-migration/1", "from": {"version": 1, "hash": "…"}, "to": {"version": 2, "hash": "…"},
     "rules": [{"rule": "move", "from": "person.name", "to": "applicant.full_name"},
               {"rule": "option", "path": "dog.breed", "from": "mops", "to": "pug"},
               {"rule": "option", "path": "dog.breed", "from": "wolf", "to": null, "reason": {"de": "…"}},
               {"rule": "drop", "path": "person.fax", "reason": {"de": "…"}},
               {"rule": "default", "path": "dog.abroad", "value": false}]}

Paths are without row ids. `move` takes steps, groups and questions, and what lies below goes along; the longest path
that fits decides. What no rule names keeps its path. `option` names the question by its old path, `default` by its new.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms_engine.fields import Text

FORMAT = "flow-migration/1"
MOST_RULES = 2_000
LONGEST_REASON = 500


class MigrationUnreadable(ValueError):
    """Not a migration document; the text says why, in German."""


@dataclass(frozen=True, slots=True)
class OptionChange:
    """An answer to choose from: `becomes` its new value, None when it is gone for the `reason`."""

    becomes: str | None
    reason: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Migration:
    """A document, read. `source` and `target`: hashes of the flows."""

    source: str
    target: str
    moves: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[tuple[str, str], OptionChange] = field(default_factory=dict)
    drops: Mapping[str, Text] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)

    def target_of(self, path: str) -> str | None:
        """Where an old path leads; None when it is dropped."""
        prefix = self.deciding(path)
        if prefix is None:
            return path
        if prefix in self.drops:
            return None
        return self.moves[prefix] + path[len(prefix) :]

    def reason_of(self, path: str) -> Text:
        """Why an old path is dropped."""
        return self.drops.get(self.deciding(path) or "", {})

    def deciding(self, path: str) -> str | None:
        """The path of the rule that decides about a path: its own, or the next one around it."""
        parts = path.split(".")
        for length in range(len(parts), 0, -1):
            prefix = ".".join(parts[:length])
            if prefix in self.moves or prefix in self.drops:
                return prefix
        return None


def write_migration(migration: Migration, *, versions: tuple[int, int]) -> dict[str, Any]:
    """The document of a migration between the versions with these numbers."""
    rules: list[dict[str, Any]] = [{"rule": "move", "from": a, "to": b} for a, b in migration.moves.items()]
    for (path, value), change in migration.options.items():
        reason = {"reason": dict(change.reason)} if change.becomes is None else {}
        rules.append({"rule": "option", "path": path, "from": value, "to": change.becomes} | reason)
    rules += [{"rule": "drop", "path": path, "reason": dict(reason)} for path, reason in migration.drops.items()]
    rules += [{"rule": "default", "path": path, "value": value} for path, value in migration.defaults.items()]
    ends = zip(("from", "to"), versions, (migration.source, migration.target), strict=True)
    return {"format": FORMAT} | {name: {"version": no, "hash": digest} for name, no, digest in ends} | {"rules": rules}


def read_migration(document: Any) -> Migration:
    """The migration of a document. Raises MigrationUnreadable; what it does to answers is `check_migration`'s."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise MigrationUnreadable(f"Das ist kein Umzug im Format „{FORMAT}“.")
    rules = document.get("rules")
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        raise MigrationUnreadable("Die Liste der Regeln fehlt oder ist zu lang.")
    found = Migration(digest(document, "from"), digest(document, "to"), {}, {}, {}, {})
    for number, rule in enumerate(rules, 1):
        kind = rule.get("rule") if isinstance(rule, dict) else None
        if kind not in READERS:
            raise MigrationUnreadable(f"Regel {number} ist keine Regel eines Umzugs.")
        try:
            READERS[kind](found, rule)
        except (KeyError, TypeError) as error:
            raise MigrationUnreadable(f"Regel {number} („{kind}“) ist unvollständig.") from error
    return found


def digest(document: dict[str, Any], name: str) -> str:
    end = document.get(name)
    found = end.get("hash") if isinstance(end, dict) else None
    if not isinstance(found, str):
        raise MigrationUnreadable("Es fehlt, von welcher Version zu welcher der Umzug geht.")
    return found


def string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def reason(value: Any) -> dict[str, str]:
    texts = value if isinstance(value, dict) else {}
    return {string(locale): string(text)[:LONGEST_REASON] for locale, text in texts.items() if text}


def read_move(found: Any, rule: Mapping[str, Any]) -> None:
    found.moves[string(rule["from"])] = string(rule["to"])


def read_option(found: Any, rule: Mapping[str, Any]) -> None:
    becomes = rule["to"] if rule["to"] is None else string(rule["to"])
    found.options[string(rule["path"]), string(rule["from"])] = OptionChange(becomes, reason(rule.get("reason")))


def read_drop(found: Any, rule: Mapping[str, Any]) -> None:
    found.drops[string(rule["path"])] = reason(rule.get("reason"))


def read_default(found: Any, rule: Mapping[str, Any]) -> None:
    found.defaults[string(rule["path"])] = rule["value"]


READERS = {"move": read_move, "option": read_option, "drop": read_drop, "default": read_default}
