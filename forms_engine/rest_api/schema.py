"""How sign-in stands in the OpenAPI document. Imported by the URLs, so that drf-spectacular knows it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.authentication import SessionScheme


class SignedIn(SessionScheme):
    """Session cookie; changes need the header X-CSRFToken as well."""

    target_class = "common.authentication.SessionAuthentication"
    name = "cookieAuth"


class PerhapsSignedIn(SessionScheme):
    """The same cookie where nobody has to be signed in."""

    target_class = "forms_engine.rest_api.base.OptionalSession"
    name = "optionalCookieAuth"

    def get_security_requirement(self, auto_schema: Any) -> Any:
        """With or without."""
        return [{self.name: []}, {}]
