"""What people read when something is missing or wrong: specific, friendly, with the way out."""

from __future__ import annotations

import pytest

from tests.forms_engine.domain.flows import check, flow_of, node, options, text

DOG = text("Hundename", en="Name of the dog", **{"de-simple": "Name vom Hund"})


def messages(question, raw, locale="de"):
    flow = flow_of(question, locales=["de", "en", "de-simple"])
    return [error.message(locale) for error in check(flow, {} if raw is None else {"s.x": raw}).errors]


@pytest.mark.parametrize(
    ("question", "raw", "expected"),
    [
        (
            node("x", "date", label="Geburtsdatum", autocomplete="bday"),
            None,
            "Bitte geben Sie Ihr Geburtsdatum an, zum Beispiel 31.12.1990.",
        ),
        (
            node("x", "date", label="Geburtsdatum"),
            None,
            "Bitte geben Sie das Geburtsdatum an, zum Beispiel 31.12.1990.",
        ),
        (node("x", label="Vorname", autocomplete="given-name"), None, "Bitte geben Sie Ihren Vornamen an."),
        (node("x", label="Name des Hundes"), None, "Bitte geben Sie den Namen des Hundes an."),
        (node("x", label="Kitafüchse"), None, "Bitte füllen Sie das Feld „Kitafüchse“ aus."),
        (node("x", label="Wie heißt der Hund?"), None, "Bitte beantworten Sie die Frage „Wie heißt der Hund?“"),
        (
            node("x", "date", label="Seit wann?"),
            None,
            "Bitte beantworten Sie die Frage „Seit wann?“ mit einem Datum, zum Beispiel 31.12.1990.",
        ),
        (
            node("x", "email", label="E-Mail", autocomplete="email"),
            None,
            "Bitte geben Sie Ihre E-Mail an, zum Beispiel name@beispiel.de.",
        ),
        (
            node("x", "yes_no", label="Haben Sie einen Hund?"),
            None,
            "Bitte beantworten Sie die Frage „Haben Sie einen Hund?“ mit Ja oder Nein.",
        ),
        (
            node("x", "choice", label="Rasse", options=options("a")),
            None,
            "Bitte wählen Sie bei „Rasse“ eine Antwort aus.",
        ),
        (node("x", "file", label="Impfpass"), None, "Bitte laden Sie bei „Impfpass“ eine Datei hoch."),
        (
            node("x", "date", label="Geburtsdatum", max="today"),
            "1.1.2030",
            "„Geburtsdatum“: Das Datum darf nicht nach dem 01.03.2026 liegen.",
        ),
        (
            node("x", "money", label="Betrag", max="1000.00"),
            "1000,01",
            "„Betrag“: Der Betrag darf höchstens 1.000,00 € sein.",
        ),
        (node("x", "integer", label="Alter", min=18, unit="Jahre"), "3", "„Alter“: Die Zahl muss mindestens 18 sein."),
        (
            node("x", "address", label="Anschrift"),
            {"street": "Markt"},
            "„Anschrift“: Bitte ergänzen Sie noch Hausnummer, Postleitzahl, Ort.",
        ),
        (
            node("x", label="Zeichen", pattern="[A-Z]{2}", help=text("Zwei große Buchstaben")),
            "ab",
            "„Zeichen“: Diese Schreibweise erkennen wir nicht. Bitte prüfen Sie die Eingabe (Zwei große Buchstaben).",
        ),
        (
            node("x", label="Name", max_length=3),
            "Anna",
            "„Name“: Bitte kürzen Sie den Text auf höchstens 3 Zeichen. Jetzt sind es 4.",
        ),
    ],
)
def test_message__in_german__names_the_thing_and_the_way_out(question, raw, expected):
    assert messages(question, raw) == [expected]


def test_message__in_english_and_simple_german__uses_their_labels():
    question = node("x") | {"label": DOG}
    assert messages(question, None, "en") == ["Please fill in “Name of the dog”."]
    assert messages(question, None, "de-simple") == ["Hier fehlt etwas. Bitte schreiben Sie hier: „Name vom Hund“."]
    own = node("x", "date", autocomplete="bday") | {"label": text("Geburtsdatum", en="Date of birth")}
    assert messages(own, None, "en") == ["Please enter your date of birth, for example 31 12 1990."]


def test_message__limits_in_english__are_written_the_english_way():
    question = node("x", "money", max="1000.00") | {"label": text("Betrag", en="Amount")}
    assert messages(question, "2000", "en") == ["“Amount”: The amount must be €1,000.00 or less."]


def test_message__label_with_braces__is_shown_as_it_is():
    assert messages(node("x", label="{0} {label!r}"), None) == ["Bitte füllen Sie das Feld „{0} {label!r}“ aus."]


def test_label__of_an_error__is_that_of_the_locale():
    flow = flow_of(node("x") | {"label": DOG}, locales=["de", "en"])
    [error] = check(flow, {}).errors
    assert (error.label("en"), error.label("de"), error.label("fr")) == ("Name of the dog", "Hundename", "Hundename")
