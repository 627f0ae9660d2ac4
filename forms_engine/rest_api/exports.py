"""Many applications in one file, with four eyes. Rights are checked and audited in the services."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from forms_engine.documents.table import to_csv
from forms_engine.models import CaseExport, Submission
from forms_engine.queries.drafts import unit_ref
from forms_engine.queries.summaries import summarise_submission
from forms_engine.rest_api.base import StaffView, attachment, documented, read
from forms_engine.rest_api.serializers import UnitSerializer
from forms_engine.services import case_exports

STAFF = (401, 403)
CSV = {(200, "text/csv"): OpenApiTypes.BINARY}


class ExportSerializer(serializers.Serializer):
    id = serializers.CharField()
    unit = UnitSerializer()
    title = serializers.CharField()
    received_from = serializers.DateField()
    received_until = serializers.DateField()
    reason = serializers.CharField()
    state = serializers.ChoiceField(choices=CaseExport.State.values)
    state_label = serializers.CharField()
    asked_by = serializers.CharField(allow_blank=True)
    asked_at = serializers.DateTimeField()
    decided_by = serializers.CharField(allow_blank=True)
    is_mine = serializers.BooleanField()
    file_url = serializers.CharField(allow_blank=True)


class ExportChoiceSerializer(serializers.Serializer):
    form = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    unit_name = serializers.CharField()


class ExportListSerializer(serializers.Serializer):
    items = ExportSerializer(many=True)
    choices = ExportChoiceSerializer(many=True)


class NewExportSerializer(serializers.Serializer):
    unit = serializers.CharField(max_length=100)
    form = serializers.CharField(max_length=80)
    received_from = serializers.DateField()
    received_until = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class DecisionSerializer(serializers.Serializer):
    approve = serializers.BooleanField()


class ExportsView(StaffView):
    """Requests of one's offices, and a new one."""

    @documented("case_exports", {200: ExportListSerializer}, errors=STAFF)
    def get(self, request: Request) -> Response:
        items = [_told(export, request.user) for export in case_exports.list_exports(request.user)]
        return Response({"items": items, "choices": case_exports.list_choices(request.user)})

    @documented(
        "case_export_ask",
        {201: ExportSerializer},
        errors=(400, *STAFF, 413, 415, 422),
        request=NewExportSerializer,
    )
    def post(self, request: Request) -> Response:
        wanted = case_exports.Wanted(**read(NewExportSerializer, request.data))
        return Response(_told(case_exports.ask_export(request.user, wanted), request.user), status=201)


class DecisionView(StaffView):
    """Allow or refuse a colleague's request."""

    @documented(
        "case_export_decide",
        {200: ExportSerializer},
        errors=(400, *STAFF, 404, 409, 413, 415, 422),
        request=DecisionSerializer,
    )
    def post(self, request: Request, export_id: uuid.UUID) -> Response:
        approve = read(DecisionSerializer, request.data)["approve"]
        return Response(_told(case_exports.decide_export(request.user, export_id, approve=approve), request.user))


class ExportFileView(StaffView):
    """The file, for who asked for it."""

    @documented("case_export_file", CSV, errors=(*STAFF, 404))
    def get(self, request: Request, export_id: uuid.UUID) -> Any:
        found = case_exports.open_export(request.user, export_id)
        return attachment(to_csv([_row(submission) for submission in found]), "text/csv; charset=utf-8", "antraege.csv")


def _row(submission: Submission) -> tuple[list[str], list[dict[str, Any]]]:
    case = getattr(submission, "case", None)
    day = timezone.localtime(submission.received_at).strftime("%d.%m.%Y")
    head = [submission.reference, day, str(case.get_status_display()) if case else ""]
    return head, summarise_submission(submission, "de")["sections"]


def _told(export: CaseExport, person: Any) -> dict[str, Any]:
    mine = export.asked_by_id == person.pk
    open_for_me = mine and case_exports.is_open(export)
    return {
        "id": str(export.pk),
        "unit": unit_ref(export.unit),
        "title": export.form.title,
        "received_from": export.received_from,
        "received_until": export.received_until,
        "reason": export.reason,
        "state": export.state,
        "state_label": str(export.get_state_display()),
        "asked_by": str(export.asked_by or ""),
        "asked_at": export.asked_at,
        "decided_by": str(export.decided_by or ""),
        "is_mine": mine,
        "file_url": f"/api/v1/case-exports/{export.pk}/file.csv" if open_for_me else "",
    }
