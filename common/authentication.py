"""Who calls: the session of the browser. 401 instead of DRF's 403 when nobody is signed in."""

from __future__ import annotations

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session; changes need the CSRF token."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
