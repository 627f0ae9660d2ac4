"""Keeps editors to the snippets of their own office, in every view of the admin.

Wagtail asks most of its snippet views for the right to the kind of snippet only. Here each view that names a snippet
asks for the snippet itself; the rules are those of `cms.permissions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import Panel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from cms.models import DepartmentGroup
from cms.permissions import SNIPPETS, can_publish_snippet, owners_of, works_for_owner

CHIEF_ONLY = frozenset({"publish", "delete"})
CHECKED = CHIEF_ONLY | {"change"}
FOREIGN_OFFICE = _("Sie können Inhalte nur Ihrem eigenen Amt zuordnen.")


class OfficePolicy(ModelPermissionPolicy):
    """Django's right to the kind of snippet, and for one snippet also the office it belongs to."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        roles = (DepartmentGroup.Role.CHIEF,) if action in CHIEF_ONLY else ()
        return self.user_has_permission(user, action) and works_for_owner(user, instance, *roles)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Model) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)


def register_policies() -> None:
    """Once, before the admin asks for the first policy."""
    for model in SNIPPETS:
        register_permission_policy(model, OfficePolicy(model))


class OfficeForm(WagtailAdminModelForm):
    """Nobody puts content into an office they do not work for; what stood there before may stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before = _owner_ids(self.instance) if self.instance.pk else set()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in {"unit", "units"} & self.fields.keys():
            chosen = cleaned.get(name)
            units = [] if chosen is None else [chosen] if isinstance(chosen, Model) else list(chosen)
            owners = {unit.identity_id for unit in units}
            if owners != self._before and owners and not self._is_own(units):
                self.add_error(name, FOREIGN_OFFICE)
        return cleaned

    def _is_own(self, units: list[Any]) -> bool:
        return self.for_user is None or any(works_for_owner(self.for_user, unit) for unit in units)


def _owner_ids(snippet: Model) -> set[int]:
    return {unit.pk for unit in owners_of(snippet)}


class OfficeEditView(EditView):
    """Publishing asks for the chief editor of this snippet's office, not of any office."""

    def run_before_hook(self) -> HttpResponse | None:
        """wagtail-localize answers here, and publishes a translation for whoever may publish this kind of snippet."""
        if self.request.POST.get("action") == "publish" and not self.may_publish:
            raise PermissionDenied
        return super().run_before_hook()

    @property
    def may_publish(self) -> bool:
        return can_publish_snippet(self.request.user, self.live_object)

    def get_available_actions(self) -> list[str]:
        actions = super().get_available_actions()
        return actions if self.may_publish else [name for name in actions if name != "publish"]


class OfficeViewSet(SnippetViewSet):
    """Lists show everybody's snippets; every view of one snippet is for those who work for its office."""

    edit_view_class = OfficeEditView

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> Callable[..., HttpResponse]:
        view = super().construct_view(view_class, **kwargs)
        wanted = getattr(view_class, "permission_required", None)
        action = wanted if isinstance(wanted, str) and wanted in CHECKED else "change"

        @wraps(view)
        def of_own_office(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "pk" in kwargs:
                self._refuse_foreign(request, action, kwargs["pk"])
            return view(request, *args, **kwargs)

        return of_own_office

    def get_edit_handler(self) -> Panel:
        handler = super().get_edit_handler()
        handler.base_form_class = OfficeForm
        return handler

    def _refuse_foreign(self, request: HttpRequest, action: str, pk: Any) -> None:
        try:
            snippet = self.model._default_manager.get(pk=unquote(str(pk)))
        except (self.model.DoesNotExist, ValueError) as error:
            raise Http404 from error
        if not self.permission_policy.user_has_permission_for_instance(request.user, action, snippet):
            raise PermissionDenied
