"""The findings of the analysis in German: what is wrong, because of what, and how it is mended."""

from __future__ import annotations

from typing import Any

from forms_engine.domain.model import Flow, Node, Step
from forms_engine.domain.wording import sentence

LONGEST_NAME = 80
LONGEST_SENTENCE = 170

NEVER = {
    "when": "Diesen Schritt kann niemand erreichen",
    "visible": "Das ist nie zu sehen",
    "required": "Die Bedingung „Pflicht“ kann nie erfüllt werden",
    "option": "Diese Antwort kann nie gewählt werden",
    "requirement": "Diese Voraussetzung kann niemand erfüllen",
    "bring": "Das wird nie genannt",
    "valid": "Keine Antwort kann diese Prüfung bestehen",
    "value": "Dieser Wert kann nie berechnet werden",
}
MEND = {
    "when": "Ändern Sie die Bedingung oder löschen Sie den Schritt.",
    "visible": "Ändern oder entfernen Sie die Bedingung.",
    "required": "Ändern Sie die Bedingung oder stellen Sie „freiwillig“ ein.",
    "option": "Ändern Sie die Bedingung oder löschen Sie die Antwort.",
    "requirement": "Bitte prüfen Sie die Regel.",
    "bring": "Ändern oder entfernen Sie die Bedingung.",
    "valid": "Bitte prüfen Sie die Regel.",
    "value": "Bitte prüfen Sie die Formel.",
}


def name_of(item: Step | Node) -> str:
    texts = item.title if isinstance(item, Step) else item.label
    name = texts.get("de") or item.path
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def quoted(items: list[Node]) -> str:
    names = [f"„{name_of(item)}“" for item in items]
    return " und ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def only_if(flow: Flow, item: Step | Node, rule: Any) -> str:
    """`wenn bei „Art“ „Hund“ gewählt ist`; "" where that is too long to help."""
    said = sentence(rule, flow, "de", place=None if isinstance(item, Step) else item.path)
    return said[:1].lower() + said[1:] if said.startswith("Wenn") and len(said) <= LONGEST_SENTENCE else ""


WHY = {
    "when": "Seine Bedingung ist nie erfüllt",
    "requirement": "Die Regel ist nie erfüllt",
    "valid": "Die Regel ist nie erfüllt",
    "value": "Die Formel hat nie ein Ergebnis",
}


def in_itself(role: str) -> str:
    why = WHY.get(role, "Die Bedingung widerspricht sich oder den Grenzen einer Frage")
    return f"{NEVER[role]}: {why}. {MEND[role]}"


def against(role: str, other: Step | Node, condition: str) -> str:
    kind = "des Schritts" if isinstance(other, Step) else "der Gruppe" if other.is_group else "von"
    shown = f" ({condition})" if condition else ""
    return (
        f"{NEVER[role]}: Die Bedingung widerspricht der {kind} „{name_of(other)}“{shown}. "
        "Ändern Sie eine der beiden Bedingungen."
    )


def around(role: str) -> str:
    return f"{NEVER[role]}: Die Bedingungen darum herum schließen es aus. Ändern Sie eine der Bedingungen."


def hidden(role: str, question: Node, because: Step | Node, condition: str) -> str:
    """A rule that needs an answer which cannot be there at the same time."""
    return f"{NEVER[role]}: Die Regel braucht eine Antwort auf {shown_only(question, because, condition)} {EITHER}"


EITHER = "Ändern Sie eine der beiden Bedingungen."


def shown_only(question: Node, because: Step | Node, condition: str) -> str:
    name = f"„{name_of(question)}“"
    if because is question:
        when = f": Die Frage erscheint nur, {condition}" if condition else ""
    else:
        kind = "Schritt" if isinstance(because, Step) else "Gruppe"
        when = f": {kind} „{name_of(because)}“ erscheint nur, {condition}" if condition else ""
    return f"{name}. Die ist dann aber nicht zu sehen{when}."


def hidden_option(role: str) -> str:
    return (
        f"{NEVER[role]}: Die Regel braucht eine Antwort, die unter dieser Bedingung nicht zur Auswahl steht. "
        "Ändern Sie die Bedingung oder die der Antwort."
    )


def without_effect(role: str, question: Node, because: Step | Node, condition: str) -> str:
    """A rule that looks at a question which is never there where the rule counts."""
    what = {"valid": "Die Prüfung", "value": "Die Formel"}.get(role, "Die Regel")
    return f"{what} fragt hier vergeblich nach {shown_only(question, because, condition)} Entfernen Sie diesen Teil."


def check_without_effect() -> str:
    return (
        "Diese Prüfung bleibt ohne Wirkung: Die Fragen, die sie vergleicht, sind nie zugleich zu sehen. "
        "Ändern Sie die Prüfung oder eine der Bedingungen."
    )


def never_together(questions: list[Node]) -> str:
    return (
        f"Dieser Wert kann nie berechnet werden: {quoted(questions)} sind nie zugleich zu sehen. "
        "Sagen Sie in der Formel, was ohne Angabe gilt (coalesce), oder ändern Sie eine der Bedingungen."
    )


NO_OPTION = "Keine der Antworten kann gewählt werden. Ändern Sie die Bedingungen der Antworten."
ALWAYS = "Die Regel ist immer erfüllt. Entfernen Sie sie."


def later(question: Node) -> str:
    return (
        f"Die Regel hängt von „{name_of(question)}“ ab. Das wird erst später gefragt "
        f"(Schritt „{name_of(question.step)}“). Verschieben Sie die Frage oder ändern Sie die Regel."
    )


def below(question: Node) -> str:
    return f"Die Regel hängt von „{name_of(question)}“ ab. Diese Frage steht weiter unten im selben Schritt."


def retention_law() -> str:
    return (
        "Es fehlt, worauf sich die Aufbewahrung stützt, zum Beispiel ein Gesetz oder der Aktenplan. "
        "Tragen Sie es unter „Angaben zum Formular“ ein."
    )


def retention(questions: list[Node]) -> str:
    first, others = questions[0], len(questions) - 1
    asking = {0: "erhebt", 1: "und eine weitere Frage erheben"}.get(others, f"und {others} weitere Fragen erheben")
    return (
        f"Es fehlt, wie lange Anträge aufbewahrt werden: „{name_of(first)}“ {asking} personenbezogene Daten. "
        "Tragen Sie unter „Angaben zum Formular“ die Aufbewahrung in Monaten ein."
    )
