"""GET /locales: the languages of the site."""

from __future__ import annotations

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cms.documents.addresses import DEFAULT_LOCALE
from cms.rest_api.base import ReadView
from cms.rest_api.serializers import LocalesSerializer


class LocalesView(ReadView):
    @extend_schema(operation_id="list_locales", responses=LocalesSerializer, tags=["content"])
    def get(self, request: Request) -> Response:
        """Code, name in the language itself, and the prefix of its addresses."""
        items = [
            {
                "code": code,
                "name": str(name),
                "default": code == DEFAULT_LOCALE,
                "base": "" if code == DEFAULT_LOCALE else f"/{code}",
            }
            for code, name in settings.LANGUAGES
        ]
        return Response({"items": items}, headers={"Cache-Control": "public, max-age=3600"})
