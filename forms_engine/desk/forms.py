"""Forms of the desk's pages about a form as a whole."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.api import Unit
from forms_engine.desk.inputs import LANGUAGES, language_name, read_links, read_texts
from forms_engine.models.forms import FORM_KEY

SHORT, LONG = forms.TextInput, forms.Textarea(attrs={"rows": 3})


class NewFormForm(forms.Form):
    """What a new form needs."""

    title = forms.CharField(
        label="Titel", max_length=200, help_text="So heißt der Antrag für die Menschen, zum Beispiel „Hund anmelden“."
    )
    key = forms.CharField(
        label="Kürzel",
        max_length=80,
        validators=[FORM_KEY],
        help_text="Für Adressen, zum Beispiel hund-anmelden. Lässt sich später nicht ändern.",
    )
    unit = forms.ModelChoiceField(
        label="Zuständiges Amt", queryset=Unit.objects.none(), help_text="Dieses Amt bekommt die Anträge."
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def document(self) -> dict[str, Any]:
        """A first draft with one empty step."""
        data = self.cleaned_data
        return {
            "format": "flow/1",
            "key": data["key"],
            "kind": "application",
            "locales": ["de"],
            "default_locale": "de",
            "title": {"de": data["title"]},
            "unit": data["unit"].key,
            "steps": [{"id": "angaben", "title": {"de": "Ihre Angaben"}, "nodes": []}],
        }


class CopyForm(forms.Form):
    """Name of a copy."""

    title = forms.CharField(label="Titel der Kopie", max_length=200)
    key = forms.CharField(
        label="Kürzel der Kopie", max_length=80, validators=[FORM_KEY], help_text="Für Adressen. Bleibt für immer."
    )


class PackageForm(forms.Form):
    """A package to take in."""

    package = forms.FileField(
        label="Paket", help_text="Die Zip-Datei aus „Kopieren und weitergeben“ oder aus manage.py export_form."
    )
    unit = forms.ModelChoiceField(
        label="Zuständiges Amt", queryset=Unit.objects.none(), required=False, empty_label="wie im Paket"
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class TextsForm(forms.Form):
    """A form with texts in several languages: `<name>__<locale>` inputs, default language first."""

    texts: Mapping[str, tuple[str, str, Any]] = {}

    def __init__(self, *args: Any, document: dict[str, Any], source: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document, self.source = document, source
        self.locales = locales_of(document)
        for name, (label, help_text, widget) in self.texts.items():
            self.add_text(name, label, help_text, widget)

    def add_text(self, name: str, label: str, help_text: str, widget: Any) -> None:
        """One input a language."""
        stored = self.source.get(name) or {}
        for index, locale in enumerate(self.locales):
            suffix = f" ({language_name(locale)})" if index else ""
            field = forms.CharField(
                label=label + suffix, help_text="" if index else help_text, required=False, widget=widget
            )
            field.initial = stored.get(locale, "") if isinstance(stored, dict) else ""
            self.fields[f"{name}__{locale}"] = field

    def text_groups(self) -> list[dict[str, Any]]:
        """Each text: the input of the form's own language, and those of the others to unfold."""
        first, *others = self.locales
        return [
            {"main": self[f"{name}__{first}"], "others": [self[f"{name}__{locale}"] for locale in others]}
            for name in self.texts
        ]

    def other_fields(self) -> list[Any]:
        """All inputs that are not texts."""
        names = {f"{name}__{locale}" for name in self.texts for locale in self.locales}
        return [self[name] for name in self.fields if name not in names]

    def with_texts(self, target: dict[str, Any]) -> dict[str, Any]:
        """`target` with the posted texts; empty ones are removed."""
        for name in self.texts:
            texts = read_texts(self.data, name, self.locales)
            target.pop(name, None)
            if texts:
                target[name] = texts
        return target


def locales_of(document: dict[str, Any]) -> list[str]:
    """The form's languages, its own first."""
    first = document.get("default_locale") or "de"
    return [first, *(loc for loc in document.get("locales") or [] if loc != first)]


