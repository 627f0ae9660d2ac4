"""What a person might model for a rule that stays prose: what was understood of it, and why that was not certain.

Many rules hold for some of the Länder only. "Für alle anderen Länder" is the complement of those named before it, not
"everywhere"; the proposal quotes the part that holds in the Land of the city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms_engine.fim.laender import sections
from forms_engine.fim.mapping.layout import Place
from forms_engine.fim.mapping.lookup import Lookup, Unclear
from forms_engine.fim.model import Rule
from forms_engine.fim.prose import FORBID, ID, Conditional, read_prose

MOST_NAMED = 4
LONGEST = 300  # characters of a quoted part
NAMES = re.compile(ID)


def suggest(rule: Rule, bearer: Place | None, lookup: Lookup, *, reason: str, land: str) -> str:
    """One or a few German sentences."""
    parts = [_in_land(rule.text, land), *_meant(rule, bearer, lookup), _concerned(rule, bearer, lookup)]
    if reason:
        parts.append(f"Nicht eingebaut: {reason}.")
    return " ".join(part for part in parts if part) or "Der Satz nennt kein Feld. Bitte von Hand prüfen."


def part_for(text: str, land: str) -> str | None:
    """The part of a rule that holds in a Land; None where the rule is not divided by Länder, empty where none does."""
    parts = sections(text)
    return next((part for scope, part in parts if scope.has(land)), "") if parts else None


def _in_land(text: str, land: str) -> str:
    part = part_for(text, land) if land else None
    if part is None:
        return ""
    if not part:
        return f"In {land} sagt die Regel nichts."
    return f"In {land} gilt davon: {part[:LONGEST]}{'…' if len(part) > LONGEST else ''}"


def _meant(rule: Rule, bearer: Place | None, lookup: Lookup) -> Iterator[str]:
    for meaning in read_prose(rule.text)[:MOST_NAMED]:
        if isinstance(meaning, Conditional) and meaning.condition is not None:
            source, target = (_label(bearer, name, lookup) for name in (meaning.condition.source, meaning.target))
            does = "ausblenden" if meaning.kind == FORBID else "zeigen und ausfüllen lassen"
            equals = "nicht " if meaning.condition.negated else ""
            codes = " oder ".join(meaning.condition.codes)
            yield f"Gelesen: {target} {does}, wenn {source} {equals}{codes} ist."


def _concerned(rule: Rule, bearer: Place | None, lookup: Lookup) -> str:
    named = list(dict.fromkeys(NAMES.findall(rule.text)))
    labels = list(dict.fromkeys(_label(bearer, name, lookup) for name in named))
    if not labels:
        return ""
    more = f" und {len(labels) - MOST_NAMED} weitere" if len(labels) > MOST_NAMED else ""
    return f"Betrifft {', '.join(labels[:MOST_NAMED])}{more}."


def _label(bearer: Place | None, name: str, lookup: Lookup) -> str:
    try:
        return f"„{' '.join(lookup.find(bearer, name).element.label.split())}“"
    except Unclear:
        return name
