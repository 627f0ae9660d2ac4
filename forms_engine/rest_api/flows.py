"""Published flows, and the short check before an application starts."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from forms_engine.queries.checks import check_before_start
from forms_engine.rest_api import serializers as s
from forms_engine.rest_api.base import PDF, ApplyView, attachment, documented, read, requested_locale
from forms_engine.services.blank_forms import get_blank_form


class CheckView(ApplyView):
    """May I apply, and what do I need? Nothing is stored."""

    @documented(
        "flow_check", {200: s.CheckSerializer}, errors=(400, 404, 413, 415, 422), request=s.CheckRequestSerializer
    )
    def post(self, request: Request, key: str) -> Response:
        given = read(s.CheckRequestSerializer, request.data)
        return Response(check_before_start(key, given.get("answers") or {}, given["locale"]))


class BlankFormView(ApplyView):
    """The empty form as accessible PDF, for those who come on paper. Public, and the same until the next version."""

    @documented("flow_blank_form", PDF, errors=(404, 422), locale=True)
    def get(self, request: Request, key: str) -> Any:
        response = attachment(get_blank_form(key, requested_locale(request) or "de"), "application/pdf", f"{key}.pdf")
        response["Cache-Control"] = "public, max-age=300"
        return response
