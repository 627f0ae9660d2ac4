"""Typed parts of a page: fees, deadlines, documents, steps, channels, opening hours.

A block says what is always wrong (an amount below zero, a range upside down) and, when the editor publishes,
what is still missing. While a draft is saved Wagtail defers the second kind (`is_deferred_validation`).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.coreutils import resolve_model_string
from wagtail.hooks import search_for_hooks

from cms.wording import (
    CURRENCIES,
    DAY_STATES,
    WEEKDAYS,
    AccessibilityFeature,
    DeadlineKind,
    FeatureState,
    TimeUnit,
)

PROSE = ["bold", "ol", "ul", "link", "document-link"]
PROSE_WITH_HEADINGS = ["h2", "h3", *PROSE]


class SameInAllLanguages:
    """Mixin: the value is copied to translations and never offered to translators."""

    def get_translatable_segments(self, value: Any) -> list:
        return []

    def restore_translated_segments(self, value: Any, segments: list) -> Any:
        return value


class LineBlock(blocks.CharBlock):
    """One line of text; what was never filled in is "", because wagtail-localize cannot split None."""

    class Meta:
        default = ""


class ParagraphBlock(blocks.TextBlock):
    """Several lines of plain text, "" when empty."""

    class Meta:
        default = ""


class PlainCharBlock(SameInAllLanguages, LineBlock):
    """A number, a code or a name that reads the same in every language."""


class LocationChooserBlock(SameInAllLanguages, blocks.ChooserBlock):
    """Chooses a location. Translations keep the German one; readers resolve it to their language."""

    target_model = "cms.Location"

    @cached_property
    def widget(self) -> Any:
        from wagtail.snippets.widgets import AdminSnippetChooser

        search_for_hooks()
        return AdminSnippetChooser(resolve_model_string(self.target_model), icon="home")

    class Meta:
        icon = "home"


class FormChooserBlock(SameInAllLanguages, blocks.ChooserBlock):
    """Chooses an application form. A page goes online only with a form that is online."""

    target_model = "forms_engine.Form"

    @cached_property
    def widget(self) -> Any:
        from cms.choosers import form_chooser_viewset

        return form_chooser_viewset.widget_class()

    def clean(self, value: Any) -> Any:
        form = super().clean(value)
        is_offered = form is None or (form.live_id is not None and not form.is_section)
        if not is_offered and not self.is_deferred_validation:
            raise ValidationError(_("Dieses Formular ist noch nicht online. Veröffentlichen Sie zuerst das Formular."))
        return form

    class Meta:
        icon = "form"


class CheckedStructBlock(blocks.StructBlock):
    """A StructBlock with rules over several of its fields."""

    def find_mistakes(self, value: Any) -> dict[str, str]:
        """What is wrong in any case: field name -> message."""
        return {}

    def find_gaps(self, value: Any) -> dict[str, str]:
        """What is missing for publishing: field name -> message."""
        return {}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        found = self.find_mistakes(cleaned)
        if not self.is_deferred_validation:
            found = self.find_gaps(cleaned) | found
        if found:
            errors = {name: ValidationError(message) for name, message in found.items()}
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


class MoneyBlock(blocks.DecimalBlock):
    """An amount of at least zero with two places, written and read the German way: 12,50."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        limits: dict[str, Any] = {"min_value": 0, "max_digits": 10, "decimal_places": 2}
        super().__init__(required=required, help_text=help_text, **limits, **kwargs)
        self.field: forms.Field = forms.DecimalField(required=required, help_text=help_text, localize=True, **limits)


def _upside_down(low: Any, high: Any) -> bool:
    return low is not None and high is not None and low > high


class FeeBlock(CheckedStructBlock):
    label = LineBlock(
        label=_("Wofür"),
        required=False,
        max_length=250,
        help_text=_("Zum Beispiel: „Unter 24 Jahren“ oder „Erster Hund“."),
    )


class LegalFeeBlock(FeeBlock):
    currency = blocks.ChoiceBlock(label=_("Währung"), choices=CURRENCIES, default="EUR")
    legal_basis = PlainCharBlock(
        label=_("Rechtsgrundlage"),
        required=False,
        max_length=250,
        help_text=_("Zum Beispiel: § 3 Verwaltungskostensatzung."),
    )


class FixedFeeBlock(LegalFeeBlock):
    amount = MoneyBlock(label=_("Betrag"))

    class Meta:
        label = _("Fester Betrag")
        icon = "tag"
        form_layout: ClassVar = ["label", "amount", "currency", "legal_basis"]


