"""Conditions as editors build them (question, operator, value, joined by and/or) <-> rules of the flow document.

A condition is a tree: `{"join": "and"|"or", "items": [comparison | tree, …]}` with comparisons
`{"path": …, "measure": "value"|"age"|"count", "operator": …, "value": str | list[str]}`.
Pure; what the builder cannot show (arithmetic, row operators) has no tree and stays an expert rule.
"""

from __future__ import annotations

from typing import Any

Rule = Any
Tree = dict[str, Any]

COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
SYMBOLS = {symbol: name for name, symbol in COMPARISONS.items()}
MEASURES = ("age", "count")
NUMBER_OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "filled", "empty")
OPERATORS: dict[str, tuple[str, ...]] = {
    "bool": ("yes", "no", "filled", "empty"),
    "enum": ("eq", "ne", "in", "filled", "empty"),
    "enum_list": ("contains", "filled", "empty"),
    "text": ("eq", "ne", "filled", "empty"),
    "integer": NUMBER_OPERATORS,
    "decimal": NUMBER_OPERATORS,
    "date": NUMBER_OPERATORS,
    "files": ("filled", "empty"),
    "address": ("filled", "empty"),
    "record": ("filled", "empty"),
    "age": ("ge", "lt", "le", "gt", "eq"),
    "count": ("ge", "lt", "le", "gt", "eq"),
}
OPERATOR_LABELS = {
    "eq": "ist",
    "ne": "ist nicht",
    "lt": "ist kleiner / früher als",
    "le": "ist höchstens / spätestens",
    "gt": "ist größer / später als",
    "ge": "ist mindestens / frühestens",
    "in": "ist eines von",
    "contains": "enthält",
    "yes": "ist „Ja“",
    "no": "ist „Nein“",
    "filled": "ist beantwortet",
    "empty": "ist nicht beantwortet",
}


class ConditionIncomplete(ValueError):
    """A comparison lacks its question, operator or value. The message is German and says which."""


def to_rule(tree: Tree, kinds: dict[str, str]) -> Rule | None:
    """The rule of a condition; None for an empty one. `kinds` gives the kind of value of each question's path.
    Raises ConditionIncomplete."""
    listed = tree.get("items")
    items = [i for i in (listed if isinstance(listed, list) else []) if isinstance(i, dict) and not _is_blank(i)]
    rules = [rule for item in items if (rule := _item_rule(item, kinds)) is not None]
    if not rules:
        return None
    if len(rules) == 1:
        return rules[0]
    return {"or" if tree.get("join") == "or" else "and": rules}


def _is_blank(item: Tree) -> bool:
    return "items" not in item and not item.get("path")


def _item_rule(item: Tree, kinds: dict[str, str]) -> Rule | None:
    return to_rule(item, kinds) if "items" in item else _comparison_rule(item, kinds)


def _comparison_rule(item: Tree, kinds: dict[str, str]) -> Rule:
    path, operator = str(item.get("path", "")), str(item.get("operator", ""))
    if path not in kinds:
        raise ConditionIncomplete(f"Die Frage „{path}“ gibt es in diesem Formular nicht.")
    subject: Rule = {"var": path}
    match operator:
        case "yes" | "no":
            return {"==": [subject, operator == "yes"]}
        case "filled":
            return {"not": [{"is_empty": [subject]}]}
        case "empty":
            return {"is_empty": [subject]}
        case "in":
            return {"in": [subject, _values(item)]}
        case "contains":
            return {"in": [_value(item), subject]}
    if operator not in COMPARISONS:
        raise ConditionIncomplete(f"Bei „{path}“ fehlt, womit verglichen wird.")
    measure = item.get("measure") or "value"
    kind = measure if measure in MEASURES else kinds[path]
    if measure in MEASURES:
        subject = {measure: [subject]}
    return {COMPARISONS[operator]: [subject, _literal(_value(item), kind)]}


