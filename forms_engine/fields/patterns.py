r"""Regular expressions an editor may use: the subset that Python and JavaScript read alike and that cannot run away.

Allowed: characters, `.`, classes `[a-z]`, `\d \w \s \D \W \S`, escaped punctuation, groups, `|`, `? * + {n} {n,m}`,
lonely `^` in front and `$` at the end. Refused: backreferences, look-around, flags, lazy and possessive quantifiers.
The pattern must match the whole answer. Running time is bounded by counting in how many ways it could match.
"""

from __future__ import annotations

import re

MAX_LENGTH = 500
MAX_WAYS = 20_000_000
LONGEST = 250  # characters a pattern is tried on where the question sets no limit of its own
SHORTHAND = "dDwWsS"
PUNCTUATION = set(r"\.^$|?*+()[]{}/-'\"#&%@!,:;<>=~` _") | {"§", "€"}
CONTROL = {"t": "\t", "n": "\n", "r": "\r"}


class PatternRefused(ValueError):
    """The pattern is outside the subset; the message is German and meant for the editor."""


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile for a match of the whole answer, or raise `PatternRefused`."""
    if len(pattern) > MAX_LENGTH:
        raise PatternRefused(f"Das Muster ist länger als {MAX_LENGTH} Zeichen.")
    body = pattern.removeprefix("^")
    if body.endswith("$") and not body.endswith("\\$"):
        body = body[:-1]
    reader = _Reader(body)
    ways = reader.alternatives()
    if reader.at < len(body):
        raise PatternRefused(f"Zeichen {reader.at + 1} des Musters („{body[reader.at]}“) passt dort nicht.")
    if ways > MAX_WAYS:
        raise PatternRefused("Das Muster kann auf zu viele Arten passen. Bitte schreiben Sie es einfacher.")
    try:
        return re.compile(body, re.ASCII)
    except (re.error, OverflowError, RecursionError) as problem:
        raise PatternRefused("Das Muster ist kein gültiger regulärer Ausdruck.") from problem


class _Reader:
    """Recursive descent over the pattern; each method returns the number of ways its part can match."""

    def __init__(self, body: str) -> None:
        self.body, self.at, self.depth = body, 0, 0

    def peek(self) -> str:
        return self.body[self.at : self.at + 1]

    def alternatives(self) -> int:
        ways = self.sequence()
        while self.peek() == "|":
            self.at += 1
            ways += self.sequence()
        return ways

    def sequence(self) -> int:
        ways = 1
        while (char := self.peek()) and char not in "|)":
            ways = min(ways * self.quantified(), MAX_WAYS + 1)
        return ways

    def quantified(self) -> int:
        inner = self.atom()
        low, high = self.quantifier()
        if self.peek() in set("?*+{") - {""}:
            raise PatternRefused("Hinter einem Wiederholungszeichen darf kein zweites stehen.")
        if inner > 1:
            return min(inner ** min(high, 30) if high <= 30 else MAX_WAYS + 1, MAX_WAYS + 1) * max(high - low + 1, 1)
        return min(high, LONGEST) - min(low, LONGEST) + 1

    def quantifier(self) -> tuple[int, int]:
        char = self.peek()
        if char in ("?", "*", "+"):
            self.at += 1
            return {"?": (0, 1), "*": (0, LONGEST), "+": (1, LONGEST)}[char]
        if char != "{":
            return 1, 1
        match = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}", re.ASCII).match(self.body, self.at)
        if not match:
            raise PatternRefused("Geschweifte Klammern brauchen Zahlen: {3} oder {1,5}.")
        self.at = match.end()
        low = int(match[1])
        high = low if match[2] is None else int(match[3] or LONGEST)
        if high < low:
            raise PatternRefused("In {von,bis} ist „von“ größer als „bis“.")
        return low, high

    def atom(self) -> int:
        char = self.peek()
        self.at += 1
        if char == "(":
            return self.group()
        if char == "[":
            self.character_class()
        elif char == "\\":
            self.escape()
        elif char in set("?*+{}])^$"):
            raise PatternRefused(f"„{char}“ steht an einer Stelle, an der es nicht stehen darf (sonst: \\{char}).")
        return 1

    def group(self) -> int:
        self.depth += 1
        if self.depth > 20:
            raise PatternRefused("Das Muster ist zu tief verschachtelt.")
        if self.peek() == "?":
            if self.body[self.at : self.at + 2] != "?:":
                raise PatternRefused("Vorausschau, Rückschau und benannte Gruppen sind nicht möglich.")
            self.at += 2
        ways = self.alternatives()
        if self.peek() != ")":
            raise PatternRefused("Eine Klammer wird nicht geschlossen.")
        self.at += 1
        self.depth -= 1
        return ways

    def escape(self) -> None:
        char = self.peek()
        self.at += 1
        if not char or not (char in SHORTHAND or char in CONTROL or char in PUNCTUATION):
            raise PatternRefused(f"„\\{char}“ ist nicht möglich.")

    def character_class(self) -> None:
        if self.peek() == "^":
            self.at += 1
        start = self.at
        while (char := self.peek()) != "]" or self.at == start:
            if not char or char == "[":
                raise PatternRefused("Eine eckige Klammer wird nicht geschlossen.")
            if char == "]":
                raise PatternRefused("Eine eckige Klammer ist leer.")
            self.at += 1
            if char == "\\":
                self.escape()
        self.at += 1
