"""What the checks say about a draft, as the desk shows it: beside its place, after saving, in the list of forms."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from forms_engine.domain import Finding, check_document

KEEP = 256
MOST_NEWS = 3
Document = dict[str, Any]
_kept: OrderedDict[bytes, tuple[Finding, ...]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Tally:
    errors: int
    hints: int

    def __str__(self) -> str:
        errors = f"{self.errors} Fehler" if self.errors else ""
        hints = f"{self.hints} Hinweis{'e' if self.hints > 1 else ''}" if self.hints else ""
        return ", ".join(filter(None, [errors, hints])) or "in Ordnung"


def findings_of(document: Document) -> tuple[Finding, ...]:
    """All findings, errors first. Kept in the process by content: opening and saving ask for the same draft."""
    key = content_key(document)
    found = _kept.pop(key, None)
    if found is None:
        found = tuple(sorted(check_document(document), key=lambda finding: not finding.is_error))
    _kept[key] = found
    while len(_kept) > KEEP:
        _kept.pop(next(iter(_kept)), None)
    return found


def content_key(document: Document) -> bytes:
    """The same for the same content: what is kept of a draft is kept under it."""
    return hashlib.blake2b(json.dumps(document).encode("utf-8", "surrogatepass")).digest()


def findings_at(document: Document, path: str) -> list[Finding]:
    """At a step or question and everything below it."""
    return [found for found in findings_of(document) if found.path == path or found.path.startswith(f"{path}.")]


def findings_just_at(document: Document, path: str) -> list[Finding]:
    """At a step or the form itself (""), without what is below."""
    return [found for found in findings_of(document) if found.path == path]


def tally(document: Document) -> Tally:
    found = findings_of(document)
    errors = sum(finding.is_error for finding in found)
    return Tally(errors, len(found) - errors)


def list_news(before: Document, after: Document) -> list[Finding]:
    """What is wrong after a change and was not before."""
    known = {(found.code, found.path, found.message_de) for found in findings_of(before)}
    return [found for found in findings_of(after) if (found.code, found.path, found.message_de) not in known]


def say_elsewhere(news: Iterable[Finding], path: str | None) -> list[str]:
    """Sentences for what a change broke at other places than the one that was saved."""
    elsewhere = [found for found in news if path is None or not is_at(found, path)]
    said = [f"Dadurch neu, {found.place}: {found.message_de}" for found in elsewhere[:MOST_NEWS]]
    rest = len(elsewhere) - len(said)
    return said + ([f"Und {rest} weitere neue Hinweise im Aufbau."] if rest else [])


def is_at(found: Finding, path: str) -> bool:
    return found.path == path or found.path.startswith(f"{path}.")
