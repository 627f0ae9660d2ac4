"""Formulas of calculated values as editors type them <-> rules of the flow document.

    haushalt.einkommen * 0,25 + count(haushalt.personen) * 12,50
    if(hund.gefaehrlich, 600, 108)

Numbers take a decimal comma; arguments are separated by `;`. Parsed with Python's own grammar (`ast`), never evaluated.
"""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from typing import Any

Rule = Any
FUNCTIONS = {
    "sum": "sum", "summe": "sum", "count": "count", "anzahl": "count", "min": "min", "max": "max", "round": "round",
    "runden": "round", "age": "age", "alter": "age", "coalesce": "coalesce", "sonst": "coalesce", "if": "if",
    "wenn": "if",
    "days_between": "days_between", "tage": "days_between", "years_between": "years_between", "jahre": "years_between",
    "length": "length", "year": "year", "is_empty": "is_empty", "leer": "is_empty",
}  # fmt: skip
BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARE = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
MAX_LENGTH = 2_000
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_WORDS = {"if": "wenn", "heute": "today", "ja": "True", "nein": "False", "und": "and", "oder": "or", "nicht": "not"}
_TEXTS = re.compile(r'("[^"]*")')


class FormulaInvalid(ValueError):
    """The formula cannot be read; the message is German and says where it is wrong."""


def parse_formula(text: str) -> Rule:
    """The rule of a formula. Raises FormulaInvalid."""
    if len(text) > MAX_LENGTH:
        raise FormulaInvalid(f"Die Formel ist länger als {MAX_LENGTH} Zeichen.")
    parts = _TEXTS.split(text.strip())
    source = "".join(part if index % 2 else _to_python(part) for index, part in enumerate(parts))
    try:
        tree = ast.parse(source, mode="eval")
        return _rule(tree.body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, FormulaInvalid):
            raise
        raise FormulaInvalid(
            "Die Formel ist nicht vollständig. Fehlt eine Klammer, ein Zeichen oder ein Wert?"
        ) from None


def _to_python(part: str) -> str:
    part = _DECIMAL_COMMA.sub(".", part).replace(";", ",").replace("=", "==").replace("====", "==")
    part = re.sub(r"([<>!])==", r"\1=", part)
    return re.sub(r"[A-Za-zÄÖÜäöüß_]+(?![\w.])(?<!\.)", lambda m: _word(m, part), part)


def _word(match: re.Match[str], part: str) -> str:
    starts_path = match.start() > 0 and part[match.start() - 1] == "."
    return match.group(0) if starts_path else _WORDS.get(match.group(0), match.group(0))


def _rule(node: ast.expr) -> Rule:
    match node:
        case ast.Constant(value=bool() | str()):
            return node.value
        case ast.Constant(value=int() | float()):
            return _number(node)
        case ast.Name() | ast.Attribute():
            return {"var": _path(node)}
        case ast.BinOp() if type(node.op) in BINARY:
            return {BINARY[type(node.op)]: [_rule(node.left), _rule(node.right)]}
        case ast.UnaryOp(op=ast.USub()):
            return {"-": [_rule(node.operand)]}
        case ast.UnaryOp(op=ast.Not()):
            return {"not": [_rule(node.operand)]}
        case ast.BoolOp():
            name = "and" if isinstance(node.op, ast.And) else "or"
            return {name: [_rule(value) for value in node.values]}
        case ast.Compare(ops=[operator], comparators=[right]) if type(operator) in COMPARE:
            return {COMPARE[type(operator)]: [_rule(node.left), _rule(right)]}
        case ast.Call(func=ast.Name(id=name), keywords=[]):
            return _call(name, node.args)
    raise FormulaInvalid("Erlaubt sind Fragen, Zahlen, + − * /, Vergleiche, Klammern und die genannten Funktionen.")


def _call(name: str, arguments: list[ast.expr]) -> Rule:
    if name not in FUNCTIONS:
        raise FormulaInvalid(
            f"Die Funktion „{name}“ gibt es nicht. Es gibt: {', '.join(sorted(set(FUNCTIONS.values())))}."
        )
    if name in {"sum", "summe"} and len(arguments) == 1:
        return _sum_over_rows(arguments[0])
    return {FUNCTIONS[name]: [_rule(argument) for argument in arguments]}


def _sum_over_rows(argument: ast.expr) -> Rule:
    """`sum(household.people.income)` adds a question of all rows of the group it lies in."""
    rule = _rule(argument)
    path = rule.get("var", "") if isinstance(rule, dict) else ""
    group, _, question = path.rpartition(".")
    if not group:
        raise FormulaInvalid(
            "sum(…) braucht eine Frage in einer wiederholten Gruppe, zum Beispiel sum(haushalt.personen.einkommen)."
        )
    return {"sum": [{"map": [{"var": group}, {"var": f"row.{question}"}]}]}


def _number(node: ast.Constant) -> Rule:
    if isinstance(node.value, int):
        return node.value
    return format(Decimal(repr(node.value)), "f")


def _path(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_path(node.value)}.{node.attr}"
    if isinstance(node, ast.Name):
        return node.id
    raise FormulaInvalid("Eine Frage wird mit ihrem Kürzel genannt, zum Beispiel antrag.anzahl.")


def format_formula(rule: Rule) -> str | None:
    """The text an editor would have typed for this rule; None when the formula language cannot say it."""
    try:
        return _text(rule, 0)
    except (FormulaInvalid, TypeError, ValueError, IndexError):
        return None


def _text(rule: Rule, strength: int) -> str:
    if isinstance(rule, bool):
        return "ja" if rule else "nein"
    if isinstance(rule, int):
        return str(rule)
    if isinstance(rule, str):
        return rule.replace(".", ",") if re.fullmatch(r"-?\d+(\.\d+)?", rule) else f'"{rule}"'
    ((name, arguments),) = rule.items()
    if name == "var" and isinstance(arguments, str):
        return "heute" if arguments == "today" else arguments
    return _call_text(name, arguments if isinstance(arguments, list) else [arguments], strength)


def _call_text(name: str, arguments: list[Rule], strength: int) -> str:
    if name in STRENGTH and len(arguments) > 1:
        own = STRENGTH[name]
        first, *rest = arguments
        text = f" {name} ".join([_text(first, own), *(_text(a, own + (name in "-/")) for a in rest)])
        return f"({text})" if own < strength else text
    if name in COMPARE.values() and len(arguments) == 2:
        return f"{_text(arguments[0], 1)} {'=' if name == '==' else name} {_text(arguments[1], 1)}"
    if name in {"and", "or"}:
        return f" {'und' if name == 'and' else 'oder'} ".join(_text(argument, 1) for argument in arguments)
    if name == "sum" and len(arguments) == 1:
        return _sum_text(arguments[0])
    if name in FUNCTIONS.values():
        return f"{name}({'; '.join(_text(argument, 0) for argument in arguments)})"
    raise FormulaInvalid(name)


def _sum_text(rule: Rule) -> str:
    group, row = rule["map"]
    question = row["var"]
    if not question.startswith("row."):
        raise FormulaInvalid("sum")
    return f"sum({group['var']}.{question.removeprefix('row.')})"
