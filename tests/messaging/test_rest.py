"""The way through over HTTP: a Kita writes, parents read, confirm and answer; strangers get 404."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.api import User
from common.api import clock
from messaging.models import Bulletin, Child, Content, Conversation, Event, Mailbox
from messaging.queries import list_conversations
from messaging.services import places, relations
from messaging.services.bulletins import release_due

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)


class Kita:
    """A Kita with a head, one group, a child with two separated parents, a second child, and a city office of two."""

    def __init__(self) -> None:
        self.city = places.ensure_controller("stadt", name="Stadt", kind="city")
        self.carrier = places.ensure_controller("awo", name="AWO")
        self.kita = places.ensure_facility("sonne", name="Kita Sonne", controller=self.carrier)
        self.group = places.ensure_group(self.kita, "Igel")
        self.other = places.ensure_group(places.ensure_facility("mond", name="Mond", controller=self.carrier), "Eule")
        self.head, self.mother, self.father, self.stranger = (
            person(name) for name in ("head", "mother", "father", "stranger")
        )
        self.city_one, self.city_two = person("one"), person("two")
        relations.add_staff_role(self.head, "head", valid_from=START, facility=self.kita)
        for each in (self.city_one, self.city_two):
            relations.add_staff_role(each, "city_office", valid_from=START, controller=self.city)
        self.child = self.add_child("Mia", self.group, self.mother, self.father)
        self.add_child("Ole", self.other, self.stranger)

    def add_child(self, name: str, group, *guardians: User) -> Child:
        child = Child.objects.create(controller=self.carrier, name_shown=name, external_key=name)
        relations.place_child(child, group, valid_from=START)
        for guardian in guardians:
            relations.add_guardianship(child, guardian, valid_from=START)
        return child

    def box(self, **place) -> str:
        return str(Mailbox.objects.get(**place).public_id)


def person(name: str) -> User:
    return User.objects.create(email=f"{name}@jena.example", first_name=name.title(), password="!")


def ask(who: User | None, method: str, path: str, body: object = None, *, status: int) -> dict:
    client = Client()
    if who is not None:
        client.force_login(who)
    answer = client.generic(method, f"/api/v1/{path}", _json(body), content_type="application/json")
    assert answer.status_code == status, answer.content[:500]
    return answer.json() if answer.content else {}


def _json(body: object) -> bytes:
    return b"" if body is None else json.dumps(body).encode()


def opening(**more: object) -> dict:
    return {"client_uuid": str(uuid.uuid4()), "title": "Ausflug", "text": "Wir gehen in den Wald.", **more}


def thread(kita: Kita) -> str:
    wanted = opening(from_box=kita.box(group=kita.group), children=[str(kita.child.public_id)])
    return ask(kita.head, "POST", "threads", wanted, status=201)["conversations"][0]["id"]


def bulletin(kita: Kita, who: User, box: str, keys: list[str], **more: object) -> dict:
    wanted = {"title": "Schließtag", "text": "Am Freitag ist zu.", "keys": keys, **more}
    return ask(who, "POST", f"mailboxes/{box}/bulletins", wanted, status=201)


def to_the_city(kita: Kita) -> dict:
    return bulletin(kita, kita.city_one, kita.box(kind="city"), ["guardians@city"])


def release(moment, drafted: dict, by: User) -> None:
    ask(by, "POST", f"bulletins/{drafted['id']}/submit", {"recipients": drafted["recipients"]}, status=200)
    moment(seconds=61)
    assert release_due() == 1


@pytest.fixture
def moment(monkeypatch):
    """Moves the clock forward."""
    state = {"now": clock.now()}
    monkeypatch.setattr(clock, "now", lambda: state["now"])

    def move(**by: int) -> None:
        state["now"] += timedelta(**by)

    return move


def test_thread__to_the_guardians_of_a_child__is_read_and_answered_by_them_only():
    kita = Kita()
    conversation = thread(kita)

    listed = ask(kita.mother, "GET", "conversations", status=200)["items"]
    said = {"client_uuid": str(uuid.uuid4()), "text": "Danke!"}
    ask(kita.mother, "POST", f"conversations/{conversation}/messages", said, status=201)
    again = ask(kita.mother, "POST", f"conversations/{conversation}/messages", said, status=200)
    read = ask(kita.head, "GET", f"conversations/{conversation}", status=200)

    assert [(item["title"], item["unread"], item["from"]) for item in listed] == [("Ausflug", 1, "Kita Sonne – Igel")]
    assert [(event["seq"], event["text"]) for event in read["events"]] == [(1, "Wir gehen in den Wald."), (2, "Danke!")]
    assert again["seq"] == 2
    for path in ("", "/messages", "/read", "/confirm", "/events/1/withdraw"):
        body = {"client_uuid": str(uuid.uuid4()), "text": "x", "up_to_seq": 1, "child": None} if path else None
        ask(kita.stranger, "POST" if path else "GET", f"conversations/{conversation}{path}", body, status=404)


def test_everything__without_a_session__is_401():
    for path in ("messaging/me", "conversations", f"conversations/{uuid.uuid4()}", f"bulletins/{uuid.uuid4()}"):
        ask(None, "GET", path, status=401)


def test_thread__of_a_parent__reaches_the_group_and_not_the_other_parent():
    kita = Kita()
    wanted = opening(
        from_box=kita.box(person=kita.mother),
        to_box=kita.box(group=kita.group),
        about=[str(kita.child.public_id)],
    )

    conversation = ask(kita.mother, "POST", "threads", wanted, status=201)["conversations"][0]["id"]
    again = ask(kita.mother, "POST", "threads", wanted, status=200)["conversations"][0]["id"]

    assert again == conversation
    assert ask(kita.head, "GET", f"conversations/{conversation}", status=200)["with"] == ["Mother"]
    ask(kita.father, "GET", f"conversations/{conversation}", status=404)


def test_thread__to_a_mailbox_out_of_reach__is_404_and_leaves_nothing():
    kita = Kita()
    foreign = opening(from_box=kita.box(person=kita.mother), to_box=kita.box(group=kita.other))
    not_mine = opening(from_box=kita.box(group=kita.group), children=[str(kita.child.public_id)])

    ask(kita.mother, "POST", "threads", foreign, status=404)
    ask(kita.mother, "POST", "threads", not_mine, status=404)

    assert (Conversation.objects.count(), Content.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_custody__that_ended__takes_sight_at_once():
    kita = Kita()
    conversation = thread(kita)
    guardianship = kita.child.guardianships.get(person=kita.father)
    ask(kita.father, "GET", f"conversations/{conversation}", status=200)

    relations.end_guardianship(guardianship, valid_until=clock.today())

    ask(kita.father, "GET", f"conversations/{conversation}", status=404)
    assert ask(kita.father, "GET", "conversations", status=200)["items"] == []


def test_city_broadcast__needs_a_second_person_and_reaches_all_parents(moment):
    kita = Kita()
    drafted = to_the_city(kita)
    asked = ask(kita.city_one, "POST", f"bulletins/{drafted['id']}/submit", {"recipients": None}, status=200)
    ask(kita.city_one, "POST", f"bulletins/{drafted['id']}/approve", {"recipients": None}, status=409)
    ask(kita.city_two, "POST", f"bulletins/{drafted['id']}/approve", {"recipients": None}, status=200)
    assert release_due() == 0

    moment(seconds=61)
    assert release_due() == 1
    assert release_due() == 0

    assert asked["state"] == "awaiting_second"
    for reader in (kita.mother, kita.father, kita.stranger):
        item = ask(reader, "GET", "conversations", status=200)["items"][0]
        assert (item["title"], item["from"], item["unread"]) == ("Schließtag", "Stadt", 1)
    assert ask(kita.head, "GET", "conversations", status=200)["items"] == []
    body = {"client_uuid": str(uuid.uuid4()), "text": "Ich frage mich …"}
    ask(kita.mother, "POST", f"conversations/{item['id']}/messages", body, status=409)


def test_bulletin__with_another_number_than_was_seen__asks_again(moment):
    kita = Kita()
    drafted = bulletin(kita, kita.head, kita.box(facility=kita.kita), [f"guardians@f{kita.kita.pk}"])
    kita.add_child("Ben", kita.group, person("late"))

    refused = ask(kita.head, "POST", f"bulletins/{drafted['id']}/submit", {"recipients": 2}, status=409)

    assert (refused["errors"][0]["code"], refused["recipients"]) == ("audience_changed", 3)
    assert Bulletin.objects.get().state == "draft"


def test_confirmation__one_of_two_guardians__answers_for_the_child(moment):
    kita = Kita()
    key = f"guardians@g{kita.group.pk}"
    drafted = bulletin(kita, kita.head, kita.box(group=kita.group), [key], wants_confirmation=True)
    release(moment, drafted, kita.head)
    conversation = ask(kita.mother, "GET", "conversations", status=200)["items"][0]["id"]
    before = ask(kita.head, "GET", f"conversations/{conversation}", status=200)["bulletin"]["stats"]

    path, child = f"conversations/{conversation}/confirm", {"child": str(kita.child.public_id)}
    mine = ask(kita.mother, "POST", path, child, status=200)["bulletin"]["confirmations"]
    fathers = ask(kita.father, "POST", path, child, status=200)["bulletin"]["confirmations"]
    after = ask(kita.head, "GET", f"conversations/{conversation}", status=200)["bulletin"]["stats"]

    assert (before["missing"], before["confirmed"], before["confirmable"]) == (["Mia"], 0, 1)
    assert (after["missing"], after["confirmed"], after["recipients"]) == ([], 1, 2)
    assert (mine[0]["by"], fathers[0]["is_confirmed"], fathers[0]["by"]) == ("Mother", True, "")
    ask(kita.mother, "POST", path, {"child": None}, status=404)
    ask(kita.mother, "POST", path, {"child": str(uuid.uuid4())}, status=404)


def test_bulletin__recalled_in_its_minute__reaches_nobody(moment):
    kita = Kita()
    drafted = bulletin(kita, kita.head, kita.box(group=kita.group), [f"guardians@g{kita.group.pk}"])
    ask(kita.head, "POST", f"bulletins/{drafted['id']}/submit", {"recipients": 2}, status=200)

    recalled = ask(kita.head, "POST", f"bulletins/{drafted['id']}/recall", status=200)
    moment(seconds=120)

    assert (recalled["state"], release_due()) == ("draft", 0)
    assert ask(kita.mother, "GET", "conversations", status=200)["items"] == []


def test_bulletin__withdrawn__leaves_a_placeholder_and_after_8_days_stays(moment):
    kita = Kita()
    drafted = bulletin(kita, kita.head, kita.box(group=kita.group), [f"guardians@g{kita.group.pk}"])
    release(moment, drafted, kita.head)
    conversation = ask(kita.mother, "GET", "conversations", status=200)["items"][0]["id"]

    ask(kita.mother, "POST", f"conversations/{conversation}/events/1/withdraw", status=404)
    ask(kita.head, "POST", f"bulletins/{drafted['id']}/withdraw", status=200)
    read = ask(kita.mother, "GET", f"conversations/{conversation}", status=200)
    found = ask(kita.mother, "GET", "conversations?q=Freitag", status=200)["items"]

    assert [(event["text"], event["is_withdrawn"]) for event in read["events"]] == [(None, True)]
    assert found == []
    assert Content.objects.get().text == "Am Freitag ist zu."


def test_withdrawal__after_8_days__is_too_late(moment):
    kita = Kita()
    conversation = thread(kita)

    moment(days=8, seconds=1)
    refused = ask(kita.head, "POST", f"conversations/{conversation}/events/1/withdraw", status=409)

    assert refused["errors"][0]["code"] == "too_late"


def test_audience__of_another_place__is_refused():
    kita = Kita()
    box = kita.box(group=kita.group)
    wanted = {"title": "An alle", "text": "Hallo", "keys": ["guardians@city"]}

    refused = ask(kita.head, "POST", f"mailboxes/{box}/bulletins", wanted, status=422)

    assert refused["errors"][0]["code"] == "audience"
    assert not Bulletin.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("\u200b\u200b", "empty"),
        ("x" * 20_001, "too_long"),
        ("gnp.\u202efdp", "direction"),
        ("a\x07b", "control"),
    ],
)
def test_text__that_cannot_be_taken__says_why_and_stores_nothing(text, code):
    kita = Kita()
    conversation = thread(kita)

    body = {"client_uuid": str(uuid.uuid4()), "text": text}
    refused = ask(kita.mother, "POST", f"conversations/{conversation}/messages", body, status=422)

    assert (refused["errors"][0]["path"], refused["errors"][0]["code"]) == ("text", code)
    assert Event.objects.count() == 1


def test_text__of_10_megabytes__is_413():
    kita = Kita()
    conversation = thread(kita)
    body = {"client_uuid": str(uuid.uuid4()), "text": "x" * 10_000_000}

    ask(kita.mother, "POST", f"conversations/{conversation}/messages", body, status=413)

    assert Event.objects.count() == 1


def test_cursor__forged__is_refused_or_gives_nothing_foreign():
    kita = Kita()
    thread(kita)

    ask(kita.stranger, "GET", "conversations?before=%00%ff", status=422)
    ask(kita.stranger, "GET", "conversations?before=MjAyNi0wMS0wMXwx", status=422)
    listed = ask(kita.stranger, "GET", "conversations?before=MjA5OS0wMS0wMVQwMDowMDowMCswMDowMHw5OTk5", status=200)

    assert listed == {"items": [], "next": None}


def test_list__of_any_length__needs_the_same_number_of_statements(django_assert_num_queries):
    kita = Kita()
    thread(kita)
    with CaptureQueriesContext(connection) as one:
        list_conversations(kita.mother)
    needed = len(one)
    for _ in range(31):
        thread(kita)

    with django_assert_num_queries(needed):
        listed = list_conversations(kita.mother)
    rest = list_conversations(kita.mother, before=listed["next"])

    assert (len(listed["items"]), len(rest["items"]), rest["next"]) == (30, 2, None)


def test_read_mark__goes_forward_only_and_never_past_the_end():
    kita = Kita()
    conversation = thread(kita)
    path = f"conversations/{conversation}/read"

    marks = [ask(kita.mother, "POST", path, {"up_to_seq": n}, status=200)["up_to_seq"] for n in (99, 0)]

    assert marks == [1, 1]
    assert ask(kita.mother, "GET", "messaging/me", status=200)["unread"] == 0


def test_overview__of_a_head_who_is_no_parent__has_the_boxes_of_the_functions():
    kita = Kita()

    head = ask(kita.head, "GET", "messaging/me", status=200)
    mother = ask(kita.mother, "GET", "messaging/me", status=200)

    assert [box["name"] for box in head["boxes"]] == ["Kita Sonne", "Kita Sonne – Igel"]
    assert [(box["kind"], box["can_broadcast"]) for box in mother["boxes"]] == [("personal", False)]
    assert [child["name"] for child in mother["children"]] == ["Mia"]
