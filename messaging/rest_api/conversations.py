"""Reading and saying. Rights are checked in the services and queries, by the one rule in `messaging.permissions`."""

from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from common.api import clock
from messaging import problems
from messaging.permissions import reach_of
from messaging.queries import conversation_details, event_item, list_addressees, list_conversations, overview
from messaging.rest_api import serializers as s
from messaging.rest_api.base import PERSON, WRITING, SignedInView, documented, read
from messaging.services.bulletins import confirm
from messaging.services.log import mark_read, reply, withdraw
from messaging.services.threads import Opening, access_box, write_to_box, write_to_guardians

LIST = [
    OpenApiParameter("box", str, description="Id of a mailbox the person opens."),
    OpenApiParameter("q", str, description="Part of the subject or of a message."),
    OpenApiParameter("before", str, description="`next` of the page before."),
]
MAX_QUERY = 100


class OverviewView(SignedInView):
    """Who the person is here."""

    @documented("messaging_me", {200: s.MessagingMeSerializer}, errors=PERSON)
    def get(self, request: Request) -> Response:
        return Response(overview(request.user))


class ConversationsView(SignedInView):
    """The inbox, latest first."""

    @documented("conversation_list", {200: s.ConversationListSerializer}, errors=(*PERSON, 404, 422), parameters=LIST)
    def get(self, request: Request) -> Response:
        given = {name: request.query_params.get(name, "").replace("\0", "") for name in ("box", "q", "before")}
        box = _uuid(given["box"]) if given["box"] else None
        found = list_conversations(request.user, box=box, text=given["q"].strip()[:MAX_QUERY], before=given["before"])
        return Response(found)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise problems.not_found() from None


class ConversationView(SignedInView):
    """A conversation with what was said in it."""

    @documented("conversation_read", {200: s.ConversationSerializer}, errors=(*PERSON, 404))
    def get(self, request: Request, conversation_id: uuid.UUID) -> Response:
        return Response(conversation_details(request.user, conversation_id))


class MessagesView(SignedInView):
    """Say something. The same `client_uuid` again answers with what was stored: sending twice is harmless."""

    throttle_scope = "message"

    @documented(
        "message_send",
        {200: s.MessageSerializer, 201: s.MessageSerializer},
        errors=(*WRITING, 409, 429),
        request=s.SaySerializer,
    )
    def post(self, request: Request, conversation_id: uuid.UUID) -> Response:
        said = reply(request.user, conversation_id, **read(s.SaySerializer, request.data))
        moment = clock.now()
        item = event_item(said.event, request.user, reach_of(request.user, moment), moment)
        return Response(item, status=200 if said.is_replay else 201)


class ReadMarkView(SignedInView):
    """Say how far one has read."""

    @documented("conversation_mark", {200: s.ReadUpToSerializer}, errors=WRITING, request=s.ReadUpToSerializer)
    def post(self, request: Request, conversation_id: uuid.UUID) -> Response:
        given = read(s.ReadUpToSerializer, request.data)
        return Response({"up_to_seq": mark_read(request.user, conversation_id, given["up_to_seq"])})


class ConfirmView(SignedInView):
    """Answer "please confirm" for a child, or for oneself."""

    @documented(
        "bulletin_confirm", {200: s.ConversationSerializer}, errors=(*WRITING, 409), request=s.ConfirmSerializer
    )
    def post(self, request: Request, conversation_id: uuid.UUID) -> Response:
        confirm(request.user, conversation_id, read(s.ConfirmSerializer, request.data)["child"])
        return Response(conversation_details(request.user, conversation_id))


class WithdrawView(SignedInView):
    """Take a message back; a placeholder stays."""

    @documented(
        "message_withdraw", {200: s.ConversationSerializer}, errors=(400, *PERSON, 404, 409, 413, 415), request=None
    )
    def post(self, request: Request, conversation_id: uuid.UUID, seq: int) -> Response:
        if seq >= 2**63:
            raise problems.not_found()
        withdraw(request.user, conversation_id, seq)
        return Response(conversation_details(request.user, conversation_id))


class AddresseesView(SignedInView):
    """Whom a mailbox may write to."""

    @documented("addressees", {200: s.AddresseesSerializer}, errors=(*PERSON, 404))
    def get(self, request: Request, box_id: uuid.UUID) -> Response:
        return Response(list_addressees(request.user, access_box(request.user, box_id)))


class ThreadsView(SignedInView):
    """Begin a thread with a mailbox, or with the guardians of children (one thread for each set of guardians)."""

    throttle_scope = "message"

    @documented(
        "thread_begin",
        {200: s.NewThreadsSerializer, 201: s.NewThreadsSerializer},
        errors=(*WRITING, 429),
        request=s.NewThreadSerializer,
    )
    def post(self, request: Request) -> Response:
        given = read(s.NewThreadSerializer, request.data)
        opening = Opening(given["client_uuid"], given["title"], given["text"], given["language"])
        if given["to_box"]:
            to, about = given["to_box"], given["about"]
            opened = write_to_box(request.user, given["from_box"], to, opening, about=about)
        else:
            opened = write_to_guardians(request.user, given["from_box"], given["children"], opening)
        items = [conversation_details(request.user, each.public_id) for each in opened.conversations]
        answer = {"conversations": [{name: item[name] for name in ("id", "title", "with")} for item in items]}
        return Response(answer, status=200 if opened.is_replay else 201)
