"""Just enough grammar to put a label into a sentence: „das Geburtsdatum“, „Ihre Adresse“, “your date of birth”."""

from __future__ import annotations

import re

FEMININE = re.compile(
    r"(nummer|adresse|(?<!sp)(?<!spr)ung|heit|keit|schaft|tät|ion|zahl|straße|anschrift|mail|größe|höhe|menge|fläche|"
    r"dauer|(?<!st)art|rasse|farbe|marke|iban|bank|gebühr|summe|uhrzeit|firma|sprache|person)$"
)
NEUTER = re.compile(
    r"(datum|geschlecht|(^|[^hw])alter|land|jahr|gewicht|zeichen|konto|telefon|geld|amt|foto|bild|einkommen|grundstück)$"
)
MASCULINE = re.compile(
    r"(name|(?<!w)ort|beruf|betrag|antrag|vertrag|grund|monat|stand|beginn|zeitraum|preis|titel|zusatz|stadtteil|zweck)$"
)
#: A noun, maybe with what belongs to it: „Name“, „Name des Hundes“, „Anschrift in Jena“.
NOUN_FIRST = re.compile(r"([A-ZÄÖÜ][\w-]*)((?: (?:des|der|vom|von|in|im|am) .*)?)")
OWNED = re.compile(r"Ihre? (?=[A-ZÄÖÜ])")
LONGEST = 60


def is_question(label: str) -> bool:
    return label.rstrip().endswith("?")


def quoted(label: str, locale: str) -> str:
    return f"“{label}”" if locale == "en" else f"„{label}“"


def object_phrase(label: str, locale: str, *, own: bool) -> str:
    """The label as the thing to be given (accusative). `own`: it is certainly the applicant's own datum."""
    label = label.strip()
    if locale == "en":
        return english_object(label, own=own)
    said = OWNED.sub("", label)
    found = NOUN_FIRST.fullmatch(said) if len(label) <= LONGEST else None
    article = accusative_article(found[1], own=own or said != label) if found else ""
    if found is None or not article:
        return quoted(label, locale)
    ending = "n" if found[1].casefold().endswith("name") else ""  # der Name, den Namen
    return f"{article} {found[1]}{ending}{found[2]}"


def english_object(label: str, *, own: bool) -> str:
    if label.startswith("Your "):
        return "y" + label[1:]
    if not own:
        return quoted(label, "en")
    return "your " + (label if label[1:2].isupper() else label[:1].lower() + label[1:])


def accusative_article(noun: str, *, own: bool) -> str:
    """Article of a German noun, empty where we cannot tell."""
    word = noun.casefold()
    if NEUTER.search(word):
        return "Ihr" if own else "das"
    if FEMININE.search(word):
        return "Ihre" if own else "die"
    if MASCULINE.search(word):
        return "Ihren" if own else "den"
    return ""
