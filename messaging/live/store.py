"""What the hub reads. Everything here is synchronous and short; the hub calls it in threads of its own."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import F, Q, QuerySet

from accounts.api import User
from common.api import clock
from messaging.live.frames import Cursor
from messaging.models import AclChange, AclClock, Audience, Conversation, ConversationChild, Event, Mailbox, Participant
from messaging.permissions import next_change_at, reach_of, visible_to

MAX_MISSED = 500
OVERLAP = timedelta(seconds=60)


@dataclass(frozen=True)
class Member:
    """What decides which conversations a connection hears: as of `version` of the clock of rights."""

    version: int
    keys: frozenset[str]
    children: frozenset[int]
    next_change_at: datetime | None
    is_active: bool


@dataclass
class News:
    """New events of one conversation, and who may hear them."""

    public_id: uuid.UUID
    keys: set[str] = field(default_factory=set)
    participants: set[int] = field(default_factory=set)
    children: set[int] = field(default_factory=set)
    events: list[dict[str, Any]] = field(default_factory=list)
    last_seq: int = 0


@dataclass(frozen=True)
class Reading:
    """One look at the log. The version is read after the events: a revocation before an event is always in it."""

    news: Mapping[int, News]
    version: int
    persons: frozenset[int]
    is_everybody: bool


def read_member(person_id: int, session_key: str | None) -> Member:
    """The person's rights now; version first, so that a change in between makes the connection stale again."""
    version = AclClock.objects.filter(pk=1).values_list("version", flat=True).first() or 0
    person = User.objects.filter(pk=person_id).first()
    is_signed_in = session_key is None or SessionStore().exists(session_key)
    if person is None or not person.is_active or not is_signed_in:
        return Member(version, frozenset(), frozenset(), None, is_active=False)
    moment = clock.now()
    reach = reach_of(person, moment)
    changes = next_change_at(person, moment)
    return Member(version, frozenset(reach.keys), frozenset(reach.children), changes, is_active=True)


def read_news(cursors: Mapping[int, int], version: int) -> Reading:
    """All events of these conversations past their numbers, then what changed in rights since `version`."""
    wanted = Q(pk=None)
    for conversation, seq in cursors.items():
        wanted |= Q(conversation=conversation, seq__gt=seq)
    news = _collect(Event.objects.filter(wanted))
    current = AclClock.objects.filter(pk=1).values_list("version", flat=True).first() or 0
    changed: set[int | None] = set()
    if current != version:
        rows = AclChange.objects.filter(version__gt=version, version__lte=current)
        changed = set(rows.values_list("person_id", flat=True))
    persons = frozenset(person for person in changed if person is not None)
    return Reading(news, current, persons, is_everybody=None in changed)


def _collect(events: QuerySet[Event]) -> dict[int, News]:
    rows = events.select_related("content", "sender_box", "sender", "conversation").order_by("conversation_id", "seq")
    news: dict[int, News] = {}
    for event in rows:
        entry = news.setdefault(event.conversation_id, News(event.conversation.public_id))
        entry.events.append(event_item(event))
        entry.last_seq = event.seq
    _add_readers(news)
    return news


def _add_readers(news: dict[int, News]) -> None:
    """Three statements for all conversations together."""
    for pk, key in Audience.objects.filter(conversation__in=news).values_list("conversation", "key"):
        news[pk].keys.add(key)
    for pk, person in Participant.objects.filter(conversation__in=news).values_list("conversation", "person"):
        news[pk].participants.add(person)
    for pk, child in ConversationChild.objects.filter(conversation__in=news).values_list("conversation", "child"):
        news[pk].children.add(child)


def event_item(event: Event) -> dict[str, Any]:
    """An event as everybody who may read the conversation gets it: encoded once, so without anything personal."""
    box = event.sender_box
    is_function = box is not None and box.kind != Mailbox.Kind.PERSONAL
    return {
        "c": event.conversation.public_id,
        "seq": event.seq,
        "kind": event.kind,
        "from": box.name if box is not None and is_function else str(event.sender),
        "at": event.at,
        "text": event.content.text if event.content else None,
        "lang": event.content.language if event.content else None,
        "ref": event.refers_to,
        "title": event.conversation.title,
        "uuid": event.client_uuid,
    }


def read_latest(since: datetime) -> dict[int, int]:
    """Conversations that changed since then, with their last number: heals wake-ups that were lost."""
    rows = Conversation.objects.filter(updated_at__gte=since - OVERLAP)
    return dict(rows.values_list("pk", "last_seq"))


def catch_up(person_id: int, cursor: Cursor, since: datetime | None) -> list[dict[str, Any]] | None:
    """What the person missed, in order of conversation and number; None when it is more than 500 events."""
    person = User.objects.get(pk=person_id)
    known = Q(public_id__in=list(cursor))
    wanted = known if since is None else known | Q(updated_at__gte=since - OVERLAP)
    rows = visible_to(person, clock.now()).filter(wanted, last_seq__gt=0)
    numbers = {pk: cursor.get(public_id, 0) for pk, public_id in rows.values_list("pk", "public_id")}
    missed = Q(pk=None)
    behind = Conversation.objects.filter(pk__in=numbers).values_list("pk", "last_seq")
    for pk, last_seq in behind:
        if last_seq > numbers[pk]:
            missed |= Q(conversation=pk, seq__gt=numbers[pk])
    found = Event.objects.filter(missed).select_related("content", "sender_box", "sender", "conversation")
    events = list(found.order_by("conversation_id", "seq")[: MAX_MISSED + 1])
    return None if len(events) > MAX_MISSED else _without_withdrawn(events)


def _without_withdrawn(events: Iterable[Event]) -> list[dict[str, Any]]:
    """What was taken back is told as a number without text, also to who comes later."""
    items: list[dict[str, Any]] = []
    rows = list(events)
    pairs: dict[int, set[int]] = defaultdict(set)
    taken = Event.objects.filter(kind=Event.Kind.WITHDRAWAL, conversation__in={e.conversation_id for e in rows})
    for conversation, seq in taken.values_list("conversation", F("refers_to")):
        pairs[conversation].add(int(seq))
    for event in rows:
        item = event_item(event)
        if event.seq in pairs[event.conversation_id]:
            item["text"] = None
        items.append(item)
    return items
