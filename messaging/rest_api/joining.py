"""How people come in: codes for guardians, lists of carriers."""

from __future__ import annotations

import uuid

from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from messaging import problems
from messaging.importers.carrier_list import MAX_BYTES, ListRefused, read_list
from messaging.models import Guardianship
from messaging.rest_api.base import PERSON, WRITING, SignedInView, documented, read
from messaging.services.imports import facilities_to_import, import_list
from messaging.services.invitations import accept, invite, withdraw_invitations

BASES = Guardianship.Basis.values
LINE_STATES = ("new", "changed", "same", "error")


class InviteSerializer(serializers.Serializer):
    child = serializers.UUIDField()
    basis = serializers.ChoiceField(choices=BASES, default="parent")
    has_information_right = serializers.BooleanField(default=True)
    may_pick_up = serializers.BooleanField(default=True)


class InvitationSerializer(serializers.Serializer):
    code = serializers.CharField()
    expires_at = serializers.DateTimeField()


class AcceptSerializer(serializers.Serializer):
    code = serializers.CharField(max_length=60)


class JoinedChildSerializer(serializers.Serializer):
    name = serializers.CharField()


class JoinedSerializer(serializers.Serializer):
    child = JoinedChildSerializer()


class ImportInSerializer(serializers.Serializer):
    file = serializers.FileField(allow_empty_file=True)
    dry_run = serializers.BooleanField(default=True)


class ImportLineSerializer(serializers.Serializer):
    line = serializers.IntegerField()
    state = serializers.ChoiceField(choices=LINE_STATES)
    text = serializers.CharField()


class ImportReportSerializer(serializers.Serializer):
    dry_run = serializers.BooleanField()
    lines = ImportLineSerializer(many=True)
    counts = serializers.DictField(child=serializers.IntegerField())


class InvitationsView(SignedInView):
    """A code for one person to join one child; it is shown once."""

    @documented("invitation_create", {201: InvitationSerializer}, errors=WRITING, request=InviteSerializer)
    def post(self, request: Request) -> Response:
        given = read(InviteSerializer, request.data)
        code, invitation = invite(request.user, given.pop("child"), **given)
        return Response({"code": code, "expires_at": invitation.expires_at}, status=201)


class ChildInvitationsView(SignedInView):
    """Make open codes of a child worthless."""

    @documented("invitation_withdraw", {204: None}, errors=(400, *PERSON, 404, 413, 415))
    def delete(self, request: Request, child_id: uuid.UUID) -> Response:
        withdraw_invitations(request.user, child_id)
        return Response(status=204)


class AcceptView(SignedInView):
    """Join with a code. Only ever by POST: programs that open links in mails do not use it up."""

    throttle_scope = "find"

    @documented("invitation_accept", {200: JoinedSerializer}, errors=(*WRITING, 429), request=AcceptSerializer)
    def post(self, request: Request) -> Response:
        joined = accept(request.user, read(AcceptSerializer, request.data)["code"])
        return Response({"child": {"name": joined.child.name_shown}})


class ImportsView(SignedInView):
    """A carrier's list, checked (dry run) or taken over; the answer says for each line what becomes of it."""

    parser_classes = (MultiPartParser,)
    throttle_scope = "upload"

    @documented(
        "children_import",
        {200: ImportReportSerializer},
        errors=(*WRITING, 429),
        request={"multipart/form-data": ImportInSerializer},
    )
    def post(self, request: Request) -> Response:
        facilities = facilities_to_import(request.user)
        given = read(ImportInSerializer, request.data)
        try:
            rows = read_list(given["file"].read(MAX_BYTES + 1))
        except ListRefused as refusal:
            raise problems.unreadable_list(str(refusal)) from None
        report = import_list(rows, facilities, is_dry_run=given["dry_run"], by=request.user)
        lines = [{"line": line.line, "state": line.state, "text": line.text} for line in report.lines]
        return Response({"dry_run": report.is_dry_run, "lines": lines, "counts": report.counts})
