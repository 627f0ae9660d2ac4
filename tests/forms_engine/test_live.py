"""/ws/cases: an open inbox hears of its own units' cases only, and only while the person works there."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore

from accounts.api import Membership
from forms_engine import live
from forms_engine.consumers import CaseInboxConsumer
from tests.forms_engine.factories import case_in_inbox, make_clerk, make_person, make_unit, publish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.05)
    monkeypatch.setattr(live, "watches", {})


class Socket(ApplicationCommunicator):
    """A browser's end of the socket (channels.testing would need daphne)."""

    def __init__(self, person, session=None) -> None:
        scope = {"type": "websocket", "path": "/ws/cases", "user": person, "session": session}
        super().__init__(CaseInboxConsumer.as_asgi(), scope)

    async def connect(self) -> dict:
        await self.send_input({"type": "websocket.connect"})
        return await self.receive_output(3)

    async def leave(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(3)


def in_loop(scene):
    """Run one async scene; database work inside goes through `database_sync_to_async`."""
    return async_to_sync(scene)()


@pytest.mark.parametrize("who", ["nobody", "citizen", "administrator"])
def test_socket__of_somebody_who_works_nowhere__is_closed(who):
    person = {
        "nobody": AnonymousUser,
        "citizen": make_person,
        "administrator": lambda: make_person(superuser=True),
    }[who]()

    async def scene():
        return await Socket(person).connect()

    assert in_loop(scene) == {"type": "websocket.close", "code": 4403}


def test_socket__of_a_clerk__hears_of_a_new_case_of_the_unit_without_its_content():
    version = publish()
    clerk = make_clerk(version.form.unit)

    async def scene():
        socket = Socket(clerk)
        assert (await socket.connect())["type"] == "websocket.accept"
        await database_sync_to_async(case_in_inbox)(version)
        heard = await socket.receive_output(3)
        await socket.leave()
        return heard

    assert in_loop(scene)["text"] == '{"type": "cases.changed"}'


def test_socket__of_another_unit__hears_nothing():
    version = publish()
    stranger = make_clerk(make_unit("bauamt"))

    async def scene():
        socket = Socket(stranger)
        await socket.connect()
        await database_sync_to_async(case_in_inbox)(version)
        silent = await socket.receive_nothing(0.5)
        await socket.leave()
        return silent

    assert in_loop(scene)


def test_socket__of_a_clerk_who_left__is_closed_with_the_next_news():
    version = publish()
    clerk = make_clerk(version.form.unit)

    async def scene():
        socket = Socket(clerk)
        await socket.connect()
        await database_sync_to_async(Membership.objects.filter(user=clerk).delete)()
        await database_sync_to_async(case_in_inbox)(version)
        return await socket.receive_output(3)

    assert in_loop(scene) == {"type": "websocket.close", "code": 4403}


def test_socket__signed_out_in_another_tab__is_closed_at_the_next_news():
    version = publish()
    session = SessionStore()
    session.create()
    clerk = make_clerk(version.form.unit)

    async def scene():
        socket = Socket(clerk, session)
        assert (await socket.connect())["type"] == "websocket.accept"
        await database_sync_to_async(SessionStore(session.session_key).flush)()
        await database_sync_to_async(case_in_inbox)(version)
        return await socket.receive_output(3)

    assert in_loop(scene) == {"type": "websocket.close", "code": 4403}


def test_socket__sent_rubbish__stays_open_and_reads_none_of_it():
    version = publish()
    clerk = make_clerk(version.form.unit)

    async def scene():
        socket = Socket(clerk)
        await socket.connect()
        await socket.send_input({"type": "websocket.receive", "text": "{" * 10_000})
        await database_sync_to_async(case_in_inbox)(version)
        news = await socket.receive_output(3)
        await socket.leave()
        return news["text"]

    assert "cases.changed" in in_loop(scene)
