"""What a question allows by itself: its options and its limits, those from today on included."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from forms_engine.domain.logic.values import Number, nfc
from forms_engine.domain.model import Node
from forms_engine.fields import dates

from .domains import Domain

DAYS = {"y": (365, 366), "m": (28, 31), "w": (7, 7), "d": (1, 1)}


def own_domain(node: Node) -> Domain:
    """Of an answer that counts: what lies outside is undefined in rules."""
    kind, settings = node.field.kind, node.settings
    if kind == "enum":
        return Domain(among=frozenset(map(nfc, settings.get("values", ()))))
    if kind == "bool" or (node.type == "calculated" and settings.get("result") == "yes_no"):
        return Domain(among=frozenset([True, False]))
    if kind == "enum_list":
        return Domain(options=frozenset(map(nfc, settings.get("values", ()))))
    if kind in {"integer", "decimal"}:
        low, high = as_number(settings.get("min")), as_number(settings.get("max"))
        return Domain(low=low, high=high, is_whole=kind == "integer")
    if kind == "date":
        return Domain(low=fixed_day(settings.get("min")), high=fixed_day(settings.get("max")))
    return Domain(is_whole=node.type == "calculated" and settings.get("result") == "integer")


def domain_of_part(node: Node, name: str) -> Domain:
    """Of one part of an answer: its options, and the fixed days between which a period lies."""
    part, settings = node.field.parts_of(node.settings)[name], node.settings
    values = frozenset(map(nfc, part.values or ()))
    if part.kind == "enum":
        return Domain(among=values)
    if part.kind == "enum_list":
        return Domain(options=values)
    if part.kind == "date":
        return Domain(low=fixed_day(settings.get("min")), high=fixed_day(settings.get("max")))
    return Domain()


def as_number(limit: Any) -> Number | None:
    return limit if isinstance(limit, int | Decimal) else None


def fixed_day(moment: Any) -> date | None:
    return dates.parse_iso(moment) if isinstance(moment, str) else None


def days_after_today(node: Node | None) -> Domain:
    """How many days after today the answer can lie; months and years count as short or long as they can be."""
    low, high = (node.settings.get("min"), node.settings.get("max")) if is_date(node) and node else (None, None)
    first, last = day_range(low), day_range(high)
    return Domain(low=first[0] if first else None, high=last[1] if last else None, is_whole=True)


def day_range(moment: Any) -> tuple[int, int] | None:
    """The least and the most days from today to a relative moment."""
    found = relative(moment)
    if found is None:
        return None
    amount, unit = found
    few, many = DAYS[unit]
    return min(amount * few, amount * many), max(amount * few, amount * many)


def age_range(node: Node | None) -> Domain:
    """The age from a date: whole years from it to today."""
    if node is None or not is_date(node):
        return Domain(is_whole=True)
    youngest, oldest = whole_years(node.settings.get("max")), whole_years(node.settings.get("min"))
    return Domain(low=youngest and youngest[0], high=oldest and oldest[1], is_whole=True)


def whole_years(moment: Any) -> tuple[Decimal, Decimal] | None:
    """Least and most whole years from a moment in the past (or today) to today."""
    found = relative(moment)
    if found is None or found[0] > 0 or found[1] not in "ym":
        return (Decimal(0), Decimal(0)) if found and found[0] == 0 else None
    months = -found[0] * (12 if found[1] == "y" else 1)
    return Decimal(months // 12), Decimal(-(-months // 12))


def relative(moment: Any) -> tuple[int, str] | None:
    """`today-18y` as (-18, "y"); `today` as (0, "d")."""
    match = dates.RELATIVE.fullmatch(moment) if isinstance(moment, str) else None
    if match is None:
        return None
    if match[1] is None:
        return 0, "d"
    return int(match[2]) * (-1 if match[1] == "-" else 1), match[3]


def is_date(node: Node | None) -> bool:
    return node is not None and node.field.kind == "date"
