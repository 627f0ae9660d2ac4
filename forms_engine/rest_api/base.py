"""What all views of this app share: language, no caching, who may call, and how errors are documented."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any, BinaryIO

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from common.api import problems
from common.authentication import SessionAuthentication
from common.rest import NO_CONTENT, PrivateView, read
from common.rest import documented as documented_operation
from forms_engine.services.file_contents import iterate
from forms_engine.uploads.kinds import KINDS

LOCALES = ("de", "en", "de-simple")
LOCALE = OpenApiParameter("locale", str, enum=LOCALES, description="Language of the texts in the answer.")


class OptionalSession(SessionAuthentication):
    """Who is signed in, if anybody: without a CSRF token the caller counts as nobody instead of being refused."""

    def authenticate(self, request: Request) -> Any:
        try:
            return super().authenticate(request)
        except exceptions.PermissionDenied:
            return None


class ApplyView(PrivateView):
    """Base of everything a citizen calls. The secret in the address is the credential, no session is read."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if locale := requested_locale(request):
            translation.activate(locale)


class StaffView(ApplyView):
    """Base of everything a clerk calls: signed in, with CSRF token; rights per case are checked in the services."""

    authentication_classes = (SessionAuthentication,)
    permission_classes = (IsAuthenticated,)


def requested_locale(request: Request) -> str | None:
    """`?locale=`, or None; raises a 422 problem for a language there is not."""
    locale = request.query_params.get("locale")
    if locale is not None and locale not in LOCALES:
        raise problems.Problem(422, errors=[{"path": "locale", "code": "choice", "message": "de, en, de-simple"}])
    return locale


def documented(operation_id: str, answers: Mapping[Any, Any], *, locale: bool = False, **more: Any) -> Any:
    """The common `documented`, with the language of the answer as a parameter."""
    parameters = [*more.pop("parameters", ()), *([LOCALE] if locale else ())]
    return documented_operation(operation_id, answers, parameters=parameters, **more)


PDF = {(200, "application/pdf"): OpenApiTypes.BINARY}
FILE = {(200, kind.media_type): OpenApiTypes.BINARY for kind in KINDS}


def attachment(content: bytes | BinaryIO, media_type: str, name: str, *, size: int = 0) -> HttpResponseBase:
    """A file to save, never to show inside our pages. A content of `size` bytes that can be read is sent in pieces; the
    first one is read here: what does not decrypt is an error, not half a file."""
    response: HttpResponseBase
    if isinstance(content, bytes):
        response = HttpResponse(content, content_type=media_type)
    else:
        pieces = iterate(content)
        first = next(pieces, b"")
        whole = len(first) == size
        response = HttpResponse(first) if whole else StreamingHttpResponse(chain([first], pieces))
        response["Content-Type"], response["Content-Length"] = media_type, str(size)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


__all__ = [
    "FILE",
    "NO_CONTENT",
    "PDF",
    "ApplyView",
    "OptionalSession",
    "StaffView",
    "attachment",
    "documented",
    "read",
    "requested_locale",
]
