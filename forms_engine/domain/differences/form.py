"""Differences in what belongs to the form as a whole: its texts, office, languages, lists, pre-check, test cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .comparing import Comparison, Raw, by_id, name_of
from .options import compare_options

Compare = Callable[[Comparison, Any, Any], None]
TEXTS = {
    "title": "Der Titel des Formulars",
    "description": "Die Beschreibung des Formulars",
    "purpose": "Der Zweck der Datenerhebung",
    "declaration": "Die Erklärung vor dem Absenden",
}
VALUES = {
    "unit": "Das zuständige Amt",
    "minutes": "Die Dauer in Minuten",
    "kind": "Die Art des Formulars",
    "key": "Das Kürzel des Formulars",
    "locales": "Die Sprachen des Formulars",
    "default_locale": "Die Hauptsprache",
}
IGNORED = {"format", "steps"}


def compare_form(comparison: Comparison) -> None:
    before, after = comparison.before, comparison.after
    for name in dict.fromkeys([*TEXTS, *VALUES, *OWN, *after, *before]):
        old, new = before.get(name), after.get(name)
        if old == new or name in IGNORED:
            continue
        if name in TEXTS:
            comparison.text("", TEXTS[name], old, new)
        elif name in VALUES:
            comparison.value("", VALUES[name], old, new)
        elif name in OWN:
            OWN[name](comparison, old, new)
        else:
            comparison.add("", f"Die Angabe „{name}“ des Formulars hat sich geändert.")


def compare_retention(comparison: Comparison, old: Any, new: Any) -> None:
    before, after = (one if isinstance(one, dict) else {} for one in (old, new))
    for name, what in (("submission_months", "Aufbewahrung in Monaten"), ("law", "Grundlage der Aufbewahrung")):
        comparison.value("", f"Die {what}", before.get(name), after.get(name))


def compare_laws(comparison: Comparison, old: Any, new: Any) -> None:
    compare_list(comparison, "Rechtsgrundlage", by_id(old, "title"), by_id(new, "title"))


def compare_lists(comparison: Comparison, old: Any, new: Any) -> None:
    old, new = (one if isinstance(one, dict) else {} for one in (old, new))
    for name in dict.fromkeys([*new, *old]):
        if name not in old:
            comparison.add("", f"Die Auswahlliste „{name}“ ist neu ({len(new[name])} Antworten).")
        elif name not in new:
            comparison.add("", f"Die Auswahlliste „{name}“ ist entfallen.")
        else:
            compare_options(comparison, "", f"in der Liste „{name}“", old[name], new[name])


def compare_requirements(comparison: Comparison, old: Any, new: Any) -> None:
    before, after = by_id(old), by_id(new)
    compare_list(comparison, "Voraussetzung", before, after, deeper=compare_requirement)


def compare_requirement(comparison: Comparison, old: Raw, new: Raw) -> None:
    called = f"der Voraussetzung „{name_of(new)}“"
    comparison.text("", f"Der Satz {called}", old.get("title"), new.get("title"))
    comparison.text("", f"Der Rat zu {called}", old.get("failed"), new.get("failed"))
    comparison.rule("", f"Die Voraussetzung „{name_of(new)}“ ist erfüllt:", old.get("rule"), new.get("rule"))


def compare_bring(comparison: Comparison, old: Any, new: Any) -> None:
    compare_list(comparison, "Zum Bereithalten:", by_id(old), by_id(new), deeper=compare_item_to_bring)


def compare_item_to_bring(comparison: Comparison, old: Raw, new: Raw) -> None:
    comparison.text("", "Der Text zum Bereithalten", old.get("text"), new.get("text"))
    comparison.rule("", f"„{name_of(new)}“ ist bereitzuhalten:", old.get("when"), new.get("when"))


def compare_tests(comparison: Comparison, old: Any, new: Any) -> None:
    before = {key: case | {"title": case.get("name")} for key, case in by_id(old).items()}
    after = {key: case | {"title": case.get("name")} for key, case in by_id(new).items()}
    compare_list(comparison, "Testfall", before, after)


def compare_list(
    comparison: Comparison,
    called: str,
    old: dict[str, Raw],
    new: dict[str, Raw],
    deeper: Callable[[Comparison, Raw, Raw], None] | None = None,
) -> None:
    """Entries with an id: new, gone, changed, in another order."""
    known = len(comparison.found)
    for key in dict.fromkeys([*new, *old]):
        if key not in old:
            comparison.add("", f"{called} „{name_of(new[key])}“ ist neu.")
        elif key not in new:
            comparison.add("", f"{called} „{name_of(old[key])}“ ist entfallen.")
        elif old[key] != new[key]:
            before = len(comparison.found)
            if deeper:
                deeper(comparison, old[key], new[key])
            if len(comparison.found) == before:
                comparison.add("", f"{called} „{name_of(new[key])}“ ist geändert.")
    if len(comparison.found) == known:
        comparison.add("", f"{called}: Die Reihenfolge hat sich geändert.")


def compare_todo(comparison: Comparison, old: Any, new: Any) -> None:
    counts = [len(one) if isinstance(one, list) else 0 for one in (old, new)]
    comparison.add("", f"Noch zu modellieren sind jetzt {counts[1]} Regeln; vorher {counts[0]}.")


OWN: dict[str, Compare] = {
    "legal_basis": compare_laws,
    "retention": compare_retention,
    "codelists": compare_lists,
    "requirements": compare_requirements,
    "bring": compare_bring,
    "todo": compare_todo,
    "tests": compare_tests,
}
