"""Writing to the log. One transaction: rights, content, sequence, event, wake-up. docs/mechanisms/log.md."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, connection, transaction

from accounts.api import User
from common.api import audit, clock
from messaging import problems
from messaging.models import Content, Conversation, Event, Mailbox, ReadMark
from messaging.permissions import Reach, boxes_in, may_reply, reach_of, visible_to
from messaging.services import acl
from messaging.texts import check_text
from messaging.wake import wake_log

WITHDRAW_WITHIN = timedelta(days=8)
APPEND = "UPDATE messaging_conversation SET last_seq = last_seq + 1, updated_at = %s WHERE id = %s RETURNING last_seq"


@dataclass(frozen=True)
class Said:
    """The stored event, and whether an earlier request had stored it already."""

    event: Event
    is_replay: bool


def access_conversation(person: User, public_id: uuid.UUID) -> tuple[Conversation, Reach]:
    """The conversation, if the person may read it now; raises 404 otherwise. With what follows from their relations."""
    moment = clock.now()
    reach = reach_of(person, moment)
    found = visible_to(person, moment, reach=reach).filter(public_id=public_id).select_related("controller").first()
    if found is None:
        raise problems.not_found()
    return found, reach


def reply(person: User, public_id: uuid.UUID, *, client_uuid: uuid.UUID, text: str, language: str = "de") -> Said:
    """Say something in a conversation. The same `client_uuid` again returns what was stored. Raises 404 (not visible),
    409 (read only), 422 (text)."""
    checked = check_text(text)
    try:
        with transaction.atomic():
            acl.read_version()
            conversation, reach = access_conversation(person, public_id)
            if stored := find_sent(person, client_uuid, conversation):
                return Said(_same(stored, checked), is_replay=True)
            if not may_reply(reach, conversation):
                raise problems.cannot_reply()
            content = new_content(checked, language)
            box = speaking_box(person, reach, conversation)
            return Said(append(conversation, person, content, box=box, client_uuid=client_uuid), is_replay=False)
    except IntegrityError:
        # Two requests with one number at the same time: the other one won, and this transaction left nothing.
        conversation, _reach = access_conversation(person, public_id)
        stored = find_sent(person, client_uuid, conversation)
        if stored is None:
            raise
        return Said(_same(stored, checked), is_replay=True)


def find_sent(person: User, client_uuid: uuid.UUID, conversation: Conversation) -> Event | None:
    """What this person sent with this number in this conversation, or None."""
    sent = Event.objects.filter(sender=person, client_uuid=client_uuid, conversation=conversation)
    return sent.select_related("content").first()


def _same(stored: Event, text: str) -> Event:
    if stored.content is None or stored.content.text != text:
        raise problems.uuid_reused()
    return stored


def speaking_box(person: User, reach: Reach, conversation: Conversation) -> Mailbox | None:
    """The mailbox a person speaks for in a conversation, the smallest of theirs (a group before its Kita); None for a
    participant, who speaks for themselves."""
    if conversation.participants.filter(person=person).exists():
        return None
    order = {"personal": 0, "group": 1, "facility": 2, "council": 3, "carrier": 4, "city": 5}
    boxes = Mailbox.objects.filter(pk__in=boxes_in(reach, conversation))
    return min(boxes, key=lambda box: (order[box.kind], box.pk), default=None)


def new_content(text: str, language: str) -> Content:
    """Store a text once; `digest` finds its translations."""
    digest = hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()
    return Content.objects.create(text=text, language=language, digest=digest)


def append(
    conversation: Conversation,
    person: User,
    content: Content | None,
    *,
    box: Mailbox | None,
    client_uuid: uuid.UUID,
    kind: str = "message",
    refers_to: int | None = None,
) -> Event:
    """Add an event under the next sequence; who comes second waits for the row. Who speaks has read."""
    moment = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(APPEND, [moment, conversation.pk])
        seq = int(cursor.fetchone()[0])
    event = Event.objects.create(
        conversation=conversation,
        seq=seq,
        kind=kind,
        content=content,
        refers_to=refers_to,
        sender_box=box,
        sender=person,
        client_uuid=client_uuid,
        at=moment,
    )
    conversation.last_seq, conversation.updated_at = seq, moment
    set_read(person, conversation, seq)
    wake_log(conversation.pk, seq)
    return event


def append_to_all(
    conversations: Iterable[Conversation], person: User, content: Content, *, box: Mailbox, client_uuid: uuid.UUID
) -> Sequence[Event]:
    """The same content into several conversations, in the order of their numbers: two senders never wait in a
    circle."""
    ordered = sorted(conversations, key=lambda conversation: conversation.pk)
    return [append(each, person, content, box=box, client_uuid=client_uuid) for each in ordered]


def withdraw(person: User, public_id: uuid.UUID, seq: int) -> Event:
    """Take a message back within 8 days: everybody sees a placeholder, the original stays for an audited look. Allowed
    to who wrote it and to who opens the mailbox it came from. Raises 404, 409 (too late)."""
    with transaction.atomic():
        acl.read_version()
        conversation, reach = access_conversation(person, public_id)
        event = conversation.events.filter(seq=seq, kind=Event.Kind.MESSAGE).first()
        if event is None or not (event.sender_id == person.pk or event.sender_box_id in reach.boxes):
            raise problems.not_found()
        done = conversation.events.filter(kind=Event.Kind.WITHDRAWAL, refers_to=seq).first()
        return done or withdraw_event(person, conversation, event)


def withdraw_event(person: User, conversation: Conversation, event: Event) -> Event:
    """The withdrawal itself, for a caller that has checked the right; raises 409 when it is too late."""
    if clock.now() - event.at > WITHDRAW_WITHIN:
        raise problems.too_late_to_withdraw()
    audit.record(actor=person, action="message.withdraw", obj=f"event:{conversation.public_id}/{event.seq}")
    number = uuid.uuid5(conversation.public_id, f"withdraw:{event.seq}")
    box = event.sender_box
    return append(
        conversation,
        person,
        None,
        box=box,
        client_uuid=number,
        kind="withdrawal",
        refers_to=event.seq,
    )


def mark_read(person: User, public_id: uuid.UUID, up_to_seq: int) -> int:
    """Say how far the person has read; never goes back, never past the end. Returns the mark. Raises 404."""
    conversation, _reach = access_conversation(person, public_id)
    return set_read(person, conversation, min(up_to_seq, conversation.last_seq))


def set_read(person: User, conversation: Conversation, seq: int) -> int:
    """The mark, moved forward only."""
    mark, is_new = ReadMark.objects.get_or_create(
        person=person, conversation=conversation, defaults={"up_to_seq": max(0, seq)}
    )
    if not is_new and mark.up_to_seq < seq:
        ReadMark.objects.filter(pk=mark.pk, up_to_seq__lt=seq).update(up_to_seq=seq)
        mark.up_to_seq = seq
    return int(mark.up_to_seq)
