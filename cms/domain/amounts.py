"""Amounts of money in German prose, to compare them with the typed fees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,(?:\d{2}|-{1,2}|–))?|\d+(?:,(?:\d{1,2}|-{1,2}|–))?"
AMOUNT = re.compile(rf"(?<![\d.,])(?:({NUMBER})\s*(?:€|Euro\b|EUR\b)|(?:€|EUR)\s*({NUMBER})(?!\d))", re.IGNORECASE)
RANGE = re.compile(rf"(?<![\d.,])({NUMBER})\s*(?:bis|–|-)\s*({NUMBER})\s*(?:€|Euro\b|EUR\b)", re.IGNORECASE)


def find_amounts(text: str) -> list[Decimal]:
    """All amounts in euros in the order of the text, each once: "50 bis 60 Euro" gives 50 and 60."""
    found: list[tuple[int, str]] = []
    for match in RANGE.finditer(text):
        found += [(match.start(1), match.group(1)), (match.start(2), match.group(2))]
    for match in AMOUNT.finditer(text):
        group = 1 if match.group(1) else 2
        found.append((match.start(group), match.group(group)))
    return list(dict.fromkeys(_decimal(number) for _place, number in sorted(found)))


def find_untyped_amounts(prose: str, typed: Iterable[Decimal]) -> list[Decimal]:
    """Amounts the prose names and no typed fee has."""
    known = set(typed)
    return [amount for amount in find_amounts(prose) if amount not in known]


def _decimal(number: str) -> Decimal:
    whole, _comma, cents = number.partition(",")
    cents = cents if cents.isdigit() else "0"
    return Decimal(f"{whole.replace('.', '')}.{cents:0<2}")
