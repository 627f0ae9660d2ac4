"""wagtail-localize without Leichte Sprache: rewriting is no segment translation (guide, section 5.2).

The two views replace those of wagtail-localize under the same addresses; only the choice of languages differs.
"""

from __future__ import annotations

from typing import Any

from django.urls import path
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitSnippetTranslationView

from cms.wording import SIMPLE


class WithoutSimpleLanguage:
    """Takes `de-simple` out of the languages one can submit a service for."""

    def get_form(self) -> Any:
        form = super().get_form()  # type: ignore[misc]
        form.fields["locales"].queryset = form.fields["locales"].queryset.exclude(language_code=SIMPLE)
        return form


class SubmitPageView(WithoutSimpleLanguage, SubmitPageTranslationView):
    """Submit a page for translation."""


class SubmitSnippetView(WithoutSimpleLanguage, SubmitSnippetTranslationView):
    """Submit a snippet for translation."""


def get_urls() -> list[Any]:
    """Same addresses as in wagtail-localize; these come first."""
    return [
        path("localize/submit/page/<int:page_id>/", SubmitPageView.as_view(), name="cms_submit_page"),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            SubmitSnippetView.as_view(),
            name="cms_submit_snippet",
        ),
    ]
