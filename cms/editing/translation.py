"""wagtail-localize for our rules: only the own office's content, publishing only by who may, no Leichte Sprache.

The package asks for the kind of snippet, and for some views for nothing. Its views stay under their addresses; in front
of each stands a check of the objects that the address names. A view whose address names something unknown is refused.
Leichte Sprache is rewritten, not translated segment by segment (guide, section 5.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, include, path
from rest_framework.parsers import FormParser, MultiPartParser
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.edit_translation import edit_override, edit_string_translation
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitSnippetTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView
from wagtail_localize.wagtail_hooks import register_admin_urls as localize_urls

from cms.permissions import can_change_snippet, can_publish_snippet
from cms.wording import SIMPLE

View = Callable[..., HttpResponse]
ANY_RIGHT = frozenset({"add", "change", "delete", "view"})
CHECKED_BY_THE_OBJECT = frozenset({"string_segment_id", "overridable_segment_id", "mode"})


class WithoutSimpleLanguage:
    """Takes `de-simple` out of the languages one can submit a service for."""

    def get_form(self) -> Any:
        form = super().get_form()  # type: ignore[misc]  # a mixin: the view beside it has get_form
        form.fields["locales"].queryset = form.fields["locales"].queryset.exclude(language_code=SIMPLE)
        return form


class SubmitPageView(WithoutSimpleLanguage, SubmitPageTranslationView):
    """Submit a page for translation."""


class SubmitSnippetView(WithoutSimpleLanguage, SubmitSnippetTranslationView):
    """Submit a snippet for translation."""


class UpdateView(UpdateTranslationsView):
    """Bring translations up to date; "publish immediately" only for who may publish every one of them."""

    def get_form(self) -> Any:
        form = super().get_form()
        targets = [translation.get_target_instance() for translation in self.object.translations.filter(enabled=True)]
        if not all(can_publish(self.request.user, target) for target in targets):
            form.fields["publish_translations"].disabled = True
            form.fields["publish_translations"].widget = forms.HiddenInput()
        return form


def _with_forms(view: Any) -> View:
    """Our API takes JSON only; the translation editor sends its texts as a form."""
    changes = {"parser_classes": (MultiPartParser, FormParser)}
    return type(view.cls.__name__, (view.cls,), changes).as_view()


OURS = {
    "edit_string_translation": _with_forms(edit_string_translation),
    "edit_override": _with_forms(edit_override),
    "submit_page_translation": SubmitPageView.as_view(),
    "submit_snippet_translation": SubmitSnippetView.as_view(),
    "update_translations": UpdateView.as_view(),
}


def get_urls() -> list[Any]:
    """Same addresses as in wagtail-localize; these come first."""
    (localize,) = localize_urls()
    return [path("localize/", include([_guarded(pattern) for pattern in localize.url_patterns]))]


def can_change(user: Any, instance: Model) -> bool:
    """A page in the own subtree, or a snippet of the own office."""
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_edit())
    return can_change_snippet(user, instance)


def can_publish(user: Any, instance: Model) -> bool:
    """As `can_change`, for putting it online."""
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_publish())
    return can_publish_snippet(user, instance)


def _guarded(pattern: URLPattern) -> URLPattern:
    view: View = OURS.get(pattern.name, pattern.callback)
    allows = can_publish if pattern.name == "convert_to_alias" else can_change  # it puts the German text online

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not all(allows(request.user, instance) for instance in _list_named(request, **kwargs)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return URLPattern(pattern.pattern, guarded, pattern.default_args)


def _list_named(request: HttpRequest, **kwargs: Any) -> Iterator[Model]:
    """Pages and snippets that the address names; raises Http404, and PermissionDenied for what nobody could check."""
    named = {name: value for name, value in kwargs.items() if name not in CHECKED_BY_THE_OBJECT}
    match named:
        case {"page_id": pk, **rest} if not rest:
            yield get_object_or_404(Page, pk=pk)
        case {"translation_id": pk, **rest} if not rest:
            yield _find(get_object_or_404(Translation, pk=pk).get_target_instance)
        case {"translation_source_id": pk, **rest} if not rest:
            yield _find(get_object_or_404(TranslationSource, pk=pk).get_source_instance)
        case {"app_label": app_label, "model_name": model_name, **rest} if rest.keys() <= {"pk"}:
            model = get_snippet_model_from_url_params(app_label, model_name)
            if not policy_registry.get_by_type(model).user_has_any_permission(request.user, ANY_RIGHT):
                raise PermissionDenied
            if rest:
                yield _find(lambda: model._default_manager.get(pk=unquote(rest["pk"])))
        case _ if named:
            raise PermissionDenied


def _find(get: Callable[[], Model]) -> Model:
    try:
        return get()
    except (ObjectDoesNotExist, ValueError) as error:
        raise Http404 from error
