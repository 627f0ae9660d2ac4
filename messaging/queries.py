"""Reads. Each takes the person; what they may see is `permissions.visible_to` and nothing else."""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from accounts.api import User
from common.api import clock
from messaging import audiences, problems
from messaging.models import Bulletin, Child, Confirmation, Conversation, Event, Mailbox, ReadMark
from messaging.permissions import (
    Reach,
    addressees_of,
    box_key,
    boxes_in,
    children_of_box,
    city_day,
    may_reply,
    reach_of,
    visible_to,
)
from messaging.services.bulletins import count_recipients, told_count
from messaging.services.log import WITHDRAW_WITHIN

PAGE = 30
EXCERPT = 140
EVENTS = 500
WRITES_TO_GUARDIANS = {Mailbox.Kind.GROUP, Mailbox.Kind.FACILITY}


def overview(person: User) -> dict[str, Any]:
    """Who the person is here: mailboxes they open, children they are informed about, how much is unread."""
    moment = clock.now()
    reach = reach_of(person, moment)
    boxes = sorted(Mailbox.objects.filter(pk__in=reach.boxes), key=lambda b: (b.kind != "personal", b.name))
    if not any(kind == "guardians" for kind, _at, _place in (key.partition("@") for key in reach.keys)):
        boxes = [box for box in boxes if box.kind != Mailbox.Kind.PERSONAL]
    children = Child.objects.filter(pk__in=reach.children).order_by("name_shown", "pk")
    return {
        "name": str(person),
        "unread": _with_unread(visible_to(person, moment, reach=reach), person).filter(unread__gt=0).count(),
        "boxes": [_box_item(box) for box in boxes],
        "children": [_child_item(child) for child in children],
    }


def _box_item(box: Mailbox) -> dict[str, Any]:
    return {
        "id": box.public_id,
        "kind": box.kind,
        "name": box.name,
        "can_broadcast": box.kind != Mailbox.Kind.PERSONAL,
        "can_write_to_guardians": box.kind in WRITES_TO_GUARDIANS,
    }


def _child_item(child: Child) -> dict[str, Any]:
    return {"id": child.public_id, "name": child.name_shown}


def _with_unread(conversations: QuerySet[Conversation], person: User) -> QuerySet[Conversation]:
    mark = ReadMark.objects.filter(conversation=OuterRef("pk"), person=person).values("up_to_seq")
    read = Coalesce(Subquery(mark), Value(0))
    return conversations.annotate(read_up_to=read, unread=Greatest(F("last_seq") - read, Value(0)))


def list_conversations(
    person: User, *, box: uuid.UUID | None = None, text: str = "", before: str = ""
) -> dict[str, Any]:
    """A page of what the person may read, latest first; of one of their mailboxes; with a text in title or messages."""
    moment = clock.now()
    reach = reach_of(person, moment)
    found = visible_to(person, moment, reach=reach)
    if box is not None:
        found = _in_box(found, person, reach, box)
    if text:
        said = Event.objects.filter(_not_withdrawn(), conversation=OuterRef("pk"), content__text__icontains=text)
        found = found.filter(Q(title__icontains=text) | Q(Exists(said)))
    if before:
        at, pk = _read_cursor(before)
        found = found.filter(Q(updated_at__lt=at) | Q(updated_at=at, pk__lt=pk))
    page = list(_with_unread(found, person).select_related("bulletin").order_by("-updated_at", "-pk")[: PAGE + 1])
    more, page = len(page) > PAGE, page[:PAGE]
    return {
        "items": _conversation_items(page, person, reach),
        "next": _cursor(page[-1]) if more else None,
    }


def _in_box(found: QuerySet[Conversation], person: User, reach: Reach, public_id: uuid.UUID) -> QuerySet[Conversation]:
    box = Mailbox.objects.filter(public_id=public_id, pk__in=reach.boxes).first()
    if box is None:
        raise problems.not_found()
    if box.kind != Mailbox.Kind.PERSONAL:
        return found.filter(audience__key=box_key(box.pk))
    private = [key for key in reach.keys if key.startswith(("guardians@", "school")) or key == box_key(box.pk)]
    return found.filter(Q(participants__person=person) | Q(audience__key__in=private)).distinct()


