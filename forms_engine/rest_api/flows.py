"""Published flows, and the short check before an application starts."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from forms_engine.queries.checks import check_before_start
from forms_engine.rest_api import serializers as s
from forms_engine.rest_api.base import ApplyView, documented, read


class CheckView(ApplyView):
    """May I apply, and what do I need? Nothing is stored."""

    @documented(
        "flow_check", {200: s.CheckSerializer}, errors=(400, 404, 413, 415, 422), request=s.CheckRequestSerializer
    )
    def post(self, request: Request, key: str) -> Response:
        given = read(s.CheckRequestSerializer, request.data)
        return Response(check_before_start(key, given.get("answers") or {}, given["locale"]))
