"""Messages for people who fill in a form: say what is wrong and what to do, in German, English and Leichte Sprache.

A message may use `{label}` (the label in quotation marks), `{object}` (the label inside a sentence, „das
Geburtsdatum“), and the parameters of the fault. Field types add their own messages in their own file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Message = Mapping[str, str]  # locale -> text


def message(de: str, en: str, simple: str) -> Message:
    return MappingProxyType({"de": de, "en": en, "de-simple": simple})


COMMON: Mapping[str, Message] = {
    "required": message(
        "Bitte geben Sie {object} an.",
        "Please enter {object}.",
        "Hier fehlt etwas. Bitte schreiben Sie hier: {label}.",
    ),
    "required_field": message(  # where the label does not go into a sentence
        "Bitte füllen Sie das Feld {label} aus.",
        "Please fill in {label}.",
        "Hier fehlt etwas. Bitte schreiben Sie hier: {label}.",
    ),
    "required_question": message(
        "Bitte beantworten Sie die Frage {label}",
        "Please answer the question {label}",
        "Hier fehlt Ihre Antwort. Die Frage ist: {label}",
    ),
    "not_text": message(
        "{label}: Diese Eingabe können wir nicht lesen. Bitte geben Sie einen Text ein.",
        "{label}: We cannot read this. Please enter text.",
        "Wir können das nicht lesen. Bitte schreiben Sie einen Text.",
    ),
    "text_unreadable": message(
        "{label}: Der Text enthält Zeichen, die nicht gespeichert werden können. Bitte geben Sie ihn noch einmal ein, "
        "ohne ihn zu kopieren.",
        "{label}: The text contains characters that cannot be saved. Please type it again instead of pasting it.",
        "In dem Text sind Zeichen, die nicht gehen. Bitte schreiben Sie den Text noch einmal selbst.",
    ),
    "rule_failed": message(
        "Bitte prüfen Sie {object}.", "Please check {object}.", "Bitte schauen Sie noch einmal: {label}."
    ),
    "option_not_available": message(
        "{label}: Diese Antwort passt nicht zu Ihren anderen Angaben. Bitte wählen Sie eine andere.",
        "{label}: This answer does not go with your other answers. Please choose another one.",
        "Diese Antwort geht hier nicht. Bitte wählen Sie eine andere Antwort.",
    ),
    "group_required": message(
        "Bitte füllen Sie mindestens ein Feld bei {label} aus.",
        "Please fill in at least one field in {label}.",
        "Hier fehlt etwas. Bitte schreiben Sie etwas bei: {label}.",
    ),
    "rows_invalid": message(
        "{label}: Die Liste der Einträge ist beschädigt. Bitte fügen Sie die Einträge neu hinzu.",
        "{label}: The list of entries is damaged. Please add the entries again.",
        "Die Liste ist kaputt. Bitte machen Sie die Liste neu.",
    ),
    "rows_too_few": message(
        "{label}: Bitte fügen Sie mindestens {min} {entries_min} hinzu.",
        "{label}: Please add at least {min} {entries_min}.",
        "{label}: Sie brauchen hier mindestens {min} {entries_min}.",
    ),
    "rows_too_many": message(
        "{label}: Möglich sind höchstens {max} {entries_max}. Bitte entfernen Sie die übrigen.",
        "{label}: You can add at most {max} {entries_max}. Please remove the others.",
        "{label}: Es gehen nur {max} {entries_max}. Bitte nehmen Sie die anderen weg.",
    ),
}


def render(found: Message, locale: str, params: Mapping[str, Any]) -> str:
    """Fill a message; a parameter that is missing shows as nothing rather than breaking the page."""
    template = found.get(locale) or found["de"]
    return template.format_map(_Lenient(params))


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
