"""The live process: what is said arrives with those who may read it, and with nobody else, also after a break."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.api import User
from config.asgi import application
from messaging.live import frames, registry
from messaging.models import Conversation
from messaging.services import acl, log, relations
from messaging.services.threads import Opening, write_to_guardians
from tests.messaging.test_rest import Kita

pytestmark = [pytest.mark.django_db(transaction=True)]
LIVE = Path(__file__).resolve().parents[2] / "docs/reference/live.md"


def cookie(person: User) -> list[tuple[bytes, bytes]]:
    client = Client()
    client.force_login(person)
    return [(b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode()), (b"origin", b"http://localhost")]


def scope(kind: str, path: str, headers: list[tuple[bytes, bytes]]) -> dict:
    path, _, query = path.partition("?")
    more = {"method": "GET", "headers": [(b"host", b"localhost"), *headers], "query_string": query.encode()}
    return {"type": kind, "path": path, **more}


class Socket:
    """A socket of a person, as the app uses it (channels.testing would need daphne)."""

    def __init__(self, person: User | None) -> None:
        headers = cookie(person) if person else [(b"origin", b"http://localhost")]
        self.wire = ApplicationCommunicator(application, scope("websocket", "/ws/messages", headers))

    async def connect(self) -> None:
        await self.wire.send_input({"type": "websocket.connect"})
        assert (await self.wire.receive_output(8))["type"] == "websocket.accept"

    async def up(self, text: str | None = None, binary: bytes | None = None) -> None:
        await self.wire.send_input({"type": "websocket.receive", "text": text, "bytes": binary})

    async def hello(self, cursor: dict | None = None, since: str | None = None) -> dict:
        await self.connect()
        await self.up(json.dumps({"t": "hello", "v": 1, "cursor": cursor or {}, "since": since}))
        return await self.next()

    async def next(self, kind: str | None = None) -> dict:
        while True:
            output = await self.wire.receive_output(8)
            assert output["type"] == "websocket.send", output
            frame = json.loads(output["text"])
            if kind in (None, frame["t"]):
                return frame

    async def event(self, seq: int) -> dict:
        """The event with this number; smaller ones may come again, a client knows them already."""
        while True:
            for event in (await self.next("ev"))["events"]:
                assert event["seq"] <= seq
                if event["seq"] == seq:
                    return event

    async def closed(self) -> int:
        while True:
            output = await self.wire.receive_output(8)
            if output["type"] == "websocket.close":
                return output["code"]

    async def is_silent(self) -> bool:
        return await self.wire.receive_nothing(0.6)


def run(story) -> None:
    """Run a story in a loop of its own, with a hub of its own that ends with it."""

    async def all_of_it() -> None:
        try:
            await story()
        finally:
            for connection in list(registry.hub_of_this_loop().connections):
                registry.hub_of_this_loop().leave(connection)

    asyncio.run(all_of_it())


def say(kita: Kita, text: str = "Wir gehen in den Wald.") -> Conversation:
    opening = Opening(uuid.uuid4(), "Ausflug", text)
    box = uuid.UUID(kita.box(group=kita.group))
    return write_to_guardians(kita.head, box, [kita.child.public_id], opening).conversations[0]


def test_message__arrives_live_with_readers_only():
    kita = Kita()
    conversation = say(kita)
    sockets = {name: Socket(getattr(kita, name)) for name in ("mother", "head", "stranger")}

    async def story() -> None:
        for socket in sockets.values():
            assert (await socket.hello())["t"] == "hi"
        await sync_to_async(log.reply)(
            kita.father, conversation.public_id, client_uuid=uuid.uuid4(), text="Ich komme mit."
        )
        for name in ("mother", "head"):
            event = await sockets[name].event(2)
            assert (event["c"], event["text"]) == (str(conversation.public_id), "Ich komme mit.")
        assert await sockets["stranger"].is_silent()

    run(story)


def test_resume__with_a_cursor__brings_exactly_what_was_missed():
    kita = Kita()
    conversation = say(kita)
    for number in range(3):
        log.reply(kita.head, conversation.public_id, client_uuid=uuid.uuid4(), text=f"Nachricht {number}")
    socket, stranger = Socket(kita.mother), Socket(kita.stranger)

    async def story() -> None:
        cursor = {str(conversation.public_id): 2}
        await socket.hello(cursor)
        missed = await socket.next("ev")
        assert [event["seq"] for event in missed["events"]] == [3, 4]
        await stranger.hello(cursor)
        assert await stranger.is_silent()

    run(story)


def test_resume__with_a_moment__brings_conversations_that_began_since():
    kita = Kita()
    since = timezone.now().isoformat()
    conversation = say(kita)
    socket = Socket(kita.mother)

    async def story() -> None:
        await socket.hello(since=since)
        assert (await socket.next("ev"))["events"][0]["c"] == str(conversation.public_id)

    run(story)


def test_resume__after_more_than_500_events__says_to_load_anew(monkeypatch):
    monkeypatch.setattr("messaging.live.store.MAX_MISSED", 2)
    kita = Kita()
    conversation = say(kita)
    for number in range(3):
        log.reply(kita.head, conversation.public_id, client_uuid=uuid.uuid4(), text=f"Nachricht {number}")
    socket = Socket(kita.mother)

    async def story() -> None:
        await socket.hello({str(conversation.public_id): 0})
        assert (await socket.next())["t"] == "resync"

    run(story)


def test_custody__that_ends__takes_the_thread_from_an_open_socket():
    kita = Kita()
    conversation = say(kita)
    kita.add_child("Lea", kita.group, kita.father)
    socket = Socket(kita.father)

    async def story() -> None:
        await socket.hello()
        guardianship = await sync_to_async(kita.child.guardianships.get)(person=kita.father)
        await sync_to_async(relations.end_guardianship)(guardianship, valid_until=timezone.localdate())
        assert (await socket.next("acl"))["t"] == "acl"
        await sync_to_async(log.reply)(
            kita.head, conversation.public_id, client_uuid=uuid.uuid4(), text="Nur für die Mutter"
        )
        assert await socket.is_silent()

    run(story)


def test_person__who_is_deactivated__is_closed_with_4401():
    kita = Kita()
    socket = Socket(kita.father)

    def deactivate() -> None:
        with transaction.atomic():
            User.objects.filter(pk=kita.father.pk).update(is_active=False)
            acl.note_change([kita.father.pk])

    async def story() -> None:
        await socket.hello()
        await sync_to_async(deactivate)()
        assert await socket.closed() == frames.SIGN_IN

    run(story)


def test_wake_up__that_was_lost__costs_time_only(monkeypatch):
    monkeypatch.setattr("messaging.live.hub.REPAIR_SECONDS", 0.2)
    monkeypatch.setattr("messaging.live.hub.TICK_SECONDS", 0.2)
    monkeypatch.setattr("messaging.wake._wake", lambda channel, payload: None)
    kita = Kita()
    conversation = say(kita)
    socket = Socket(kita.mother)

    async def story() -> None:
        await socket.hello({str(conversation.public_id): 1})
        await sync_to_async(log.reply)(kita.head, conversation.public_id, client_uuid=uuid.uuid4(), text="Trotzdem da")
        assert (await socket.event(2))["text"] == "Trotzdem da"

    run(story)


def test_socket__without_sign_in__is_closed_with_4401():
    async def story() -> None:
        socket = Socket(None)
        await socket.connect()
        assert await socket.closed() == frames.SIGN_IN

    run(story)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("nonsense", "frame"),
        ('{"t":"hello","v":7}', "version"),
        ('{"t":"hello","v":1,"cursor":{"x":1}}', "cursor"),
        ('{"t":"hello","v":1,"cursor":{"9b0a5f5c-9a55-4a5c-8e0d-1d2f3a4b5c6d":-1}}', "cursor"),
        ('{"t":"hello","v":1,"since":"gestern"}', "cursor"),
        ('{"t":"say","text":"hi"}', "frame"),
        ('{"t":"hb"}', "frame"),
        ("[" * 5000, "frame"),
    ],
)
def test_frame__that_is_none__gets_its_code(frame, code):
    kita = Kita()
    socket = Socket(kita.mother)

    async def story() -> None:
        await socket.connect()
        await socket.up(frame)
        assert await socket.next() == {"t": "err", "code": code}
        if code == "version":
            assert await socket.closed() == frames.TOO_OLD

    run(story)


def test_frame__binary__is_refused_and_five_mistakes_close():
    kita = Kita()
    socket = Socket(kita.mother)

    async def story() -> None:
        await socket.connect()
        for _ in range(5):
            await socket.up(binary=b"\x00\xff")
            assert await socket.next() == {"t": "err", "code": "binary"}
        assert await socket.closed() == frames.BAD_FRAME

    run(story)


def test_flood__of_frames__is_closed_with_4429():
    kita = Kita()
    socket = Socket(kita.mother)

    async def story() -> None:
        await socket.hello()
        for _ in range(25):
            await socket.up('{"t":"hb"}')
        assert await socket.closed() == frames.FLOOD

    run(story)


def test_event_stream__has_the_same_frames_and_an_id_to_resume():
    kita = Kita()
    conversation = say(kita)
    path = f"/events/messages?cursor={conversation.public_id.hex}.0"
    headers = cookie(kita.mother)

    async def story() -> None:
        stream = ApplicationCommunicator(application, scope("http", path, headers))
        await stream.send_input({"type": "http.request", "body": b""})
        start = await stream.receive_output(8)
        assert start["status"] == 200
        text = ""
        while "Wald" not in text:
            text += (await stream.receive_output(8))["body"].decode()
        assert f"id: {conversation.public_id.hex}.1\n" in text
        await stream.send_input({"type": "http.disconnect"})
        await stream.wait(8)
        assert not registry.hub_of_this_loop().connections

    run(story)


@pytest.mark.parametrize(("path", "who", "status"), [("", None, 401), ("?cursor=xyz", "mother", 422)])
def test_event_stream__refused(path, who, status):
    kita = Kita()
    headers = cookie(getattr(kita, who)) if who else []

    async def story() -> None:
        stream = ApplicationCommunicator(application, scope("http", f"/events/messages{path}", headers))
        await stream.send_input({"type": "http.request", "body": b""})
        assert (await stream.receive_output(8))["status"] == status

    run(story)


def test_protocol_page__names_what_the_code_has():
    page = LIVE.read_text(encoding="utf-8")
    codes = {
        getattr(frames, name)
        for name in ("SIGN_IN", "ACCESS_ENDED", "SILENT", "LAGGING", "TOO_OLD", "BAD_FRAME", "FLOOD", "RESTART")
    }

    assert {int(code) for code in re.findall(r"^\| `(\d{4})` \|", page, re.MULTILINE)} == codes
    assert set(re.findall(r'\{"t":"(\w+)"', page)) == {"hello", "hb", "hi", "ev", "acl", "resync", "err", "bye"}
    assert set(re.findall(r"^\| `(frame|version|cursor|binary)` \|", page, re.MULTILINE)) == {
        "frame",
        "version",
        "cursor",
        "binary",
    }
