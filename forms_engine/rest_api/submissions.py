"""What became of an application: by access code, by number and code, or by who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from common.authentication import SessionAuthentication
from forms_engine.queries.submissions import (
    access_own_submission,
    access_own_submissions,
    access_submission,
    access_submission_by_number,
    list_own_submissions,
    own_submission_state,
    submission_state,
)
from forms_engine.rest_api import serializers as s
from forms_engine.rest_api.base import PDF, ApplyView, StaffView, attachment, documented, read, requested_locale
from forms_engine.services.documents import get_summary_pdf
from forms_engine.services.personal_data import export_applications


class SubmissionView(ApplyView):
    """Status, history and notes."""

    throttle_scope = "find"

    @documented("submission_read", {200: s.SubmissionSerializer}, errors=(404, 422, 429), locale=True)
    def get(self, request: Request, code: str) -> Response:
        return Response(submission_state(access_submission(code), code, requested_locale(request)))


class SubmissionPdfView(ApplyView):
    """The summary as accessible PDF, with the data attached."""

    throttle_scope = "find"

    @documented("submission_pdf", PDF, errors=(404, 429))
    def get(self, request: Request, code: str) -> Any:
        submission = access_submission(code)
        return attachment(get_summary_pdf(submission), "application/pdf", f"{submission.reference}.pdf")


class FindSubmissionView(ApplyView):
    """The same by reference number and code, typed from paper."""

    throttle_scope = "find"

    @documented(
        "submission_find",
        {200: s.SubmissionSerializer},
        errors=(400, 404, 413, 415, 422, 429),
        locale=True,
        request=s.FindSubmissionSerializer,
    )
    def post(self, request: Request) -> Response:
        given = read(s.FindSubmissionSerializer, request.data)
        submission = access_submission_by_number(given["reference"], given["code"])
        return Response(submission_state(submission, given["code"], requested_locale(request)))


class OwnSubmissionsView(StaffView):
    """What the signed-in citizen handed in."""

    authentication_classes = (SessionAuthentication,)

    @documented("my_submissions", {200: s.OwnSubmissionsSerializer}, errors=(401, 422), locale=True)
    def get(self, request: Request) -> Response:
        return Response({"items": list_own_submissions(request.user, requested_locale(request) or "de")})


class OwnSubmissionView(StaffView):
    """Status, history and notes of one of them, without the access code."""

    authentication_classes = (SessionAuthentication,)

    @documented("my_submission", {200: s.SubmissionSerializer}, errors=(401, 404, 422), locale=True)
    def get(self, request: Request, reference: str) -> Response:
        submission = access_own_submission(request.user, reference)
        return Response(own_submission_state(submission, requested_locale(request)))


class OwnSubmissionPdfView(StaffView):
    """Its summary as accessible PDF."""

    authentication_classes = (SessionAuthentication,)

    @documented("my_submission_pdf", PDF, errors=(401, 404))
    def get(self, request: Request, reference: str) -> Any:
        submission = access_own_submission(request.user, reference)
        return attachment(get_summary_pdf(submission), "application/pdf", f"{submission.reference}.pdf")


class OwnDataView(StaffView):
    """All of them with data, PDF and files as a zip: what the city keeps (Articles 15 and 20 DSGVO)."""

    authentication_classes = (SessionAuthentication,)
    throttle_scope = "find"

    @documented("my_data", {(200, "application/zip"): OpenApiTypes.BINARY}, errors=(401, 404, 429))
    def get(self, request: Request) -> Any:
        found = access_own_submissions(request.user)
        response = StreamingHttpResponse(
            export_applications(found, by=request.user, reason="Eigene Auskunft"), content_type="application/zip"
        )
        response["Content-Disposition"] = 'attachment; filename="meine-antraege.zip"'
        return response
