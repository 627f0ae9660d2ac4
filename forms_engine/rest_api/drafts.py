"""Filling in: create, read, change, hand in. Thin: parse, call, answer."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from common.api import idempotency, problems, waiting_room
from forms_engine.problems import AnswersWrong
from forms_engine.queries.drafts import draft_state, visible_in_step
from forms_engine.queries.forms import access_published_version
from forms_engine.queries.steps import step_state
from forms_engine.queries.summaries import summarise_draft
from forms_engine.rest_api import serializers as s
from forms_engine.rest_api.base import NO_CONTENT, ApplyView, OptionalSession, documented, read, requested_locale
from forms_engine.services.answers import Change
from forms_engine.services.drafts import access_draft, change_draft, create_draft, delete_draft, send_resume_link
from forms_engine.services.evaluation import problem_items
from forms_engine.services.submissions import SubmitRequest, submit_draft

KEY = re.compile(r"[\x21-\x7e]{1,64}", re.ASCII)
TICKET = OpenApiParameter(
    "Admission-Ticket", str, OpenApiParameter.HEADER, description="`ticket` of a 202 answer: the place in the line."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True, description="One UUID per form instance."
)


class DraftsView(ApplyView):
    """Start an application."""

    authentication_classes = (OptionalSession,)
    throttle_scope = "draft-create"

    @documented(
        "draft_create",
        {201: s.DraftSerializer, 202: s.WaitingSerializer},
        errors=(400, 404, 413, 415, 422, 429),
        parameters=[TICKET],
        request=s.NewDraftSerializer,
    )
    def post(self, request: Request) -> Response:
        given = read(s.NewDraftSerializer, request.data)
        version = access_published_version(given["flow"])
        if waiting_room.is_open() and (waiting := _wait(request)):
            return waiting
        draft = create_draft(version, locale=given["locale"], person=request.user, answers=given.get("answers") or {})
        location = f"/api/v1/drafts/{draft.token}"
        return Response(draft_state(draft), status=201, headers={"Location": location})


def _wait(request: Request) -> Response | None:
    """In a rush: the place in the line, for a program as for a browser (whose gateway has asked before). None: go
    in."""
    ticket = request.headers.get("Admission-Ticket") or request.COOKIES.get("rush") or ""
    place = waiting_room.enter([ticket])[0]
    if place.is_let_in:
        return None
    body = {"ticket": place.ticket, "ahead": place.ahead, "seconds": place.seconds}
    return Response(body, status=202, headers={"Retry-After": str(place.look)})


class DraftView(ApplyView):
    """Read, change, forget."""

    @documented("draft_read", {200: s.DraftSerializer}, errors=(404, 410, 422), locale=True)
    def get(self, request: Request, token: str) -> Response:
        return Response(draft_state(access_draft(token), requested_locale(request)))

    @documented(
        "draft_change",
        {200: s.ChangedDraftSerializer},
        errors=(400, 404, 409, 410, 413, 415, 422),
        locale=True,
        request=s.DraftChangeSerializer,
    )
    def patch(self, request: Request, token: str) -> Response:
        given = read(s.DraftChangeSerializer, request.data)
        rows = given.get("rows") or {}
        change = Change(given.get("answers") or {}, tuple(rows.get("add", ())), tuple(rows.get("remove", ())))
        draft = change_draft(token, change, revision=given.get("revision"), seen=given.get("flow_hash"))
        locale = requested_locale(request) or draft.row.locale
        step = given.get("step")
        if given["validate"]:
            _refuse_wrong_answers(draft, step, locale)
        state = draft_state(draft, locale)
        return Response(state | {"visible": visible_in_step(draft, step), "ignored": draft.ignored})

    @documented("draft_delete", NO_CONTENT, errors=(404, 410))
    def delete(self, request: Request, token: str) -> Response:
        delete_draft(token)
        return Response(status=204)


def _refuse_wrong_answers(draft: Any, step: str | None, locale: str) -> None:
    """422 with the errors of the step; the input is stored as typed all the same."""
    wrong = [p for p in draft.evaluation.errors if step is None or draft.flow.step_of(p.path) == step]
    if wrong:
        state = {"revision": draft.row.revision, "visible": visible_in_step(draft, step), "ignored": draft.ignored}
        raise AnswersWrong(problem_items(wrong, locale), state)


class StepView(ApplyView):
    """One step with its questions and the answers so far."""

    @documented(
        "draft_step",
        {200: s.StepViewSerializer},
        errors=(404, 410, 422),
        locale=True,
        parameters=[OpenApiParameter("validate", bool, description="Also say what is wrong, at each question.")],
    )
    def get(self, request: Request, token: str, step: str) -> Response:
        draft = access_draft(token)
        validate = request.query_params.get("validate", "").lower() in {"1", "true"}
        return Response(step_state(draft, step, requested_locale(request) or draft.row.locale, errors=validate))


class SummaryView(ApplyView):
    """Check your answers."""

    @documented("draft_summary", {200: s.SummarySerializer}, errors=(404, 410, 422), locale=True)
    def get(self, request: Request, token: str) -> Response:
        draft = access_draft(token)
        return Response(summarise_draft(draft, requested_locale(request) or draft.row.locale))


class ResumeMailView(ApplyView):
    """Send the link for going on later."""

    throttle_scope = "mail"

    @documented(
        "draft_mail",
        {202: s.MailSerializer},
        errors=(400, 404, 410, 413, 415, 422, 429),
        request=s.MailSerializer,
    )
    def post(self, request: Request, token: str) -> Response:
        email = read(s.MailSerializer, request.data)["email"]
        send_resume_link(token, email)
        return Response({"email": email}, status=202)


class SubmitView(ApplyView):
    """Hand in. The same key and body give the same answer, however often they come. Not counted: it needs a draft,
    and those are counted when they are made."""

    @documented(
        "draft_submit",
        {200: s.ReceiptSerializer, 201: s.ReceiptSerializer},
        errors=(400, 404, 409, 410, 413, 415, 422),
        parameters=[IDEMPOTENCY_KEY],
        request=s.SubmitSerializer,
    )
    def post(self, request: Request, token: str) -> Response:
        key = _idempotency_key(request)
        fingerprint = hashlib.sha256(request._request.body).digest()
        given = read(s.SubmitSerializer, request.data)
        wanted = SubmitRequest(given["declaration"], given.get("email") or "", given.get("locale"))
        try:
            outcome = submit_draft(token, wanted, key=key, fingerprint=fingerprint)
        except idempotency.KeyReused as error:
            raise problems.Problem(422, _("Dieser Schlüssel wurde schon für eine andere Anfrage verwendet.")) from error
        except idempotency.KeyBusy as error:
            detail = _("Die erste Anfrage mit diesem Schlüssel läuft noch.")
            raise problems.Problem(409, detail=detail, headers={"Retry-After": "2"}) from error
        headers = {"Idempotency-Replayed": "true"} if outcome.replayed else {}
        return Response(outcome.body, status=200 if outcome.replayed else outcome.status, headers=headers)


def _idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip('" ')
    if not KEY.fullmatch(key):
        raise problems.Problem(400, _("Die Kopfzeile „Idempotency-Key“ fehlt oder ist ungültig."))
    return key
