"""What the views of several apps share: problem answers in the schema, no caching, who may call, data that is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from common.authentication import SessionAuthentication
from common.limits import SharedRateThrottle

PROBLEM = "application/problem+json"
NO_CONTENT = {204: None}
SENTENCES = {
    400: "Not JSON, or a header is missing.",
    401: "Not signed in.",
    403: "Not allowed, or the CSRF token is missing.",
    404: "Unknown, forged or expired: one answer for all.",
    409: "Somebody else changed it in the meantime.",
    410: "Already handed in.",
    413: "Too large.",
    415: "Wrong content type.",
    422: "Values that do not fit; `errors` names each.",
    429: "Too many requests.",
}


class ErrorSerializer(serializers.Serializer):
    """What is wrong, and where."""

    path = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    message = serializers.CharField()
    label = serializers.CharField(required=False, allow_blank=True)


class ProblemSerializer(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = ErrorSerializer(many=True, required=False)


class PrivateView(APIView):
    """Base of everything that is not for everybody: nothing may be kept by a cache or sent on as a referrer."""

    authentication_classes: Iterable[Any] = ()
    permission_classes: Iterable[Any] = (AllowAny,)
    throttle_classes = (SharedRateThrottle,)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Says so in the headers of every answer, errors too."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers.setdefault("Referrer-Policy", "no-referrer")
        return answer


class SignedInView(PrivateView):
    """Base of what only people who are signed in call, with CSRF token; rights are checked in the services."""

    authentication_classes = (SessionAuthentication,)
    permission_classes = (IsAuthenticated,)


def read(serializer: type[serializers.Serializer], data: Any) -> dict[str, Any]:
    """Validated request data; raises ValidationError (a 422 problem)."""
    checked = serializer(data=data)
    checked.is_valid(raise_exception=True)
    values: dict[str, Any] = checked.validated_data
    return values


def documented(operation_id: str, answers: Mapping[Any, Any], *, errors: Iterable[int] = (), **more: Any) -> Any:
    """`extend_schema` with our problem responses."""
    failing = {(status, PROBLEM): OpenApiResponse(ProblemSerializer, SENTENCES[status]) for status in errors}
    return extend_schema(operation_id=operation_id, responses={**answers, **failing}, **more)
