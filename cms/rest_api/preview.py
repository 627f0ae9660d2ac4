"""GET /preview: the unpublished version of one page or snippet, for whoever holds the token of the admin."""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cms.documents.preview import find_preview
from cms.rest_api.base import ReadView
from cms.rest_api.serializers import PREVIEW, ContentProblemSerializer
from common.api import problems

PARAMETERS = [
    OpenApiParameter("content_type", str, required=True, description='For example "cms.servicepage".'),
    OpenApiParameter("token", str, required=True, description="From the preview address the admin opens."),
]


class PreviewView(ReadView):
    @extend_schema(
        operation_id="get_preview",
        parameters=PARAMETERS,
        tags=["content"],
        responses={200: PREVIEW, (404, "application/problem+json"): ContentProblemSerializer},
    )
    def get(self, request: Request) -> Response:
        """The same document as when published, rendered from the draft. Never cached."""
        document = self._find(request)
        if document is None:
            raise problems.Problem(404)
        return Response(document, headers={"Cache-Control": "no-store"})

    def _find(self, request: Request) -> dict[str, Any] | None:
        content_type = request.query_params.get("content_type", "")
        token = request.query_params.get("token", "")
        if "\0" in content_type + token:
            return None
        try:
            return find_preview(content_type, token)
        except BadSignature:
            return None
