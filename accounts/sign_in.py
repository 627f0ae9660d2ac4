"""Who may get an account, and how often somebody may guess a password."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator. Were they open to all, somebody could take the address of a future
    clerk, wait until it is given rights, and have them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class AdminSignInForm(LoginForm):
    """Wagtail's form with the limits that allauth sets at /anmelden: per address of the sender and per account."""

    def clean(self) -> dict[str, Any]:
        if not self._is_allowed(dry_run=True):
            raise forms.ValidationError(_("Zu viele Versuche. Bitte warten Sie ein paar Minuten."), code="too_many")
        try:
            data: dict[str, Any] = super().clean()
        except forms.ValidationError:
            self._is_allowed(dry_run=False)
            raise
        return data

    def _is_allowed(self, *, dry_run: bool) -> bool:
        key = f"admin:{str(self.cleaned_data.get('username', '')).lower()}"
        return ratelimit.consume(self.request, action="login_failed", key=key, dry_run=dry_run)
