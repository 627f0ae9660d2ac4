"""Beginning a thread: with other functions, or with the guardians of children, split by who they are."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.api import User
from common.api import clock
from messaging import problems
from messaging.models import (
    Audience,
    Child,
    Controller,
    Conversation,
    ConversationChild,
    Event,
    Mailbox,
    Participant,
)
from messaging.permissions import Reach, addressees_of, box_key, children_of_box, city_day, guardians_of, reach_of
from messaging.services import acl
from messaging.services.log import append_to_all, new_content
from messaging.texts import check_text, check_title

MAX_CHILDREN = 200
Begin = Callable[[Mailbox, Reach], list[Conversation]]


@dataclass(frozen=True)
class Opening:
    """What is said first, and by which number it is known to the client."""

    client_uuid: uuid.UUID
    title: str
    text: str
    language: str = "de"


@dataclass(frozen=True)
class Opened:
    """The threads, in the order they were made, and whether an earlier request had made them."""

    conversations: Sequence[Conversation]
    is_replay: bool


def access_box(person: User, public_id: uuid.UUID) -> Mailbox:
    """A mailbox the person opens today; raises 404 otherwise."""
    reach = reach_of(person, clock.now())
    found = Mailbox.objects.filter(public_id=public_id, pk__in=reach.boxes)
    box = found.select_related("group__facility", "facility", "controller", "council__facility").first()
    if box is None:
        raise problems.not_found()
    return box


def write_to_box(
    person: User, from_box: uuid.UUID, to_box: uuid.UUID, opening: Opening, *, about: Iterable[uuid.UUID] = ()
) -> Opened:
    """A thread between two mailboxes; a parent's may be about their children (then the right for each is needed to read
    on). Raises 404 for a mailbox that may not be written to from this one."""

    def begin(box: Mailbox, reach: Reach) -> list[Conversation]:
        other = addressees_of(person, box, clock.now()).filter(public_id=to_box).first()
        if other is None:
            raise problems.not_found()
        children = list(Child.objects.filter(public_id__in=list(about), pk__in=reach.children))
        if len(children) != len(set(about)):
            raise problems.not_found()
        if box.kind == Mailbox.Kind.PERSONAL:
            return [_begin(opening.title, owner_of(other), boxes=[other], people=[person.pk], children=children)]
        return [_begin(opening.title, owner_of(box), boxes=[box, other])]

    about = list(about)
    return _open(person, from_box, opening, begin)


def write_to_guardians(person: User, from_box: uuid.UUID, children: Iterable[uuid.UUID], opening: Opening) -> Opened:
    """Threads with the guardians of children: one for each distinct set of informed persons, all with the same content.
    Separated households never meet in one. Raises 404 for a child of another place, 422 for one nobody may be told of.
    """
    wanted = set(children)

    def begin(box: Mailbox, _reach: Reach) -> list[Conversation]:
        day = city_day(clock.now())
        found = list(children_of_box(box, day).filter(public_id__in=wanted).order_by("pk"))
        if len(found) != len(wanted):
            raise problems.not_found()
        sets: dict[frozenset[int], list[Child]] = defaultdict(list)
        for child in found:
            sets[guardians_of(child.pk, day)].append(child)
        if alone := sets.get(frozenset()):
            names = ", ".join(child.name_shown for child in alone)
            message = _("Für %(names)s ist niemand angemeldet. Bitte laden Sie die Eltern ein.") % {"names": names}
            raise problems.refused("nobody", message, path="children")
        return [
            _begin(opening.title, owner_of(box), boxes=[box], people=people, children=together)
            for people, together in sets.items()
        ]

    if not 1 <= len(wanted) <= MAX_CHILDREN:
        message = _("Bitte wählen Sie 1 bis %(limit)s Kinder.") % {"limit": MAX_CHILDREN}
        raise problems.refused("children", message, path="children")
    return _open(person, from_box, opening, begin)


def _open(person: User, from_box: uuid.UUID, opening: Opening, begin: Begin) -> Opened:
    """Make the threads and say the first thing in all of them in one transaction; the same number again finds them."""
    title, text = check_title(opening.title), check_text(opening.text)
    try:
        with transaction.atomic():
            acl.read_version()
            box = access_box(person, from_box)
            if stored := _find_opened(person, opening, title, text):
                return Opened(stored, is_replay=True)
            conversations = begin(box, reach_of(person, clock.now()))
            content = new_content(text, opening.language)
            append_to_all(conversations, person, content, box=box, client_uuid=opening.client_uuid)
            return Opened(conversations, is_replay=False)
    except IntegrityError:
        stored = _find_opened(person, opening, title, text)
        if not stored:
            raise
        return Opened(stored, is_replay=True)


def _find_opened(person: User, opening: Opening, title: str, text: str) -> list[Conversation]:
    sent = Event.objects.filter(sender=person, client_uuid=opening.client_uuid).select_related(
        "conversation", "content"
    )
    events = list(sent.order_by("conversation_id"))
    if any(e.seq != 1 or e.conversation.title != title or not e.content or e.content.text != text for e in events):
        raise problems.uuid_reused()
    return [event.conversation for event in events]


def owner_of(box: Mailbox) -> Controller:
    """Who answers for what is said with this mailbox."""
    if box.controller:
        return box.controller
    if box.council:
        return box.council.controller
    facility = box.facility or (box.group.facility if box.group else None)
    if facility is None:
        raise problems.not_found()
    return facility.controller


def _begin(
    title: str,
    controller: Controller,
    *,
    boxes: Iterable[Mailbox],
    people: Iterable[int] = (),
    children: Iterable[Child] = (),
) -> Conversation:
    moment = clock.now()
    conversation = Conversation.objects.create(
        kind=Conversation.Kind.THREAD, title=title, controller=controller, created_at=moment, updated_at=moment
    )
    Audience.objects.bulk_create([Audience(conversation=conversation, key=box_key(box.pk)) for box in boxes])
    Participant.objects.bulk_create([Participant(conversation=conversation, person_id=pk) for pk in sorted(people)])
    ConversationChild.objects.bulk_create([ConversationChild(conversation=conversation, child=c) for c in children])
    return conversation