def _not_withdrawn() -> Q:
    """Events nobody took back."""
    taken = Event.objects.filter(
        conversation=OuterRef("conversation"), kind=Event.Kind.WITHDRAWAL, refers_to=OuterRef("seq")
    )
    return Q(kind=Event.Kind.MESSAGE) & ~Q(Exists(taken))


def _cursor(conversation: Conversation) -> str:
    raw = f"{conversation.updated_at.isoformat()}|{conversation.pk}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _read_cursor(text: str) -> tuple[datetime, int]:
    """The place in the list a cursor stands for; raises 422 for what is none. It gives no rights: what follows it is
    filtered like everything else."""
    try:
        raw = base64.urlsafe_b64decode(text[:200] + "=" * (-len(text[:200]) % 4)).decode()
        at, _bar, pk = raw.partition("|")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            raise ValueError
        return moment, int(pk)
    except (ValueError, binascii.Error):
        message = _("Diese Stelle in der Liste gibt es nicht. Bitte laden Sie die Liste neu.")
        raise problems.refused("cursor", message, path="before") from None


def _conversation_items(page: Sequence[Conversation], person: User, reach: Reach) -> list[dict[str, Any]]:
    """The rows of the list, with a fixed number of statements however long it is."""
    pks = [conversation.pk for conversation in page]
    events = Event.objects.filter(conversation__in=pks).select_related("content", "sender_box", "sender")
    latest = {
        event.conversation_id: event
        for event in events.filter(_not_withdrawn())
        .order_by("conversation_id", "seq")
        .filter(seq__gte=F("conversation__last_seq") - 20)
    }
    children: dict[int, list[str]] = {}
    own = Child.objects.filter(conversations__conversation__in=pks).order_by("name_shown")
    for conversation, name in own.values_list("conversations__conversation", "name_shown"):
        children.setdefault(conversation, []).append(name)
    done = set(_confirmed_conversations(pks, person, reach)) | _nothing_to_confirm(page, reach)
    return [
        _conversation_item(each, latest.get(each.pk), children.get(each.pk, []), each.pk in done, reach)
        for each in page
    ]


def _nothing_to_confirm(page: Iterable[Conversation], reach: Reach) -> set[int]:
    """Bulletins the person sees as their sender only."""
    bulletins = ((each.pk, getattr(each, "bulletin", None)) for each in page)
    return {pk for pk, bulletin in bulletins if bulletin is not None and not reach.keys & set(bulletin.keys)}


def _confirmed_conversations(pks: Iterable[int], person: User, reach: Reach) -> QuerySet[Confirmation, int]:
    mine = Q(person=person) | Q(child__in=reach.children)
    return Confirmation.objects.filter(mine, event__conversation__in=pks).values_list("event__conversation", flat=True)


def _conversation_item(
    conversation: Conversation, last: Event | None, children: list[str], is_confirmed: bool, reach: Reach
) -> dict[str, Any]:
    bulletin = getattr(conversation, "bulletin", None)
    text = last.content.text if last and last.content else _("Diese Nachricht wurde zurückgenommen.")
    return {
        "id": conversation.public_id,
        "kind": conversation.kind,
        "title": conversation.title,
        "from": sender_name(last, reach) if last else "",
        "excerpt": " ".join(text.split())[:EXCERPT],
        "at": conversation.updated_at,
        "unread": conversation.unread,
        "is_urgent": bool(bulletin and bulletin.is_urgent),
        "wants_confirmation": bool(bulletin and bulletin.wants_confirmation and bulletin.state == "released"),
        "is_confirmed": is_confirmed,
        "children": children,
    }


def sender_name(event: Event, reach: Reach) -> str:
    """The function that speaks; its own people also see who of them it was. A parent is shown by name."""
    if event.sender_box is None or event.sender_box.kind == Mailbox.Kind.PERSONAL:
        return str(event.sender)
    if event.sender_box_id in reach.boxes:
        return f"{event.sender_box.name} ({event.sender})"
    return str(event.sender_box.name)


