"""What the views of the read API share: public, no session, prepared bytes, documented problems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from cms.documents.addresses import locale_codes
from cms.documents.sending import send
from cms.rest_api.answering import find_answer
from cms.rest_api.serializers import ContentProblemSerializer
from common.api import problems

LOCALE = OpenApiParameter("locale", str, OpenApiParameter.PATH, enum=locale_codes(), description="Language asked for.")
SENTENCES = {
    400: "A parameter is wrong; `errors` names it.",
    404: "There is no such document, or it is no longer published.",
    410: "The cursor is too old: start again without one.",
}


class ReadView(APIView):
    """Base of all views here: anybody may read, nothing is asked of the session."""

    authentication_classes: Iterable[Any] = ()
    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if kwargs.get("locale", locale_codes()[0]) not in locale_codes():
            raise problems.Problem(404, detail=f"Sprachen: {', '.join(locale_codes())}.")


def documented(operation_id: str, answer: Any, *, errors: Iterable[int] = (404,), parameters: Any = ()) -> Any:
    """`extend_schema` with the locale in the path and our problems."""
    failing = {
        (status, "application/problem+json"): OpenApiResponse(ContentProblemSerializer, SENTENCES[status])
        for status in errors
    }
    return extend_schema(
        operation_id=operation_id, responses={200: answer} | failing, parameters=[LOCALE, *parameters], tags=["content"]
    )


def answer(request: Request, *parts: str) -> HttpResponse:
    """The prepared bytes of an address below /api/v1/, or a problem."""
    found = find_answer("/".join(parts), request.query_params.dict())
    if found is None:
        raise problems.Problem(404)
    return send(request._request, found)