def _value(item: Tree) -> str:
    value = item.get("value")
    text = str(value[0] if isinstance(value, list) and value else value or "").strip()
    if not text:
        raise ConditionIncomplete(f"Bei „{item.get('path')}“ fehlt der Wert, mit dem verglichen wird.")
    return text


def _values(item: Tree) -> list[str]:
    value = item.get("value")
    values = [str(v) for v in value] if isinstance(value, list) else [v.strip() for v in str(value or "").split(",")]
    values = [v for v in values if v]
    if not values:
        raise ConditionIncomplete(f"Bei „{item.get('path')}“ fehlen die Werte, mit denen verglichen wird.")
    return values


def _literal(text: str, kind: str) -> Rule:
    if kind in {"integer", "age", "count"}:
        try:
            return int(text)
        except ValueError:
            raise ConditionIncomplete(f"„{text}“ ist keine ganze Zahl.") from None
    if kind == "decimal":
        return text.replace(".", "").replace(",", ".") if "," in text else text
    return {"var": "today"} if kind == "date" and text in {"heute", "today"} else text


def to_tree(rule: Rule, kinds: dict[str, str]) -> Tree | None:
    """The condition of a rule as the builder shows it; None when the builder cannot show it."""
    if rule is None:
        return {"join": "and", "items": []}
    node = _read(rule, kinds)
    if node is None:
        return None
    return node if "items" in node else {"join": "and", "items": [node]}


def _read(rule: Rule, kinds: dict[str, str]) -> Tree | None:
    if not isinstance(rule, dict) or len(rule) != 1:
        return None
    ((name, arguments),) = rule.items()
    arguments = arguments if isinstance(arguments, list) else [arguments]
    if name in {"and", "or"}:
        items = [_read(argument, kinds) for argument in arguments]
        return {"join": name, "items": items} if items and None not in items else None
    comparison = _read_comparison(name, arguments, kinds)
    return comparison if comparison and comparison["path"] in kinds else None


def _read_comparison(name: str, arguments: list[Rule], kinds: dict[str, str]) -> Tree | None:
    if name in {"not", "!"} and len(arguments) == 1:
        inner = _read(arguments[0], kinds)
        return inner | {"operator": "filled"} if inner and inner.get("operator") == "empty" else None
    if name == "is_empty" and len(arguments) == 1:
        path = _path(arguments[0])
        return _comparison(path, "empty", "") if path else None
    if len(arguments) != 2:
        return None
    left, right = arguments
    if name == "in":
        return _read_in(left, right)
    return _read_ordering(SYMBOLS.get(name), left, right)


def _read_in(left: Rule, right: Rule) -> Tree | None:
    path = _path(left)
    if path and isinstance(right, list) and all(isinstance(v, str) for v in right):
        return _comparison(path, "in", right)
    path = _path(right)
    return _comparison(path, "contains", left) if path and isinstance(left, str) else None


def _read_ordering(operator: str | None, left: Rule, right: Rule) -> Tree | None:
    measure = next((m for m in MEASURES if isinstance(left, dict) and list(left) == [m]), "value")
    subject = left[measure][0] if measure != "value" and isinstance(left[measure], list) and left[measure] else left
    path = _path(subject)
    if not operator or not path:
        return None
    if isinstance(right, bool):
        return _comparison(path, "yes" if right else "no", "") if operator == "eq" else None
    if right == {"var": "today"}:
        return _comparison(path, operator, "heute", measure)
    if isinstance(right, str | int):
        return _comparison(path, operator, str(right), measure)
    return None


def _path(rule: Rule) -> str:
    path = rule.get("var") if isinstance(rule, dict) and len(rule) == 1 else None
    return path if isinstance(path, str) else ""


def _comparison(path: str, operator: str, value: Any, measure: str = "value") -> Tree:
    return {"path": path, "measure": measure, "operator": operator, "value": value}
