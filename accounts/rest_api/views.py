"""GET /me: who is signed in, for the header of the site and the staff area."""

from __future__ import annotations

from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.queries import units_of
from accounts.rest_api.serializers import MeSerializer


class MeView(APIView):
    """The signed-in person; also hands out the CSRF cookie that every change needs."""

    permission_classes = (AllowAny,)

    @extend_schema(responses=MeSerializer, operation_id="me")
    def get(self, request: Request) -> Response:
        get_token(request._request)
        person = request.user
        if not person.is_authenticated:
            nobody = {"authenticated": False, "name": "", "email": "", "roles": [], "units": []}
            return Response(nobody, headers={"Cache-Control": "no-store"})
        units = [{"key": unit.key, "name": unit.name} for unit in units_of(person)]
        roles = ["clerk"] if units else []
        if person.has_perm("wagtailadmin.access_admin"):
            roles.append("editor")
        if person.is_superuser:
            roles.append("administrator")
        answer = {"authenticated": True, "name": str(person), "email": person.email, "roles": roles, "units": units}
        return Response(answer, headers={"Cache-Control": "no-store"})
