"""Compile a rule (JSON-Logic syntax, form mode) once into closures, with static types and the questions it reads.

A closure takes `values` (path -> Python value, no entry = undefined) and `rows` (the rows the place lies in, outermost
first) and returns a value or None for undefined. It never raises. What is wrong with a rule is a list of `Trouble`; a
rule with one is undefined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from forms_engine.fields import dates

from . import types
from .durations import parse_duration
from .types import ANY, BOOL, DATE, DECIMAL, DURATION, INTEGER, LITERAL, TEXT, Type
from .values import nfc, read_literal_number

Values = Mapping[str, Any]
Rows = tuple[Any, ...]
Run = Callable[[Values, Rows], Any]

MAX_DEPTH = 64
MAX_NODES = 10_000


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a rule, in words for the editor."""

    code: str
    message: str
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class Frame:
    """A row in sight: of a repeated group (`group`), or an element of a list of values (`item`)."""

    group: str = ""
    item: Type | None = None


@dataclass(frozen=True, slots=True)
class Expr:
    type: Type
    run: Run
    recast: Callable[[Type], Expr] | None = None  # gives a literal the type of its neighbour
    constant: bool = False
    nothing: bool = False  # stands for a part that has a trouble
    filled: Run | None = None  # of groups and rows: is anything in them answered?

    def value(self) -> Any:
        """The value of a constant."""
        return self.run({}, ())


@dataclass(frozen=True, slots=True)
class Reference:
    """What a path means at a place: its type, how to read it, and the nodes it depends on."""

    type: Type
    run: Run
    reads: frozenset[str]
    filled: Run | None = None


