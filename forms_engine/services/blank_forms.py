"""The empty form as PDF, made once a process for each version and language: a published flow never changes."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Any

from django.conf import settings
from django.utils import formats, timezone, translation

from common.api import clock
from forms_engine.documents.renderer import BlankContent, render_blank_form
from forms_engine.domain.paper import paper_view, plain_text
from forms_engine.fields import say
from forms_engine.models import FlowVersion
from forms_engine.queries.forms import access_published_version
from forms_engine.services.flows import cached_flow

KEEP = 64
PDF_LANGUAGE = {"de": "de", "en": "en", "de-simple": "de"}
LABELS: dict[str, dict[str, str]] = {
    "de": {
        "city": "Stadt {name}",
        "page": "Seite",
        "of": "von",
        "to": "Dieses Formular geben Sie ab bei",
        "bring": "Bitte bringen Sie mit",
        "declaration": "Erklärung",
        "signature": "Ort, Datum und Unterschrift",
        "stand": "Fassung {number} vom {date}",
        "how": "Bitte in Druckschrift ausfüllen und Zutreffendes ankreuzen. Schneller geht es online, dort sehen Sie "
        "nur die Fragen, die Sie betreffen.",
    },
    "en": {
        "city": "City of {name}",
        "page": "Page",
        "of": "of",
        "to": "Please hand this form in at",
        "bring": "Please bring with you",
        "declaration": "Declaration",
        "signature": "Place, date and signature",
        "stand": "Version {number} of {date}",
        "how": "Please write in capital letters and tick what applies. It is quicker online: there you only see the "
        "questions that concern you.",
    },
    "de-simple": {
        "city": "Stadt {name}",
        "page": "Seite",
        "of": "von",
        "to": "Geben Sie das Blatt hier ab",
        "bring": "Bringen Sie das mit",
        "declaration": "Das unterschreiben Sie",
        "signature": "Ort, Datum und Unterschrift",
        "stand": "Fassung {number} vom {date}",
        "how": "Schreiben Sie deutlich. Machen Sie Kreuze, wo es passt.",
    },
}
_lock = Lock()


def get_blank_form(key: str, locale: str) -> bytes:
    """The PDF of the form that is online. Raises FormNotFound, RenderingFailed."""
    version = access_published_version(key)
    with _lock:  # one at a time: a crowd asks for the same page, and must not make it a hundred times
        return _rendered(version.pk, version.hash, locale)


@lru_cache(maxsize=KEEP)
def _rendered(pk: int, digest: str, locale: str) -> bytes:
    """`digest` is part of the key: tests and restored databases use an id twice."""
    version = FlowVersion.objects.select_related("form__unit").defer("document", "form__draft").get(pk=pk)
    with translation.override(locale):
        return render_blank_form(_content(version, locale), moment=version.published_at)


def _content(version: FlowVersion, locale: str) -> BlankContent:
    flow, labels = cached_flow(version), LABELS[locale]
    document: dict[str, Any] = flow.document
    published = timezone.localtime(version.published_at, clock.CITY_TIME)

    def text(source: Any) -> str:
        return plain_text(say(source, locale, flow.default_locale))

    return BlankContent(
        lang=PDF_LANGUAGE[locale],
        city=labels["city"].format(name=settings.CITY_NAME),
        title=text(flow.title),
        intro=text(document.get("description")),
        unit=version.form.unit.name,
        bring=[text(item.text) for item in flow.bring],
        sections=paper_view(flow, locale),
        declaration=text(document.get("declaration")),
        stand=labels["stand"].format(number=version.number, date=formats.date_format(published, "DATE_FORMAT")),
        labels=labels,
    )
