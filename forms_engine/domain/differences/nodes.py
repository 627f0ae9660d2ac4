"""Differences of one question, group or text, member by member."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forms_engine.fields import field_types

from .comparing import Comparison, Raw, follow, name_of, shown
from .options import compare_options, compare_questions

Compare = Callable[[Comparison, str, Raw, Raw], None]
CATEGORIES = {"none": "keine personenbezogenen Daten", "personal": "personenbezogen", "special": "besonders geschützt"}
KEPT = {"id", "nodes"}


def compare_node(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    """One sentence at least for each member that differs."""
    for name in dict.fromkeys([*MEMBERS, *new, *old]):
        if name in KEPT or old.get(name) == new.get(name):
            continue
        compare = MEMBERS.get(name)
        if compare:
            compare(comparison, path, old, new)
        else:
            compare_setting(comparison, path, name, old, new)


def compare_setting(comparison: Comparison, path: str, name: str, old: Raw, new: Raw) -> None:
    """Settings of a field type by their meaning, anything else by its name."""
    found = field_types.find(str(new.get("type")))
    setting = found.settings.get(name) if found else None
    called = setting.meaning if setting else f"Die Angabe „{name}“"
    comparison.value(path, f"„{name_of(new)}“: {called}", old.get(name), new.get(name))


def compare_type(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    names = [type_name(one.get("type")) for one in (new, old)]
    comparison.add(path, f"„{name_of(new)}“ ist jetzt von der Art „{names[0]}“; vorher „{names[1]}“.")


def type_name(key: Any) -> str:
    found = field_types.find(str(key))
    return found.name.get("de", str(key)) if found else str(key)


def compare_label(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    comparison.text(path, f"Die Beschriftung von „{name_of(old)}“", old.get("label"), new.get("label"))


def text_member(name: str, called: str) -> Compare:
    def compare(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
        comparison.text(path, f"{called} „{name_of(new)}“", old.get(name), new.get(name))

    return compare


def compare_visible(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    comparison.rule(path, f"„{name_of(new)}“ erscheint", old.get("visible"), new.get("visible"))


def compare_required(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    now = say_required(comparison, path, new.get("required", True), is_old=False)
    then = say_required(comparison, path, old.get("required", True), is_old=True)
    if now == then:
        then = "ebenso, nur anders geschrieben"
    comparison.add(path, f"„{name_of(new)}“ ist jetzt {now}; vorher {then}.")


def say_required(comparison: Comparison, path: str, required: Any, *, is_old: bool) -> str:
    if required is True or required is False:
        return "Pflicht" if required else "freiwillig"
    return f"Pflicht, {comparison.condition(required, path, is_old=is_old)}"


def compare_value(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    now = comparison.formula(new.get("value"), path, is_old=False)
    then = comparison.formula(old.get("value"), path, is_old=True)
    comparison.add(path, f"„{name_of(new)}“ wird jetzt errechnet aus: {now}; vorher aus: {then}.")


def compare_own_options(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    compare_options(comparison, path, f"bei „{name_of(new)}“", old.get("options") or [], new.get("options") or [])


def compare_own_questions(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    where = f"bei „{name_of(new)}“"
    compare_questions(comparison, path, where, old.get("questions") or [], new.get("questions") or [])


def compare_checks(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    """By position; each with its condition and its message."""
    before, after = old.get("valid") or [], new.get("valid") or []
    for at in range(max(len(before), len(after))):
        here, there = (one[at] if at < len(one) and isinstance(one[at], dict) else None for one in (after, before))
        called = f"Prüfung {at + 1} von „{name_of(new)}“"
        if there is None and here is not None:
            now = comparison.condition(here.get("rule"), path, is_old=False)
            comparison.add(path, f"{called} ist neu; bestanden{follow(now)}.")
        elif here is None and there is not None:
            gone = comparison.condition(there.get("rule"), path, is_old=True)
            comparison.add(path, f"{called} ist entfallen; bestanden war sie{follow(gone)}.")
        elif here is not None and there is not None:
            comparison.rule(path, f"{called} ist bestanden:", there.get("rule"), here.get("rule"))
            comparison.text(path, f"Der Text zur {called}", there.get("message"), here.get("message"))


def compare_repeat(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    before, after = old.get("repeat"), new.get("repeat")
    if not isinstance(before, dict) or not isinstance(after, dict):
        now = "mehrmals" if after is not None else "nur einmal"
        comparison.add(path, f"„{name_of(new)}“ kann jetzt {now} angegeben werden.")
        return
    for name, called in (("min", "Die kleinste Anzahl"), ("max", "Die größte Anzahl")):
        comparison.value(path, f"{called} der Einträge von „{name_of(new)}“", before.get(name), after.get(name))
    for name, called in (("item_label", "Der Name eines Eintrags von"), ("add_label", "Die Aufschrift des Knopfs von")):
        comparison.text(path, f"{called} „{name_of(new)}“", before.get(name), after.get(name))


def compare_category(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    now, then = (CATEGORIES.get(str(one.get("data_category")), "wie im Formular üblich") for one in (new, old))
    comparison.add(path, f"Die Art der Daten bei „{name_of(new)}“ ist jetzt {shown(now)}; vorher {shown(then)}.")


def compare_section(comparison: Comparison, path: str, old: Raw, new: Raw) -> None:
    """The connection of a step or group to a section."""
    before, after = old.get("section"), new.get("section")
    if before == after:
        return
    keys = [one.get("key") if isinstance(one, dict) else None for one in (before, after)]
    if keys[1] is None:
        comparison.add(path, f"„{name_of(new)}“ ist nicht mehr mit dem Baustein „{keys[0]}“ verbunden.")
    elif keys[0] != keys[1]:
        comparison.add(path, f"„{name_of(new)}“ ist jetzt mit dem Baustein „{keys[1]}“ verbunden.")
    else:
        comparison.add(path, f"„{name_of(new)}“ hat einen anderen Stand des Bausteins „{keys[1]}“.")


MEMBERS: dict[str, Compare] = {
    "type": compare_type,
    "label": compare_label,
    "help": text_member("help", "Die Hilfe zu"),
    "text": text_member("text", "Der Text von"),
    "purpose": text_member("purpose", "Der Zweck von"),
    "visible": compare_visible,
    "required": compare_required,
    "options": compare_own_options,
    "questions": compare_own_questions,
    "value": compare_value,
    "valid": compare_checks,
    "repeat": compare_repeat,
    "data_category": compare_category,
    "section": compare_section,
}
