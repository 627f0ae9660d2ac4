"""A rule as a sentence: what an editor confirms and what a citizen without JavaScript reads beside a question."""

from __future__ import annotations

from typing import Any

from forms_engine.domain.logic import MAX_DEPTH, MAX_NODES, measure
from forms_engine.domain.logic.values import read_literal_number
from forms_engine.domain.model import Flow

from .names import COMPARISONS, CONDITIONS, enumerate_words, split
from .terms import UNITS, Terms

FLIP = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def sentence(rule: Any, flow: Flow, locale: str, *, place: str | None = None) -> str:
    """Say a rule in German or English: „Wenn …“ for a condition, a noun phrase for a formula.

    `place` is the path of the node the rule belongs to; it is needed where `row.` names are not unique. Never raises:
    what cannot be said is shown as it is written.
    """
    depth, nodes = measure(rule)
    if depth > MAX_DEPTH or nodes > MAX_NODES:
        return "…"
    writer = Writer(flow, locale, place)
    if is_condition(rule, writer):
        return writer.phrase("if", clause=writer.clause(rule))
    return writer.term(rule).rstrip(",")


def is_condition(rule: Any, writer: Writer) -> bool:
    if isinstance(rule, bool):
        return True
    name, args = split(rule)
    if name == "var":
        return writer.kind_of(rule) == "bool"
    if name == "if" and len(args) > 1:
        return is_condition(args[1], writer)
    return name in CONDITIONS


class Writer(Terms):
    """Says conditions as clauses, the verb last in German."""

    __slots__ = ()

    def clause(self, rule: Any, *, negated: bool = False, inside: str = "") -> str:
        if isinstance(rule, bool):
            return self.phrase("always" if rule is not negated else "never")
        name, args = split(rule)
        if name in {"not", "!"} and len(args) == 1:
            return self.clause(args[0], negated=not negated, inside=inside)
        if name in {"and", "or"} and args:
            return self.joined(name, args, negated=negated, inside=inside)
        if name in COMPARISONS and len(args) in (2, 3):
            return self.comparison(name, args, negated=negated)
        special = self.SPECIAL.get(name)
        if special and args:
            return special(self, name, args, negated)
        return self.plain(rule, negated=negated)

    def joined(self, name: str, args: list[Any], *, negated: bool, inside: str) -> str:
        """Negation moves inward (De Morgan), so that each part stays a plain clause."""
        word = name if not negated else {"and": "or", "or": "and"}[name]
        parts = [self.clause(arg, negated=negated, inside=word) for arg in args]
        text = enumerate_words(parts, self.phrase(word))
        return f"({text})" if inside and inside != word and len(parts) > 1 else text

    def plain(self, rule: Any, *, negated: bool) -> str:
        name, _ = split(rule)
        node = self.node_of(rule)
        if name == "var" and node is not None and node.is_question:
            return self.phrase("no" if negated else "yes", a=self.term(rule))
        if name == "var":
            return self.phrase("false" if negated else "true", a=self.term(rule))
        term = self.phrase("unknown") if name in CONDITIONS else self.term(rule)  # a condition here is malformed
        return self.phrase("is not" if negated else "is", a=term)

    def comparison(self, name: str, args: list[Any], *, negated: bool) -> str:
        if len(args) == 3:
            if name == "<=" and not negated:
                return self.phrase("between", a=self.term(args[1]), b=self.term(args[0], args[1]),
                                   c=self.term(args[2], args[1]))  # fmt: skip
            pairs = [{name: args[:2]}, {name: args[1:]}]
            return self.joined("and", pairs, negated=negated, inside="")
        first, second = args
        if not isinstance(first, dict) and isinstance(second, dict):
            name, first, second = FLIP[name], second, first
        name = NEGATED[name] if negated else name
        if isinstance(second, bool):
            return self.clause(first, negated=second is not (name == "=="))
        kind = self.kind_of(first)
        if isinstance(second, dict) and name in {"==", "!="} and kind in {"enum", "text", "bool"}:
            return self.phrase("same" if name == "==" else "different", a=self.term(first), b=self.term(second))
        return self.phrase(
            f"{self.family(name, first, kind, second)} {name}",
            a=self.term(first),
            b=self.value(second, first),
            b_dative=self.value(second, first, dative=True),
        )

    def family(self, name: str, first: Any, kind: str, second: Any) -> str:
        if kind == "date" or (kind in {"enum", "text"} and name in {"==", "!="}):
            return kind
        if kind == "duration":
            return "days"
        if split(first)[0] in UNITS and not isinstance(second, dict):
            return UNITS[split(first)[0]]
        spelled = isinstance(second, str) and read_literal_number(second) is None
        return "text" if spelled and name in {"==", "!="} else "number"

    def quantifier(self, name: str, args: list[Any], negated: bool) -> str:
        if len(args) != 2:
            return self.phrase("unknown")
        inner = self.inside(args[0]).clause(args[1])
        return self.phrase(f"not {name}" if negated else name, a=self.term(args[0]), clause=inner)

    def membership(self, name: str, args: list[Any], negated: bool) -> str:
        if len(args) != 2:
            return self.phrase("unknown")
        word = "not in" if negated else "in"
        if isinstance(args[1], list):
            kind = self.kind_of(args[0])
            family = kind if kind in {"enum", "text"} else "number"
            options = [self.value(item, args[0]) for item in args[1]]
            if len(options) == 1:
                return self.clause({"!=" if negated else "==": [args[0], args[1][0]]})
            join = self.phrase("neither" if negated else "or")
            return self.phrase(f"{family} {word}", a=self.term(args[0]), b=enumerate_words(options, join))
        if self.kind_of(args[1]) == "list":
            return self.phrase(f"list {word}", a=self.term(args[0], args[1]), b=self.term(args[1]))
        return self.phrase("text not part" if negated else "text part", a=self.term(args[0]), b=self.term(args[1]))

    def emptiness(self, name: str, args: list[Any], negated: bool) -> str:
        node = self.node_of(args[0])
        group = "group_" if node is not None and node.is_group else ""
        return self.phrase(group + ("filled" if negated else "empty"), a=self.term(args[0]))

    def exclusive(self, name: str, args: list[Any], negated: bool) -> str:
        if len(args) != 2:
            return self.phrase("unknown")
        second = self.clause(args[1], negated=negated, inside="xor")
        return self.phrase("xor", a=self.clause(args[0], inside="xor"), b=second)

    def valid_date(self, name: str, args: list[Any], negated: bool) -> str:
        if len(args) != 3:
            return self.phrase("unknown")
        a, b, c = map(self.term, args)
        return self.phrase("invalid_date" if negated else "valid_date", a=a, b=b, c=c)

    SPECIAL = {  # noqa: RUF012 - a table that is only read
        "some": quantifier,
        "all": quantifier,
        "none": quantifier,
        "in": membership,
        "is_empty": emptiness,
        "xor": exclusive,
        "is_valid_date": valid_date,
    }
