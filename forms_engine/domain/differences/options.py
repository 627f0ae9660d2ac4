"""Differences between the answers to choose from."""

from __future__ import annotations

from typing import Any

from .comparing import Comparison, by_id, in_other_order, name_of


def compare_options(comparison: Comparison, path: str, where: str, old: Any, new: Any) -> None:
    """`where` completes the sentence: bei „Rasse“, in der Liste „breeds“."""
    before, after = by_id(old, "value"), by_id(new, "value")
    known = len(comparison.found)
    for value in dict.fromkeys([*after, *before]):
        if value not in before:
            comparison.add(path, f"Die Antwort „{name_of(after[value], value)}“ ist neu {where}.")
        elif value not in after:
            comparison.add(path, f"Die Antwort „{name_of(before[value], value)}“ {where} ist entfallen.")
        else:
            compare_option(comparison, path, where, before[value], after[value])
    if in_other_order(before, after):
        comparison.add(path, f"Die Reihenfolge der Antworten {where} hat sich geändert.")
    if old != new and len(comparison.found) == known:
        comparison.add(path, f"Die Antworten {where} sind anders geschrieben.")


def compare_questions(comparison: Comparison, path: str, where: str, old: Any, new: Any) -> None:
    """Differences between the lines of a matrix."""
    before, after = by_id(old, "value"), by_id(new, "value")
    known = len(comparison.found)
    for value in dict.fromkeys([*after, *before]):
        if value not in before:
            comparison.add(path, f"Die Zeile „{name_of(after[value], value)}“ ist neu {where}.")
        elif value not in after:
            comparison.add(path, f"Die Zeile „{name_of(before[value], value)}“ {where} ist entfallen.")
        else:
            compare_question(comparison, path, where, before[value], after[value])
    if in_other_order(before, after):
        comparison.add(path, f"Die Reihenfolge der Zeilen {where} hat sich geändert.")
    if old != new and len(comparison.found) == known:
        comparison.add(path, f"Die Zeilen {where} sind anders geschrieben.")


def compare_question(comparison: Comparison, path: str, where: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    called = f"der Zeile „{name_of(old, str(old.get('value')))}“ {where}"
    comparison.text(path, f"Der Text {called}", old.get("label"), new.get("label"))
    comparison.text(path, f"Die Hilfe {called}", old.get("help"), new.get("help"))
    now, then = (one.get("required", True) is not False for one in (new, old))
    if now != then:
        name = name_of(new, str(new.get("value")))
        comparison.add(path, f"Die Zeile „{name}“ {where} ist jetzt {'Pflicht' if now else 'freiwillig'}.")


def compare_option(comparison: Comparison, path: str, where: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    called = f"der Antwort „{name_of(old, str(old.get('value')))}“ {where}"
    comparison.text(path, f"Der Text {called}", old.get("label"), new.get("label"))
    comparison.text(path, f"Die Hilfe {called}", old.get("help"), new.get("help"))
    subject = f"Die Antwort „{name_of(new, str(new.get('value')))}“ {where} wird angeboten:"
    comparison.rule(path, subject, old.get("visible"), new.get("visible"))