class SettingsForm(TextsForm):
    """Everything about a form that is not a question."""

    texts: Mapping[str, tuple[str, str, Any]] = {
        "title": ("Titel", "So heißt der Antrag für die Menschen.", SHORT),
        "description": ("Worum geht es?", "Ein, zwei Sätze für die Startseite des Antrags.", LONG),
        "purpose": (
            "Zweck der Datenerhebung",
            "Wofür werden die Angaben gebraucht? Steht in den Hinweisen zum Datenschutz.",
            LONG,
        ),
        "declaration": (
            "Erklärung vor dem Absenden",
            "Was die Menschen bestätigen, zum Beispiel „Meine Angaben sind richtig und vollständig.“",
            LONG,
        ),
    }
    unit = forms.ModelChoiceField(label="Zuständiges Amt", queryset=Unit.objects.none(), to_field_name="key")
    minutes = forms.IntegerField(
        label="Dauer in Minuten",
        min_value=1,
        max_value=240,
        required=False,
        help_text="So lange braucht man zum Ausfüllen.",
    )
    retention = forms.IntegerField(
        label="Aufbewahrung in Monaten",
        min_value=0,
        max_value=1200,
        required=False,
        help_text="Danach werden abgeschlossene Anträge gelöscht.",
    )
    retention_law = forms.CharField(
        label="Grundlage der Aufbewahrung",
        max_length=300,
        required=False,
        help_text="Warum so lange? Zum Beispiel ein Gesetz mit Paragraf oder der Aktenplan. Antragstellende sehen es.",
    )
    locales = forms.MultipleChoiceField(
        label="Weitere Sprachen",
        choices=[(k, v) for k, v in LANGUAGES.items() if k != "de"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, document: dict[str, Any], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, document=document, source=document, **kwargs)
        self.fields["unit"].queryset = units
        self.initial = {
            "unit": document.get("unit"),
            "minutes": document.get("minutes"),
            "retention": (document.get("retention") or {}).get("submission_months"),
            "retention_law": (document.get("retention") or {}).get("law"),
            "locales": [loc for loc in document.get("locales") or [] if loc != "de"],
        }

    def laws(self) -> list[dict[str, str]]:
        """Rows of legal bases to show, with one empty row to fill in."""
        stored = read_links(self.data) if self.is_bound else self.document.get("legal_basis") or []
        return [*stored, {}]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not read_texts(self.data, "title", self.locales[:1]):
            self.add_error(f"title__{self.locales[0]}", "Bitte geben Sie dem Formular einen Titel.")
        return data

    def changed_document(self) -> dict[str, Any]:
        """The document with what was posted."""
        data, changed = self.cleaned_data, self.with_texts(copy.deepcopy(self.document))
        changed["unit"] = data["unit"].key
        changed["locales"] = [self.locales[0], *(loc for loc in data["locales"] if loc != self.locales[0])]
        _set(changed, "minutes", data.get("minutes"))
        _set(changed, "legal_basis", read_links(self.data))
        retention = {"submission_months": data.get("retention"), "law": data.get("retention_law")}
        said = {name: value for name, value in retention.items() if value not in (None, "")}
        _set(changed, "retention", said or None)
        return changed


class SectionSettingsForm(SettingsForm):
    """The same about a section: without what only a whole form can say."""

    texts: Mapping[str, tuple[str, str, Any]] = {
        "title": (
            "Name des Bausteins",
            "So heißt er in der Redaktion und, wenn man nichts anderes sagt, im Formular.",
            SHORT,
        ),
        "description": ("Wofür ist er da?", "Ein Satz für alle, die ihn in ein Formular einfügen wollen.", LONG),
        "purpose": (
            "Zweck der Datenerhebung",
            "Geht mit jeder Frage in die Formulare. Leer lassen: Dann gilt der Zweck des Formulars.",
            LONG,
        ),
    }
    minutes = None
    retention = None
    retention_law = None


def _set(target: dict[str, Any], name: str, value: Any) -> None:
    target.pop(name, None)
    if value not in (None, "", []):
        target[name] = value
