"""Rules that hold in some of the Länder: a rule in sections, each under the Länder it is for.

    Für die Länder NW, SL, SN gilt: … Für alle anderen Länder gilt: …

"Alle anderen" is the complement of those named before it, not "everywhere".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LAENDER = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW", "09": "BY",
    "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip
KEYS = {land: key for key, land in LAENDER.items()}
HEAD = re.compile(
    r"Für\s+(?:(?:das\s+Land|die\s+Länder)\s+(?P<named>[A-Z]{2}(?:(?:\s*,\s*|\s+und\s+)[A-Z]{2})*)"
    r"|(?P<others>alle\s+anderen\s+(?:Bundes)?Ländern?))\s+gilt\s*[.:]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The Länder named (TH, …), or with `others` all but them."""

    laender: tuple[str, ...]
    others: bool = False

    def has(self, land: str) -> bool:
        return (land in self.laender) is not self.others


def land_of(municipality: str) -> str:
    """The abbreviation of the Land a municipality key (AGS) begins with; empty for none."""
    return LAENDER.get(municipality[:2], "")


def sections(text: str) -> list[tuple[Scope, str]]:
    """The parts of a rule with the Länder they are for; empty where the rule is not divided by Länder."""
    heads = list(HEAD.finditer(text))
    ends = [*[head.start() for head in heads[1:]], len(text)][: len(heads)]
    found: list[tuple[Scope, str]] = []
    named: list[str] = []
    for head, end in zip(heads, ends, strict=True):
        mine = re.findall(r"\b[A-Z]{2}\b", (head["named"] or "").upper())
        scope = Scope(tuple(named), others=True) if head["others"] else Scope(tuple(mine))
        found.append((scope, " ".join(text[head.end() : end].split())))
        named += mine
    return found
