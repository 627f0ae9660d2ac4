"""The form desk in the Wagtail admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.api import edited_units_of


class FormsMenuItem(MenuItem):
    """Shown to whoever edits for at least one unit."""

    def is_shown(self, request: HttpRequest) -> bool:
        return edited_units_of(request.user).exists()


@hooks.register("register_admin_urls")
def register_desk_urls() -> list:
    return [path("formulare/", include("forms_engine.desk.urls"))]


@hooks.register("register_admin_menu_item")
def register_forms_menu_item() -> MenuItem:
    return FormsMenuItem("Formulare", reverse("desk:index"), icon_name="form", order=150, name="formulare")