class RangeFeeBlock(LegalFeeBlock):
    amount = MoneyBlock(label=_("von"))
    amount_max = MoneyBlock(label=_("bis"))
    text = LineBlock(label=_("Wovon hängt das ab?"), required=False, max_length=500)

    def find_mistakes(self, value: Any) -> dict[str, str]:
        if _upside_down(value["amount"], value["amount_max"]):
            return {"amount_max": _("„Bis“ muss mindestens so hoch sein wie „von“.")}
        return {}

    class Meta:
        label = _("Spanne von … bis")
        icon = "arrows-up-down"
        form_layout: ClassVar = ["label", "amount", "amount_max", "currency", "text", "legal_basis"]


class FeeRowBlock(blocks.StructBlock):
    label = LineBlock(label=_("Wofür"), max_length=250)
    amount = MoneyBlock(label=_("Betrag"))


class TableFeeBlock(LegalFeeBlock):
    rows = blocks.ListBlock(FeeRowBlock(), label=_("Zeilen"), min_num=1)

    class Meta:
        label = _("Tabelle")
        icon = "table"
        form_layout: ClassVar = ["label", "rows", "currency", "legal_basis"]


class FormulaFeeBlock(LegalFeeBlock):
    text = ParagraphBlock(label=_("So wird gerechnet"), rows=2, help_text=_("Zum Beispiel: „3 Prozent der Bausumme“."))

    class Meta:
        label = _("Berechnung")
        icon = "code"
        form_layout: ClassVar = ["label", "text", "currency", "legal_basis"]


class FreeFeeBlock(FeeBlock):
    text = LineBlock(label=_("Hinweis"), required=False, max_length=500)
    legal_basis = PlainCharBlock(label=_("Rechtsgrundlage"), required=False, max_length=250)

    class Meta:
        label = _("Kostenlos")
        icon = "circle-check"


class FeeStreamBlock(blocks.StreamBlock):
    fixed = FixedFeeBlock()
    range = RangeFeeBlock()
    table = TableFeeBlock()
    formula = FormulaFeeBlock()
    free = FreeFeeBlock()


class DeadlineBlock(CheckedStructBlock):
    kind = blocks.ChoiceBlock(label=_("Art"), choices=DeadlineKind.choices, default=DeadlineKind.APPLY)
    label = LineBlock(label=_("Bezeichnung"), required=False, max_length=250)
    amount = blocks.IntegerBlock(label=_("Dauer"), required=False, min_value=1, max_value=1000)
    unit = blocks.ChoiceBlock(label=_("Einheit"), choices=TimeUnit.choices, required=False)
    date = blocks.DateBlock(label=_("oder Stichtag"), required=False)
    text = LineBlock(
        label=_("Erklärung"),
        required=False,
        max_length=500,
        help_text=_("Ab wann läuft die Frist? Was passiert danach?"),
    )

    def find_mistakes(self, value: Any) -> dict[str, str]:
        if value["amount"] and value["date"]:
            return {"date": _("Geben Sie eine Dauer oder einen Stichtag an, nicht beides.")}
        return {}

    def find_gaps(self, value: Any) -> dict[str, str]:
        if not value["amount"] and not value["date"]:
            return {"amount": _("Geben Sie eine Dauer oder einen Stichtag an.")}
        if value["amount"] and not value["unit"]:
            return {"unit": _("Wählen Sie die Einheit, zum Beispiel Wochen.")}
        return {}

    class Meta:
        label = _("Frist")
        icon = "calendar-alt"


class DocumentBlock(blocks.StructBlock):
    title = LineBlock(label=_("Unterlage"), max_length=250)
    note = LineBlock(
        label=_("Hinweis"), required=False, max_length=500, help_text=_("Wer braucht sie? Wie alt darf sie sein?")
    )
    original = blocks.BooleanBlock(label=_("Im Original mitbringen"), required=False)
    required = blocks.BooleanBlock(label=_("Wird immer gebraucht"), required=False, default=True)

    class Meta:
        label = _("Unterlage")
        icon = "doc-full"


class StepBlock(blocks.StructBlock):
    title = LineBlock(label=_("Schritt"), max_length=250)
    text = blocks.RichTextBlock(label=_("Erklärung"), features=PROSE, required=False)

    class Meta:
        label = _("Schritt")
        icon = "list-ol"


class LinkBlock(blocks.StructBlock):
    title = LineBlock(label=_("Titel"), max_length=250)
    url = blocks.URLBlock(label=_("Adresse"))

    class Meta:
        label = _("Link")
        icon = "link"


class LegalBasisBlock(blocks.StructBlock):
    title = LineBlock(
        label=_("Vorschrift"), max_length=250, help_text=_("Zum Beispiel: „§ 17 Bundesmeldegesetz (BMG)“.")
    )
    url = blocks.URLBlock(label=_("Adresse des Textes"), required=False)

    class Meta:
        label = _("Rechtsgrundlage")
        icon = "doc-empty"


