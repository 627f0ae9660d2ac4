"""Reads the few sentence patterns of FIM rules that leave no doubt. What does not match in full is left as prose.

    Wenn <source> = <code> [ODER <code>], dann muss <target> befüllt werden [SONST …]
    Wenn <source> <> <code>, dann darf <target> nicht befüllt sein
    <target> ist mit <code> vorzubefüllen und auszublenden
    Es muss entweder <target> oder <target> befüllt werden
    Es muss mindestens eines der Felder <target>, <target> oder <target> befüllt sein
    Für die Länder TH, SN gilt: <of these>. Für alle anderen Länder gilt: Das Feld <target> darf nicht angezeigt werden.

Nothing here knows the schema: ids and codes are returned as written and resolved by `mapping.rules`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from forms_engine.fim.laender import Scope, sections

REQUIRE, FORBID = "require", "forbid"
LONGEST = 6_000  # characters; the longest rule seen has about half

ID = r"(?:[GF]\d{8,11}\.)*[GF]\d{8,11}"
_ID = re.compile(ID)
_LITERAL = re.compile(r'(?<=[=>])\s*["„“\'](wahr|falsch|true|false|ja|nein)["“”\']', re.IGNORECASE)
_NO_ID = r"(?![GF]\d{8})"  # quotes are mixed up now and then: a quoted name holds no id
_QUOTED = re.compile(
    rf'"(?:{_NO_ID}[^"])*"{{1,2}}|„(?:{_NO_ID}[^“”"])*[“”"]|“(?:{_NO_ID}[^”])*”|(?<!\w)\'(?:{_NO_ID}[^\'])*\''
)
_CLAUSE = re.compile(r"Wenn\s+(?P<if>.+?),\s*dann\s+(?P<then>.+)", re.IGNORECASE)
_SOURCE = re.compile(
    rf"(?:in\s+)?(?:(?:das|dem|im)\s+)?(?:(?:Daten)?feld\s+)*(?P<id>{ID})(?P<name>[^=<>]*?)"
    r"(?P<op><>|=)\s*(?P<codes>[^=<>].*|=.*)",
    re.IGNORECASE,
)
_PREFILLED = re.compile(
    rf"(?:Das\s+)?(?:Daten)?feld\s+(?P<id>{ID})\s+(?:ist|muss)\s+mit\s+(?P<code>[A-Za-z0-9]+)\b(?P<name>[^.]*?)\s+"
    r"(?:vorbefüllt\s+und\s+(?:\w+\s+)*ausgeblendet\s+werden|vorzubefüllen\s+und\s+(?:in der \w+\s+)?auszublenden)\.?",
    re.IGNORECASE,
)
_EITHER = re.compile(
    rf"(?:Es\s+muss\s+entweder|Entweder\s+muss)\s+(?P<list>.*{ID}.*?)\s+befüllt\s+(?:werden|sein)\.?", re.IGNORECASE
)
_AT_LEAST = re.compile(
    rf"Es\s+muss\s+mindestens\s+(?:eines|eine)\s+der\s+(?P<list>.*{ID}.*?)\s+befüllt\s+(?:werden|sein)\.?",
    re.IGNORECASE,
)
_SECTIONED = re.compile(r"Für\s+(das\s+Land|die\s+Länder)\b", re.IGNORECASE)
_DEMAND = re.compile(
    rf"(?:(?:Das|Die)\s+)?(?:Daten)?(?:feld|feldgruppe|gruppe)\s+(?P<id>{ID})\s+(?P<does>muss|darf\s+nicht)\s+"
    r"(?:befüllt|ausgefüllt|angezeigt)\s+(?:werden|sein)\.?",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"(?:(?:die|das|der)?\s*(?:Daten)?(?:feldgruppen?|gruppen?|felder|feld)?\s*)?(?P<id>{ID})\s*",
                     re.IGNORECASE)  # fmt: skip
_VERB = re.compile(
    r"befüllt|ausgefüllt|angezeigt|erscheint|ausgeblendet|aktiviere|zeige\b|anzuzeigen|zu befüllen|auszublenden",
    re.IGNORECASE,
)
_HIDES = re.compile(
    r"\bnicht\s+(?:mehr\s+)?(?:befüllt|ausgefüllt|angezeigt|anzuzeigen|an\b)|ausgeblendet|auszublenden|deaktiviere",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\bwobei\b|\bnur\b|\bLand\b|\bLänder\b|\bkann\b|\bkönnen\b|\bsollen?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Condition:
    """The source has (or, negated, has not) one of the codes."""

    source: str
    codes: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Conditional:
    """`condition` None: always, in the Länder of `scope`; no `scope`: in all of them."""

    condition: Condition | None
    kind: str  # REQUIRE or FORBID
    target: str
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Prefilled:
    target: str
    code: str


@dataclass(frozen=True, slots=True)
class Either:
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLeastOne:
    targets: tuple[str, ...]


Meaning = Conditional | Prefilled | Either | AtLeastOne


def read_prose(text: str) -> tuple[Meaning, ...]:
    """All that the rule says, or () when any part of it is not understood with certainty."""
    if len(text) > LONGEST:
        return ()
    plain = " ".join(_QUOTED.sub(" ", _LITERAL.sub(r" \1", text.replace("”", '"'))).split())
    if parts := sections(plain):
        return _read_sections(parts) if _SECTIONED.match(plain) else ()
    for read in (_read_prefilled, _read_either, _read_at_least):
        found = read(plain)
        if found is not None:
            return (found,)
    return _read_conditionals(plain)


def _read_sections(parts: list[tuple[Scope, str]]) -> tuple[Meaning, ...]:
    """All of the parts or nothing: what holds elsewhere may be what makes the rule whole."""
    meanings: list[Meaning] = []
    for scope, part in parts:
        found = _read_conditionals(part) or _read_demands(part)
        scoped = [replace(meaning, scope=scope) for meaning in found if isinstance(meaning, Conditional)]
        if not scoped or len(scoped) < len(found):
            return ()
        meanings += scoped
    return tuple(meanings)


def _read_demands(text: str) -> tuple[Meaning, ...]:
    """`Das Feld F1 muss befüllt werden. Die Gruppe G1 darf nicht angezeigt werden.`"""
    matches = [_DEMAND.fullmatch(part) for part in re.split(r"(?<=\.)\s+", text) if part]
    if not matches or not all(matches):
        return ()
    return tuple(
        Conditional(None, REQUIRE if match["does"].lower() == "muss" else FORBID, match["id"])
        for match in matches
        if match
    )


def _read_prefilled(text: str) -> Prefilled | None:
    match = _PREFILLED.fullmatch(text)
    return Prefilled(match["id"], match["code"]) if match else None


def _read_either(text: str) -> Either | None:
    match = _EITHER.fullmatch(text)
    targets = _listed(match["list"]) if match else ()
    return Either(targets) if len(targets) > 1 else None


def _read_at_least(text: str) -> AtLeastOne | None:
    match = _AT_LEAST.fullmatch(text)
    targets = _listed(match["list"]) if match else ()
    return AtLeastOne(targets) if len(targets) > 1 else None


def _listed(text: str) -> tuple[str, ...]:
    """`F1, F2 oder F3`; () when anything else stands between."""
    parts = re.split(r",|\boder\b", text, flags=re.IGNORECASE)
    matches = [_LISTED.fullmatch(part.strip()) for part in parts if part.strip()]
    return tuple(match["id"] for match in matches if match) if all(matches) else ()


def _read_conditionals(text: str) -> tuple[Meaning, ...]:
    if not re.match(r"wenn\b", text, re.IGNORECASE) or _REFUSED.search(text):
        return ()
    sentences = [part.strip(" .") for part in re.split(r"(?=\bwenn\b)", text, flags=re.IGNORECASE) if part.strip(" .")]
    meanings: list[Meaning] = []
    for sentence in sentences:
        found = _read_sentence(sentence)
        if not found:
            return ()
        meanings += found
    return tuple(meanings)


def _read_sentence(sentence: str) -> list[Meaning]:
    match = _CLAUSE.fullmatch(sentence)
    condition = _read_condition(match["if"]) if match else None
    if match is None or condition is None:
        return []
    then, *otherwise = re.split(r",?\s*\bsonst\b\s*", match["then"], flags=re.IGNORECASE)
    effects = [(condition, kind, target) for kind, target in _read_effects(then)]
    if not effects or len(otherwise) > 1:
        return []
    for part in otherwise:
        opposite = Condition(condition.source, condition.codes, not condition.negated)
        found = _read_effects(part)
        if not found:
            return []
        effects += [(opposite, kind, target) for kind, target in found]
    return [Conditional(*effect) for effect in effects]


def _read_condition(text: str) -> Condition | None:
    match = _SOURCE.fullmatch(text.strip())
    if not match or _ID.search(match["name"] + match["codes"]):
        return None
    if re.search(r"\b(oder|und)\b", match["name"], re.IGNORECASE):
        return None
    negated = match["op"] == "<>"
    joined = r"\s+und\s+" if negated else r"\s+oder\s+"
    parts = re.split(joined, match["codes"].strip("() "), flags=re.IGNORECASE)
    codes = [_code(part, match["op"]) for part in parts]
    known = tuple(code for code in codes if code)
    return Condition(match["id"], known, negated) if len(known) == len(codes) else None


def _code(part: str, operator: str) -> str | None:
    """`= 002 - Änderung` -> `002`. None when the rest says more than a name."""
    plain = re.sub(r"^\s*(?:" + re.escape(operator) + r")?\s*(?:Auswahl\s*)?=?\s*", "", part, flags=re.IGNORECASE)
    match = re.match(r"([A-Za-z0-9]+)\b(.*)", plain.strip('() "'))
    if not match or re.search(r"[=<>]|\b(und|oder)\b\s*[=<>(]|\b\d{3,}\b", match[2].strip("= ")):
        return None
    return match[1]


def _read_effects(text: str) -> list[tuple[str, str]]:
    """(kind, target) for each target; the verb of a German sentence comes last and holds for all before it."""
    parts = [part for part in re.split(r"\s+und\s+|,\s*", text, flags=re.IGNORECASE) if part.strip(" .")]
    found: list[tuple[str, str]] = []
    waiting: list[str] = []
    for part in parts:
        ids = _ID.findall(part)
        if len(ids) > 1:
            return []
        waiting += ids
        if not _VERB.search(part):
            if not ids:
                return []
            continue
        kind = FORBID if _HIDES.search(part) else REQUIRE
        found += [(kind, target) for target in waiting]
        waiting = []
    return [] if waiting else found