def conversation_details(person: User, public_id: uuid.UUID) -> dict[str, Any]:
    """A conversation with its last 500 events. Raises 404."""
    moment = clock.now()
    reach = reach_of(person, moment)
    visible = visible_to(person, moment, reach=reach).filter(public_id=public_id)
    conversation = _with_unread(visible, person).select_related("bulletin__sender_box").first()
    if conversation is None:
        raise problems.not_found()
    children = Child.objects.filter(conversations__conversation=conversation).order_by("name_shown", "pk")
    bulletin = getattr(conversation, "bulletin", None)
    return {
        "id": conversation.public_id,
        "kind": conversation.kind,
        "title": conversation.title,
        "can_reply": may_reply(reach, conversation),
        "children": [_child_item(child) for child in children],
        "with": _partners(conversation, person, reach),
        "last_seq": conversation.last_seq,
        "read_up_to": conversation.read_up_to,
        "events": _event_items(conversation, person, reach, moment),
        "bulletin": _bulletin_part(bulletin, person, reach, moment) if bulletin else None,
    }


def _partners(conversation: Conversation, person: User, reach: Reach) -> list[str]:
    """Who takes part. Recipients of a broadcast never see each other."""
    if conversation.kind == Conversation.Kind.BULLETIN:
        return []
    keys = [key for key in conversation.audience.values_list("key", flat=True) if key.startswith("box:")]
    boxes = Mailbox.objects.filter(pk__in=[int(key[4:]) for key in keys]).exclude(pk__in=boxes_in(reach, conversation))
    people = User.objects.filter(conversations__conversation=conversation).exclude(pk=person.pk)
    return [box.name for box in boxes] + sorted(str(other) for other in people)


def _event_items(conversation: Conversation, person: User, reach: Reach, at: datetime) -> list[dict[str, Any]]:
    latest = conversation.events.select_related("content", "sender_box", "sender").order_by("-seq")[:EVENTS]
    events = sorted(latest, key=lambda event: event.seq)
    taken = {event.refers_to for event in events if event.kind == Event.Kind.WITHDRAWAL}
    return [
        event_item(event, person, reach, at, is_withdrawn=event.seq in taken)
        for event in events
        if event.kind == Event.Kind.MESSAGE
    ]


def event_item(event: Event, person: User, reach: Reach, at: datetime, *, is_withdrawn: bool = False) -> dict[str, Any]:
    """One message as this person sees it; what was taken back has no text."""
    is_own = event.sender_id == person.pk or event.sender_box_id in reach.boxes
    in_time = at - event.at <= WITHDRAW_WITHIN
    return {
        "seq": event.seq,
        "kind": event.kind,
        "from": sender_name(event, reach),
        "is_mine": event.sender_id == person.pk,
        "at": event.at,
        "text": None if is_withdrawn or event.content is None else event.content.text,
        "language": event.content.language if event.content else "de",
        "is_withdrawn": is_withdrawn,
        "can_withdraw": is_own and in_time and not is_withdrawn,
    }


def _bulletin_part(bulletin: Bulletin, person: User, reach: Reach, at: datetime) -> dict[str, Any]:
    is_sender = bulletin.sender_box_id in reach.boxes
    return {
        "is_urgent": bulletin.is_urgent,
        "wants_confirmation": bulletin.wants_confirmation,
        "expires_on": bulletin.expires_on,
        "confirmations": _own_confirmations(bulletin, person, reach, at),
        "stats": _stats(bulletin, at) if is_sender else None,
    }


def _own_confirmations(bulletin: Bulletin, person: User, reach: Reach, at: datetime) -> list[dict[str, Any]]:
    """The answers that are this person's to give: one for each child, or one for themselves."""
    if not bulletin.wants_confirmation or bulletin.state != Bulletin.State.RELEASED:
        return []
    if not reach.keys & set(bulletin.keys):
        return []
    given = Confirmation.objects.filter(event__conversation=bulletin.conversation_id).select_related("person")
    children = list(audiences.children_reached(person, bulletin.keys, at))
    by_child = {answer.child_id: answer for answer in given.filter(child__in=children)}
    if not children:
        own = given.filter(person=person, child=None).first()
        return [_confirmation_item(None, str(person), own, person)]
    return [_confirmation_item(child.public_id, child.name_shown, by_child.get(child.pk), person) for child in children]


def _confirmation_item(child: uuid.UUID | None, name: str, answer: Confirmation | None, person: User) -> dict[str, Any]:
    """Who of the guardians answered is shown to nobody but the one who did: the other household is not named."""
    by = str(answer.person) if answer and answer.person_id == person.pk else ""
    return {"child": child, "name": name, "is_confirmed": answer is not None, "by": by}