class ChannelBlock(CheckedStructBlock):
    label = LineBlock(
        label=_("Aufschrift"),
        required=False,
        max_length=120,
        help_text=_("Steht auf dem Knopf. Leer: eine passende Aufschrift."),
    )
    text = LineBlock(label=_("Erklärung"), required=False, max_length=500)


class OnlineFormBlock(ChannelBlock):
    form = FormChooserBlock(label=_("Formular"))

    class Meta:
        label = _("Online-Antrag")
        icon = "form"
        form_layout: ClassVar = ["form", "label", "text"]


class ExternalLinkBlock(ChannelBlock):
    url = blocks.URLBlock(label=_("Adresse der anderen Seite"))

    class Meta:
        label = _("Online auf einer anderen Seite")
        icon = "link-external"
        form_layout: ClassVar = ["url", "label", "text"]


class OnSiteBlock(ChannelBlock):
    location = LocationChooserBlock(label=_("Standort"))
    url = blocks.URLBlock(label=_("Adresse der Terminbuchung"), required=False)

    class Meta:
        label = _("Vor Ort")
        icon = "home"
        form_layout: ClassVar = ["location", "label", "text", "url"]


class PostBlock(ChannelBlock):
    address = PlainCharBlock(label=_("Postanschrift"), max_length=500)

    class Meta:
        label = _("Mit der Post")
        icon = "mail"
        form_layout: ClassVar = ["address", "label", "text"]


class PhoneBlock(ChannelBlock):
    phone = PlainCharBlock(label=_("Telefonnummer"), max_length=60)

    class Meta:
        label = _("Am Telefon")
        icon = "comment"
        form_layout: ClassVar = ["phone", "label", "text"]


class ChannelStreamBlock(blocks.StreamBlock):
    online_form = OnlineFormBlock()
    external_link = ExternalLinkBlock()
    on_site = OnSiteBlock()
    post = PostBlock()
    phone = PhoneBlock()


class SpanBlock(blocks.StructBlock):
    opens = blocks.TimeBlock(label=_("von"))
    closes = blocks.TimeBlock(label=_("bis"), help_text=_("Früher als „von“ heißt: bis zum nächsten Tag."))


class RegularHoursBlock(blocks.StructBlock):
    weekday = blocks.ChoiceBlock(label=_("Tag"), choices=WEEKDAYS)
    opens = blocks.TimeBlock(label=_("von"))
    closes = blocks.TimeBlock(label=_("bis"), help_text=_("Früher als „von“ heißt: bis zum nächsten Tag."))
    note = LineBlock(label=_("Hinweis"), required=False, max_length=200, help_text=_("Zum Beispiel: „nur mit Termin“."))

    class Meta:
        label = _("Öffnungszeit")
        icon = "time"


class HoursExceptionBlock(CheckedStructBlock):
    starts = blocks.DateBlock(label=_("vom"))
    ends = blocks.DateBlock(label=_("bis zum"))
    state = blocks.ChoiceBlock(label=_("An diesen Tagen"), choices=DAY_STATES, default="closed")
    spans = blocks.ListBlock(SpanBlock(), label=_("Zeiten"), default=[])
    reason = LineBlock(label=_("Grund"), max_length=200, help_text=_("Zum Beispiel: „Betriebsausflug“."))

    def find_mistakes(self, value: Any) -> dict[str, str]:
        if _upside_down(value["starts"], value["ends"]):
            return {"ends": _("Das Ende liegt vor dem Anfang.")}
        return {}

    def find_gaps(self, value: Any) -> dict[str, str]:
        if value["state"] == "open" and not value["spans"]:
            return {"state": _("Geben Sie darunter an, von wann bis wann geöffnet ist.")}
        return {}

    class Meta:
        label = _("Ausnahme")
        icon = "calendar-alt"


class AccessibilityBlock(blocks.StructBlock):
    key = blocks.ChoiceBlock(label=_("Merkmal"), choices=AccessibilityFeature.choices)
    label = LineBlock(label=_("Bezeichnung"), max_length=120)
    state = blocks.ChoiceBlock(label=_("Vorhanden"), choices=FeatureState.choices)
    note = LineBlock(label=_("Hinweis"), required=False, max_length=300)

    class Meta:
        label = _("Merkmal")
        icon = "user"


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Art"), choices=[("info", _("Hinweis")), ("warning", _("Achtung"))], default="info"
    )
    title = LineBlock(label=_("Überschrift"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        label = _("Hinweiskasten")
        icon = "info-circle"


class BodyStreamBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE_WITH_HEADINGS)
    notice = NoticeBlock()
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), icon="link")
