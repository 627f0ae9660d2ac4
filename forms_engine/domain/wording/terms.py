"""Noun phrases: what is compared and computed, said as a person would say it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from forms_engine.domain.logic.durations import Duration, parse_duration
from forms_engine.domain.logic.values import read_literal_number
from forms_engine.domain.model import Node
from forms_engine.fields import say
from forms_engine.fields.dates import format_date, parse_iso
from forms_engine.fields.numbers import format_number

from .names import CONDITIONS, Names, enumerate_words, split

TERMS_OF_ONE = {"age": "age", "year": "year_of", "length": "length", "sum": "sum"}
UNITS = {"age": "years", "years_between": "years", "days_between": "days"}
BETWEEN = {"years_between", "days_between", "period"}
ONE_OF = {"years": "year", "days": "a_day", "months": "a_month"}
LOOSE = {"if", "filter", "count"}  # terms that go on with a clause and need brackets inside others


class Terms(Names):
    """Says terms; conditions inside them are said by `clause` of the class below."""

    __slots__ = ()

    def clause(self, rule: Any, *, negated: bool = False, inside: str = "") -> str:
        raise NotImplementedError

    def term(self, rule: Any, beside: Any = None) -> str:
        if not isinstance(rule, dict):
            return self.literal(rule, beside)
        name, args = split(rule)
        if name == "var":
            return self.variable(rule)
        if name in TERMS_OF_ONE and len(args) == 1:
            return self.phrase(TERMS_OF_ONE[name], a=self.term(args[0]))
        if name in BETWEEN and len(args) == 2:
            return self.phrase(name, a=self.term(args[0]), b=self.term(args[1]))
        if name in {"add_days", "add_months"} and len(args) == 2:
            return self.shifted(args, "days" if name == "add_days" else "months")
        if name == "add_duration" and len(args) == 2:
            return self.shifted_by_span(args)
        if name == "count" and args:
            return self.counted(args[0])
        if name in {"min", "max", "cat"}:
            parts = [self.bracketed(arg, name) for arg in args]
            return self.phrase(name, list=enumerate_words(parts, self.phrase("and")))
        if name in {"+", "-", "*", "/"} and args:
            return self.arithmetic(name, args)
        return self.other_term(name, args, rule)

    def other_term(self, name: str, args: list[Any], rule: Any) -> str:
        if name == "round" and args:
            places = args[1] if len(args) > 1 else 0
            key = {0: "round_whole", 1: "round_one"}.get(places if isinstance(places, int) else 2, "round")
            return self.phrase(key, a=self.term(args[0]), b=str(places))
        if name == "coalesce" and len(args) == 2:
            return self.phrase("coalesce", a=self.term(args[0]), b=self.term(args[1], args[0]))
        if name == "map" and len(args) == 2:
            return self.phrase("map", a=self.term(args[0]), b=self.inside(args[0]).bracketed(args[1], "map"))
        if name == "filter" and len(args) == 2:
            return self.phrase("filter", a=self.term(args[0]), clause=self.inside(args[0]).clause(args[1]))
        if name == "if" and len(args) > 1:
            return self.chosen(args)
        if name in CONDITIONS:
            return self.clause(rule)
        return self.phrase("unknown")

    def shifted(self, args: list[Any], unit: str) -> str:
        number = read_literal_number(args[1]) if not isinstance(args[1], dict | list) else None
        if number is None:
            return self.phrase("later", a=self.term(args[0]), b=self.phrase(unit, text=self.term(args[1])))
        return self.phrase(
            "earlier" if number < 0 else "later",
            a=self.term(args[0]),
            b=self.amount(-number if number < 0 else number, unit),
        )

    def shifted_by_span(self, args: list[Any]) -> str:
        span = parse_duration(args[1]) if isinstance(args[1], str) else None
        if span is None:
            return self.phrase("later", a=self.term(args[0]), b=self.bracketed(args[1], "+"))
        back = span.months < 0 or span.days < 0
        return self.phrase("earlier" if back else "later", a=self.term(args[0]), b=self.span(span))

    def span(self, duration: Duration) -> str:
        """„1 Jahr, 6 Monate und 3 Tage“; the sign is said around it."""
        months, days = abs(duration.months), abs(duration.days)
        parts = ((months // 12, "years"), (months % 12, "months"), (days, "days"))
        said = [self.amount(amount, unit) for amount, unit in parts if amount]
        return enumerate_words(said or [self.amount(0, "days")], self.phrase("and"))

    def counted(self, source: Any) -> str:
        name, args = split(source)
        if name == "filter" and len(args) == 2:
            clause = self.inside(args[0]).clause(args[1])
            return self.phrase("count_filter", a=self.term(args[0]), clause=clause)
        node = self.node_of(source)
        kind = "" if node is None else "_rows" if node.is_group else "_files" if node.type == "file" else ""
        return self.phrase("count" + kind, a=self.term(source))

    def chosen(self, args: list[Any]) -> str:
        """All branches of an `if`: „5, wenn A; 7, wenn B; sonst 9“"""
        parts = [
            self.phrase("choose", b=self.bracketed(args[at + 1], "if"), clause=self.clause(args[at]))
            for at in range(0, len(args) - 1, 2)
        ]
        if len(args) % 2:
            parts.append(self.phrase("otherwise", b=self.bracketed(args[-1], "if")))
        return "; ".join(parts)

    def arithmetic(self, name: str, args: list[Any]) -> str:
        parts = [self.bracketed(arg, name) for arg in args]
        if len(parts) == 1:
            return f"{self.phrase(name)} {parts[0]}"
        return f" {self.phrase(name)} ".join(parts)

    def bracketed(self, rule: Any, around: str) -> str:
        name, args = split(rule)
        weaker = (name in {"+", "-"} and around in {"*", "/", "-"}) or (name == "/" and around == "/")
        listed = name in {"min", "max"} and around in {"min", "max"}
        term = self.term(rule).rstrip(",")
        return f"({term})" if (weaker and len(args) > 1) or name in LOOSE or listed else term

    def literal(self, value: Any, beside: Any = None) -> str:
        if isinstance(value, bool):
            return self.phrase("Ja" if value else "Nein")
        if isinstance(value, int | float | Decimal):
            number = read_literal_number(value)
            return "?" if number is None else self.number(number, self.node_of(beside))
        if not isinstance(value, str):
            return self.phrase("unknown")
        node = self.node_beside(beside) or self.owner_beside(beside)
        if node is not None and node.field.has_options:
            found = next((option for option in node.options if option.value == value), None)
            return self.quote(say(found.label, self.locale, self.flow.default_locale) if found else value)
        number = read_literal_number(value) if self.kind_of(beside) == "number" else None
        if number is not None:
            return self.number(number, node)
        return self.quote(value)

    def number(self, number: Decimal | int, node: Node | None) -> str:
        """As the question shows it: with its currency or unit."""
        if node is not None and node.type in {"money", "decimal", "integer"}:
            return node.field.display(number, self.locale, node.settings)
        return format_number(number, self.locale)

    def value(self, rule: Any, beside: Any, *, dative: bool = False) -> str:
        """The right side of a comparison, said after the kind of the left one."""
        if isinstance(rule, str) and self.kind_of(beside) == "date" and (day := parse_iso(rule)):
            return self.phrase("day_dative" if dative else "day", text=format_date(day, self.locale))
        if isinstance(rule, str) and self.kind_of(beside) == "duration" and (span := parse_duration(rule)):
            return self.span(span)
        unit = UNITS.get(split(beside)[0])
        if unit and not isinstance(rule, dict) and (number := read_literal_number(rule)) is not None:
            return self.amount(number, unit)
        return self.term(rule, beside)

    def amount(self, number: Decimal | int, unit: str) -> str:
        """„1 Tag“, „18 Jahre“"""
        return self.phrase(ONE_OF[unit] if number == 1 else unit, text=format_number(number, self.locale))