def _stats(bulletin: Bulletin, at: datetime) -> dict[str, Any]:
    """For the sender: how many read it and confirmed; names only where a confirmation was asked, and only of children
    the mailbox may write to."""
    read = ReadMark.objects.filter(conversation=bulletin.conversation_id, up_to_seq__gte=1)
    readers = audiences.holders_of(bulletin.keys, at).filter(pk__in=read.values("person")).count()
    numbers: dict[str, Any] = {
        "recipients": told_count(bulletin, count_recipients(bulletin)),
        "read": readers,
        "confirmed": 0,
        "confirmable": None,
        "missing": [],
    }
    if bulletin.wants_confirmation:
        given = Confirmation.objects.filter(event__conversation=bulletin.conversation_id)
        numbers["confirmed"] = given.aggregate(count=Count("pk"))["count"]
        expected = audiences.children_of(bulletin.keys, at)
        numbers["confirmable"] = expected.count() or None
        near = children_of_box(bulletin.sender_box, city_day(at)).filter(pk__in=expected.values("pk"))
        missing = near.exclude(pk__in=given.filter(child__isnull=False).values("child")).order_by("name_shown")
        numbers["missing"] = list(missing.values_list("name_shown", flat=True))
    return numbers


def list_addressees(person: User, box: Mailbox) -> dict[str, Any]:
    """Whom the mailbox may write to."""
    moment = clock.now()
    boxes = addressees_of(person, box, moment).order_by("kind", "name")
    day = city_day(moment)
    children = children_of_box(box, day).order_by("name_shown", "pk").prefetch_related("placements__group")
    return {
        "boxes": [{"id": other.public_id, "name": other.name, "kind": other.kind} for other in boxes],
        "children": [_child_item(child) | {"group": _group_of(child, day)} for child in children],
    }


def _group_of(child: Child, day: object) -> str:
    placements = sorted(child.placements.all(), key=lambda placement: placement.valid_from)
    return placements[-1].group.name if placements else ""


def list_audiences(box: Mailbox) -> dict[str, Any]:
    """The audiences the mailbox may send to."""
    choices = audiences.list_choices(box, clock.now())
    return {"items": [{"key": c.key, "name": c.name, "group": c.group} for c in choices]}


def list_bulletins(person: User, box: Mailbox) -> dict[str, Any]:
    """What was written from this mailbox, latest first."""
    related = ("sender_box", "conversation", "created_by", "submitted_by", "approved_by")
    found = Bulletin.objects.filter(sender_box=box).select_related(*related).order_by("-created_at", "-pk")[:200]
    names = _names(box)
    return {"items": [_bulletin_item(each, person, names) for each in found]}


def bulletin_details(person: User, bulletin: Bulletin) -> dict[str, Any]:
    """A bulletin as its sender sees it, with the number of recipients now."""
    item = _bulletin_item(bulletin, person, _names(bulletin.sender_box))
    return item | {"recipients": told_count(bulletin, count_recipients(bulletin))}


def _names(box: Mailbox) -> dict[str, str]:
    return {choice.key: choice.name for choice in audiences.list_choices(box, clock.now())}


def _bulletin_item(bulletin: Bulletin, person: User, names: dict[str, str]) -> dict[str, Any]:
    state = Bulletin.State
    others = {bulletin.submitted_by_id, bulletin.created_by_id}
    return {
        "id": bulletin.public_id,
        "box": {"id": bulletin.sender_box.public_id, "name": bulletin.sender_box.name},
        "state": bulletin.state,
        "title": bulletin.title,
        "text": bulletin.text,
        "language": bulletin.language,
        "keys": bulletin.keys,
        "audience": [names.get(key, key) for key in bulletin.keys],
        "recipients": bulletin.recipients_seen,
        "needs_second": audiences.needs_second(bulletin.sender_box, bulletin.keys),
        "is_urgent": bulletin.is_urgent,
        "wants_confirmation": bulletin.wants_confirmation,
        "expires_on": bulletin.expires_on,
        "release_at": bulletin.release_at,
        "released_at": bulletin.released_at,
        "created_by": str(bulletin.created_by),
        "submitted_by": str(bulletin.submitted_by or ""),
        "approved_by": str(bulletin.approved_by or ""),
        "can_approve": bulletin.state == state.AWAITING_SECOND and person.pk not in others,
        "conversation": bulletin.conversation.public_id if bulletin.conversation else None,
    }
