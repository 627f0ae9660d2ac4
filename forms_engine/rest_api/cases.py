"""The case inbox. Rights are checked per case in the services; every read and change is audited there."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import User
from common.api import problems
from forms_engine.queries.cases import CaseFilter, case_details, delivery_item, list_cases
from forms_engine.rest_api import serializers as s
from forms_engine.rest_api.base import FILE, PDF, StaffView, attachment, documented, read, requested_locale
from forms_engine.services.cases import access_case, assign_case, refuse_foreign_case, set_case_status
from forms_engine.services.dead_letters import list_dead_letters, resend
from forms_engine.services.documents import get_summary_pdf
from forms_engine.services.files import access_submission_file

FILTERS = [
    OpenApiParameter("status", str, enum=s.STATUSES),
    OpenApiParameter("assigned", str, enum=("me", "none")),
    OpenApiParameter("unit", str, description="Key of a unit."),
    OpenApiParameter("q", str, description="Part of the reference number or title."),
    OpenApiParameter("page", {"type": "integer", "minimum": 1}),
]
STAFF = (401, 403)


class CasesView(StaffView):
    """The inbox of the units the person works in."""

    @documented("case_list", {200: s.CaseListSerializer}, errors=(*STAFF, 422), locale=True, parameters=FILTERS)
    def get(self, request: Request) -> Response:
        return Response(list_cases(request.user, _wanted(request), requested_locale(request) or "de"))


def _wanted(request: Request) -> CaseFilter:
    given = request.query_params
    for name, allowed in (("status", s.STATUSES), ("assigned", ("me", "none"))):
        if given.get(name) and given[name] not in allowed:
            raise problems.Problem(422, errors=[{"path": name, "code": "choice", "message": ", ".join(allowed)}])
    return CaseFilter(
        status=given.get("status", ""),
        assigned=given.get("assigned", ""),
        unit=given.get("unit", "").replace("\0", "")[:60],
        text=given.get("q", "").replace("\0", "")[:100],
        page=_page(given.get("page", "1")),
    )


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:12]) > 0 and len(text) < 12):
        message = _("Eine Seitenzahl ab 1.")
        raise problems.Problem(422, errors=[{"path": "page", "code": "number", "message": message}])
    return int(text)


class CaseView(StaffView):
    """A case with everything in it."""

    @documented("case_read", {200: s.CaseSerializer}, errors=(*STAFF, 404, 422), locale=True)
    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        case = access_case(request.user, case_id, action="case.read", fields=("answers", "history", "deliveries"))
        return Response(case_details(case, requested_locale(request) or "de"))


class CaseAssignView(StaffView):
    """Give a case to a colleague, or to nobody."""

    @documented(
        "case_assign",
        {200: s.CaseSerializer},
        errors=(400, *STAFF, 404, 409, 413, 415, 422),
        request=s.AssignSerializer,
    )
    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        wanted = read(s.AssignSerializer, request.data)["to"]
        refuse_foreign_case(request.user, case_id, "case.assign")  # first: who exists is nobody else's business
        to = User.objects.filter(pk=wanted, is_active=True).first() if wanted else None
        if wanted and to is None:
            message = _("Diese Person gibt es nicht.")
            raise problems.Problem(422, errors=[{"path": "to", "code": "unknown", "message": message}])
        case = assign_case(request.user, case_id, to=to)
        return Response(case_details(case, requested_locale(request) or "de"))


class CaseStatusView(StaffView):
    """Move a case on, with a note to the applicant."""

    @documented(
        "case_status",
        {200: s.CaseSerializer},
        errors=(400, *STAFF, 404, 409, 413, 415, 422),
        request=s.StatusChangeSerializer,
    )
    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        given = read(s.StatusChangeSerializer, request.data)
        case = set_case_status(request.user, case_id, status=given["status"], note=given["note"])
        return Response(case_details(case, requested_locale(request) or "de"))


class CasePdfView(StaffView):
    """The summary the applicant has, too."""

    @documented("case_pdf", PDF, errors=(*STAFF, 404))
    def get(self, request: Request, case_id: uuid.UUID) -> Any:
        case = access_case(request.user, case_id, action="case.pdf", fields=("answers",))
        name = f"{case.submission.reference}.pdf"
        return attachment(get_summary_pdf(case.submission), "application/pdf", name)


class CaseFileView(StaffView):
    """A file the applicant attached."""

    @documented("case_file", FILE, errors=(*STAFF, 404, 409))
    def get(self, request: Request, case_id: uuid.UUID, file_id: str) -> Any:
        case = access_case(request.user, case_id, action="case.file", fields=(f"file:{file_id[:36]}",))
        info, content = access_submission_file(case.submission_id, file_id)
        return attachment(content, info.media_type, info.name, size=info.size)


class DeadLettersView(StaffView):
    """Applications that did not reach a destination."""

    @documented("dead_letters", {200: s.DeadLettersSerializer}, errors=(*STAFF, 422), locale=True)
    def get(self, request: Request) -> Response:
        return Response({"items": list_dead_letters(request.user, requested_locale(request) or "de")})


class ResendView(StaffView):
    """Send again what failed for good."""

    @documented(
        "delivery_resend",
        {200: s.DeliverySerializer},
        errors=(400, *STAFF, 404, 409, 413, 415, 422),
        request=s.ResendSerializer,
    )
    def post(self, request: Request, delivery_id: uuid.UUID) -> Response:
        reason = read(s.ResendSerializer, request.data)["reason"]
        return Response(delivery_item(resend(request.user, delivery_id, reason=reason)))
