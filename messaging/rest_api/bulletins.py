"""Broadcasts of a mailbox: write, count, second person, release, take back."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from messaging.queries import bulletin_details, list_audiences, list_bulletins
from messaging.rest_api import serializers as s
from messaging.rest_api.base import NO_CONTENT, PERSON, WRITING, SignedInView, documented, read
from messaging.services import bulletins
from messaging.services.threads import access_box

STEP = (400, *PERSON, 404, 409, 413, 415)


class AudiencesView(SignedInView):
    """The audiences a mailbox may send to."""

    @documented("audiences", {200: s.AudiencesSerializer}, errors=(*PERSON, 404))
    def get(self, request: Request, box_id: uuid.UUID) -> Response:
        return Response(list_audiences(access_box(request.user, box_id)))


class BulletinsView(SignedInView):
    """The bulletins of a mailbox."""

    @documented("bulletin_list", {200: s.BulletinListSerializer}, errors=(*PERSON, 404))
    def get(self, request: Request, box_id: uuid.UUID) -> Response:
        return Response(list_bulletins(request.user, access_box(request.user, box_id)))

    @documented("bulletin_draft", {201: s.BulletinSerializer}, errors=WRITING, request=s.BulletinInSerializer)
    def post(self, request: Request, box_id: uuid.UUID) -> Response:
        wanted = bulletins.Wanted(**read(s.BulletinInSerializer, request.data))
        drafted = bulletins.draft_bulletin(request.user, box_id, wanted)
        return Response(bulletin_details(request.user, drafted), status=201)


class BulletinView(SignedInView):
    """One bulletin of a mailbox the person opens."""

    @documented("bulletin_read", {200: s.BulletinSerializer}, errors=(*PERSON, 404))
    def get(self, request: Request, bulletin_id: uuid.UUID) -> Response:
        return Response(bulletin_details(request.user, bulletins.access_bulletin(request.user, bulletin_id)))

    @documented("bulletin_change", {200: s.BulletinSerializer}, errors=(*WRITING, 409), request=s.BulletinInSerializer)
    def put(self, request: Request, bulletin_id: uuid.UUID) -> Response:
        wanted = bulletins.Wanted(**read(s.BulletinInSerializer, request.data))
        return Response(bulletin_details(request.user, bulletins.change_bulletin(request.user, bulletin_id, wanted)))

    @documented("bulletin_delete", NO_CONTENT, errors=STEP)
    def delete(self, request: Request, bulletin_id: uuid.UUID) -> Response:
        bulletins.delete_bulletin(request.user, bulletin_id)
        return Response(status=204)


class SubmitView(SignedInView):
    """Send it on its way, with the number of recipients that was shown."""

    @documented(
        "bulletin_submit", {200: s.BulletinSerializer}, errors=(*WRITING, 409), request=s.SubmitBulletinSerializer
    )
    def post(self, request: Request, bulletin_id: uuid.UUID) -> Response:
        given = read(s.SubmitBulletinSerializer, request.data)
        return Response(bulletin_details(request.user, bulletins.submit_bulletin(request.user, bulletin_id, **given)))


class ApproveView(SignedInView):
    """The second person says yes."""

    @documented(
        "bulletin_approve", {200: s.BulletinSerializer}, errors=(*WRITING, 409), request=s.ApproveBulletinSerializer
    )
    def post(self, request: Request, bulletin_id: uuid.UUID) -> Response:
        given = read(s.ApproveBulletinSerializer, request.data)
        return Response(bulletin_details(request.user, bulletins.approve_bulletin(request.user, bulletin_id, **given)))


class RecallView(SignedInView):
    """Undo, before anybody got it."""

    @documented("bulletin_recall", {200: s.BulletinSerializer}, errors=STEP, request=None)
    def post(self, request: Request, bulletin_id: uuid.UUID) -> Response:
        return Response(bulletin_details(request.user, bulletins.recall_bulletin(request.user, bulletin_id)))


class WithdrawBulletinView(SignedInView):
    """Take it back after the release; a placeholder stays."""

    @documented("bulletin_withdraw", {200: s.BulletinSerializer}, errors=STEP, request=None)
    def post(self, request: Request, bulletin_id: uuid.UUID) -> Response:
        return Response(bulletin_details(request.user, bulletins.withdraw_bulletin(request.user, bulletin_id)))