class Scope(Protocol):
    """Knows the questions. `resolve` answers with a reference or with the trouble there is."""

    def resolve(self, path: str, frames: tuple[Frame, ...]) -> Reference | Trouble: ...

    def label(self, path: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Compiled:
    run: Run
    type: Type
    reads: frozenset[str]
    troubles: tuple[Trouble, ...]
    uses_row: bool

    @property
    def is_usable(self) -> bool:
        return not any(trouble.severity == "error" for trouble in self.troubles)


def nowhere(values: Values, rows: Rows) -> None:
    return None


NOTHING = Expr(ANY, nowhere, nothing=True)

Operator = Callable[["Compiler", str, list[Any], tuple[Frame, ...]], Expr]
OPERATORS: dict[str, Operator] = {}


def operator(*names: str) -> Callable[[Operator], Operator]:
    """Register the compiling function of one or more operators."""

    def register(function: Operator) -> Operator:
        for name in names:
            OPERATORS[name] = function
        return function

    return register


def measure(rule: Any) -> tuple[int, int]:
    """Depth and number of JSON values of a rule, without recursion (the rule may be hostile)."""
    deepest, count, stack = 0, 0, [(rule, 1)]
    while stack:
        value, depth = stack.pop()
        count += 1
        deepest = max(deepest, depth)
        if count > MAX_NODES or deepest > 2 * MAX_DEPTH:
            break
        if isinstance(value, dict):
            stack.extend((item, depth + 1) for item in value.values())
        elif isinstance(value, list):
            stack.extend((item, depth) for item in value)
    return deepest, count


@dataclass(slots=True)
class Compiler:
    scope: Scope
    troubles: list[Trouble] = field(default_factory=list)
    reads: set[str] = field(default_factory=set)
    uses_row: bool = False

    def compile(self, rule: Any, frames: tuple[Frame, ...]) -> Expr:
        if isinstance(rule, dict):
            return self.operation(rule, frames)
        return self.literal(rule)

    def operation(self, rule: dict[str, Any], frames: tuple[Frame, ...]) -> Expr:
        if len(rule) != 1:
            return self.refuse("rule_shape", "Ein Teil der Regel hat nicht genau einen Operator.")
        name, raw = next(iter(rule.items()))
        compiling = OPERATORS.get(name) if isinstance(name, str) else None
        if compiling is None:
            return self.refuse("rule_operator_unknown", f"Den Operator „{name}“ gibt es nicht.")
        return compiling(self, name, raw if isinstance(raw, list) else [raw], frames)

    def literal(self, value: Any) -> Expr:
        if isinstance(value, bool):
            return constant(BOOL, value)
        if isinstance(value, int | float):
            number = read_literal_number(value)
            if number is None:
                return self.refuse("rule_literal", "Die Zahl ist zu lang. Setzen Sie sie in Anführungszeichen.")
            return constant(INTEGER if isinstance(number, int) else DECIMAL, number)
        if isinstance(value, str):
            return Expr(LITERAL, lambda values, rows: value, lambda wanted: self.cast(value, wanted), constant=True)
        if isinstance(value, list):
            return self.refuse("rule_list", "Eine Liste von Werten ist nur hinter „ist eine von“ (in) möglich.")
        return self.refuse("rule_null", "„Leer“ (null) ist kein Wert. Nutzen Sie „ist nicht beantwortet“ (is_empty).")

    def cast(self, text: str, wanted: Type) -> Expr:
        """A string literal beside an operand of another type."""
        if wanted.kind in types.NUMBERS:
            number = read_literal_number(text)
            message = f"„{text}“ ist keine Zahl. Schreiben Sie zum Beispiel 12.50."
            return self.refuse("literal_not_number", message) if number is None else constant(DECIMAL, number)
        if wanted.kind == "date":
            day = dates.parse_iso(text)
            message = f"„{text}“ ist kein Datum. Schreiben Sie zum Beispiel 2025-12-31."
            return self.refuse("literal_not_date", message) if day is None else constant(DATE, day)
        if wanted.kind == "duration":
            span = parse_duration(text)
            message = f"„{text}“ ist keine Zeitspanne. Schreiben Sie zum Beispiel P18Y, P3M oder P14D."
            return self.refuse("literal_not_duration", message) if span is None else constant(DURATION, span)
        if wanted.kind == "enum":
            return self.cast_code(text, wanted)
        if wanted.kind in {"text", "literal", "any"}:
            return constant(TEXT, nfc(text))
        message = f"Der Text „{text}“ kann nicht mit „{types.in_words(wanted)}“ verglichen werden."
        return self.refuse("type_clash", message)

    def cast_code(self, text: str, wanted: Type) -> Expr:
        codes = wanted.values or {}
        if text not in codes:
            shown = ", ".join(list(codes)[:8]) + (" …" if len(codes) > 8 else "")
            message = f"Die Antwort „{text}“ steht nicht in der Liste der Frage. Möglich sind: {shown}."
            return self.refuse("literal_not_in_list", message)
        return constant(wanted, text)

    def cast_expr(self, expr: Expr, wanted: Type) -> Expr:
        return expr.recast(wanted) if expr.type.kind == "literal" and expr.recast else expr

    def unify(self, exprs: Sequence[Expr], name: str) -> tuple[Type, list[Expr]]:
        """Give literals the type of their neighbours; a clash is a trouble."""
        shared: Type = LITERAL
        for expr in exprs:
            found = types.common_type(shared, expr.type)
            if found is None:
                self.clash(name, shared, expr.type)
                return ANY, [NOTHING for _ in exprs]
            shared = found
        if shared.kind == "literal":
            return shared, list(exprs)
        return shared, [self.cast_expr(expr, shared) for expr in exprs]

    def expect(self, rule: Any, wanted: Type, frames: tuple[Frame, ...], name: str) -> Expr:
        """Compile an operand that must have a type."""
        expr = self.cast_expr(self.compile(rule, frames), wanted)
        if not types.fits(expr.type, wanted):
            found, need = types.in_words(expr.type), types.in_words(wanted)
            message = f"Bei „{name}“ wird „{need}“ erwartet, hier steht „{found}“. Wählen Sie etwas, das dazu passt."
            return self.refuse("type_clash", message)
        return expr

    def clash(self, name: str, first: Type, second: Type) -> None:
        one, two = types.in_words(first), types.in_words(second)
        if "list" in (first.kind, second.kind):
            message = f"Eine Liste lässt sich nicht mit „{name}“ vergleichen. Im selben Eintrag heißt der Pfad „row.…“."
            self.troubles.append(Trouble("type_clash", message))
            return
        message = f"„{one}“ und „{two}“ lassen sich nicht mit „{name}“ verbinden. Nehmen Sie beidseits dieselbe Art."
        self.troubles.append(Trouble("type_clash", message))

    def refuse(self, code: str, message: str) -> Expr:
        trouble = Trouble(code, message)
        if trouble not in self.troubles:
            self.troubles.append(trouble)
        return NOTHING

    def count_args(self, name: str, args: list[Any], least: int, most: int) -> bool:
        if least <= len(args) <= most:
            return True
        wanted = str(least) if least == most else f"{least} bis {most}" if most < 1000 else f"mindestens {least}"
        self.refuse("rule_arguments", f"„{name}“ braucht {wanted} Teile, hier sind es {len(args)}.")
        return False


def constant(kind: Type, value: Any) -> Expr:
    return Expr(kind, lambda values, rows: value, constant=True)


def compile_rule(rule: Any, scope: Scope, wanted: Type, frames: tuple[Frame, ...] = ()) -> Compiled:
    """Compile a rule for a place whose rows are `frames`; `wanted` is the type the place needs."""
    depth, nodes = measure(rule)
    if depth > MAX_DEPTH or nodes > MAX_NODES:
        message = f"Die Regel ist zu groß: höchstens {MAX_DEPTH} Ebenen und {MAX_NODES} Teile."
        return Compiled(nowhere, ANY, frozenset(), (Trouble("rule_too_large", message),), uses_row=False)
    compiler = Compiler(scope)
    expr = compiler.expect(rule, wanted, frames, "Regel")
    expr = compiler.cast_expr(expr, TEXT)
    run = nowhere if compiler.troubles else expr.run
    return Compiled(run, expr.type, frozenset(compiler.reads), tuple(compiler.troubles), compiler.uses_row)
