"""Errors as problem details (RFC 9457): one shape for the whole API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from common.json_boundary import JSONRefused

MEDIA_TYPE = "application/problem+json"
FieldError = Mapping[str, Any]
TITLES = {
    400: "Die Anfrage ist fehlerhaft.",
    401: "Bitte melden Sie sich an.",
    403: "Das ist Ihnen nicht erlaubt.",
    404: "Das gibt es hier nicht.",
    405: "Diese Methode gibt es hier nicht.",
    406: "Dieses Format gibt es hier nicht.",
    409: "Der Stand hat sich inzwischen geändert.",
    410: "Das gibt es nicht mehr.",
    413: "Das ist zu groß.",
    415: "Dieses Format wird nicht angenommen.",
    422: "Bitte prüfen Sie Ihre Angaben.",
    429: "Das waren zu viele Anfragen. Bitte warten Sie kurz.",
    500: "Da ist bei uns etwas schiefgegangen.",
    503: "Gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.",
}


class Problem(Exception):
    """Raise anywhere below a view; becomes the answer. `errors` are {path, code, message} beside their fields."""

    def __init__(
        self,
        status: int,
        title: str = "",
        *,
        detail: str = "",
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(title or TITLES.get(status, ""))
        self.status, self.title, self.detail = status, title, detail
        self.errors, self.headers, self.extra = errors, headers or {}, extra or {}


def problem_body(
    status: int, title: str = "", detail: str = "", errors: Sequence[FieldError] = (), **extra: Any
) -> dict[str, Any]:
    """The members of RFC 9457 plus `errors`; empty ones are left out."""
    body = {
        "type": "about:blank",
        "title": title or TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        **({"detail": detail} if detail else {}),
        **({"errors": list(errors)} if errors else {}),
    }
    return body | extra


def problem_response(
    status: int, title: str = "", *, detail: str = "", errors: Sequence[FieldError] = (), headers: Any = None
) -> HttpResponse:
    """A plain Django response, for middleware and handlers outside DRF."""
    response = JsonResponse(problem_body(status, title, detail, errors), status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF hook: every expected exception becomes a problem; unexpected ones stay exceptions (500, logged)."""
    problem = _as_problem(exc)
    if problem is None:
        return None
    body = problem_body(problem.status, problem.title, problem.detail, problem.errors, **problem.extra)
    headers = {"Cache-Control": "no-store"} | dict(problem.headers)
    return Response(body, status=problem.status, headers=headers, content_type=MEDIA_TYPE)


def _as_problem(exc: Exception) -> Problem | None:
    match exc:
        case Problem():
            return exc
        case JSONRefused():
            return Problem(exc.status, detail=exc.detail)
        case RequestDataTooBig() | TooManyFieldsSent():
            return Problem(413)
        case Http404():
            return Problem(404)
        case PermissionDenied():
            return Problem(403)
        case exceptions.ValidationError():
            return Problem(422, errors=_flatten(exc.get_full_details()))
        case exceptions.APIException():
            return _api_problem(exc)
    return None


def _api_problem(exc: exceptions.APIException) -> Problem:
    headers = {}
    if isinstance(exc, exceptions.Throttled) and exc.wait:
        headers["Retry-After"] = str(int(exc.wait) + 1)
    if isinstance(exc, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return Problem(401)
    return Problem(exc.status_code, headers=headers)


def _flatten(details: Any, path: str = "") -> list[dict[str, str]]:
    """DRF's nested validation details -> a flat list of {path, code, message}."""
    if isinstance(details, list):
        return [
            error
            for index, item in enumerate(details)
            for error in _flatten(item, path if _is_leaf(item) else f"{path}.{index}".strip("."))
        ]
    if _is_leaf(details):
        return [{"path": path, "code": str(details["code"]), "message": str(details["message"])}]
    return [e for key, item in details.items() for e in _flatten(item, f"{path}.{key}".strip("."))]


def _is_leaf(item: Any) -> bool:
    return isinstance(item, dict) and set(item) == {"message", "code"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404: the web side has no pages of its own, so a problem is the right answer everywhere."""
    return problem_response(404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    return problem_response(500)
