"""A broadcast from draft to release: counted, seen by a second person, 60 seconds to undo, one row of audience."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.api import User
from common.api import audit, clock
from messaging import audiences, problems
from messaging.models import Audience, Bulletin, Confirmation, Conversation, Event, Mailbox
from messaging.permissions import MIN_COUNT, box_key, reach_of
from messaging.services import acl
from messaging.services.log import access_conversation, append, new_content, withdraw_event
from messaging.services.threads import access_box, owner_of
from messaging.texts import check_text, check_title

UNDO = timedelta(seconds=60)
FURTHEST = timedelta(days=365)
State = Bulletin.State


@dataclass(frozen=True)
class Wanted:
    """What the sender writes down."""

    title: str
    text: str
    keys: Sequence[str]
    is_urgent: bool = False
    wants_confirmation: bool = False
    expires_on: date | None = None
    language: str = "de"


def access_bulletin(person: User, public_id: uuid.UUID, *, lock: bool = False) -> Bulletin:
    """The bulletin, if the person opens the mailbox it comes from; raises 404 otherwise."""
    reach = reach_of(person, clock.now())
    found = Bulletin.objects.select_related("sender_box__council__facility", "sender_box__facility", "conversation")
    if lock:
        found = found.select_for_update(of=("self",))
    bulletin = found.filter(public_id=public_id, sender_box__in=reach.boxes).first()
    if bulletin is None:
        raise problems.not_found()
    return bulletin


def draft_bulletin(person: User, box_id: uuid.UUID, wanted: Wanted) -> Bulletin:
    """Write a bulletin down. Raises 404 (mailbox), 422 (text, audience)."""
    box = access_box(person, box_id)
    bulletin = Bulletin(sender_box=box, created_by=person, created_at=clock.now())
    _fill(bulletin, wanted)
    bulletin.save()
    return bulletin


def change_bulletin(person: User, public_id: uuid.UUID, wanted: Wanted) -> Bulletin:
    """Change a draft. Raises 404, 409 (no draft any more), 422."""
    with transaction.atomic():
        bulletin = access_bulletin(person, public_id, lock=True)
        _expect(bulletin, "draft")
        _fill(bulletin, wanted)
        bulletin.save()
        return bulletin


def delete_bulletin(person: User, public_id: uuid.UUID) -> None:
    """Throw a draft away."""
    with transaction.atomic():
        bulletin = access_bulletin(person, public_id, lock=True)
        _expect(bulletin, "draft")
        bulletin.delete()


def count_recipients(bulletin: Bulletin) -> int:
    """How many persons it would reach now."""
    return audiences.holders_of(bulletin.keys, clock.now()).count()


def told_count(bulletin: Bulletin, count: int) -> int | None:
    """The number as the sender may know it: outside the own place nothing below five."""
    is_own = bulletin.sender_box.kind in {Mailbox.Kind.GROUP, Mailbox.Kind.FACILITY}
    return count if is_own or count >= MIN_COUNT else None


def submit_bulletin(
    person: User, public_id: uuid.UUID, *, recipients: int | None, release_at: datetime | None = None
) -> Bulletin:
    """Send it on its way after the number of recipients was seen: to the second person, or into its 60 seconds. Raises
    409 when the audience has another number now."""
    with transaction.atomic():
        bulletin = access_bulletin(person, public_id, lock=True)
        _expect(bulletin, "draft")
        _fill(bulletin, _wanted_of(bulletin))  # what the mailbox may send to can have changed since it was written
        count = _same_audience(bulletin, recipients)
        if count == 0:
            raise problems.refused("nobody", _("Zu dieser Auswahl gehört gerade niemand."), path="keys")
        bulletin.submitted_by, bulletin.recipients_seen = person, count
        bulletin.release_at = _release_time(release_at)
        second = audiences.needs_second(bulletin.sender_box, bulletin.keys)
        bulletin.state = State.AWAITING_SECOND if second else State.SCHEDULED
        bulletin.save()
        audit.record(actor=person, action="bulletin.submit", obj=f"bulletin:{bulletin.public_id}")
        return bulletin


def approve_bulletin(person: User, public_id: uuid.UUID, *, recipients: int | None) -> Bulletin:
    """The second pair of eyes, of somebody else who opens the mailbox. Raises 409 (same person, audience changed)."""
    with transaction.atomic():
        bulletin = access_bulletin(person, public_id, lock=True)
        _expect(bulletin, "awaiting_second")
        if person.pk in {bulletin.submitted_by_id, bulletin.created_by_id}:
            message = _("Freigeben muss eine zweite Person.")
            raise problems.refused("same_person", message, status=409)
        bulletin.recipients_seen = _same_audience(bulletin, recipients)
        bulletin.approved_by, bulletin.state = person, State.SCHEDULED
        bulletin.release_at = _release_time(bulletin.release_at)
        bulletin.save()
        audit.record(actor=person, action="bulletin.approve", obj=f"bulletin:{bulletin.public_id}")
        return bulletin


def recall_bulletin(person: User, public_id: uuid.UUID) -> Bulletin:
    """Back to the draft, before anybody got it."""
    with transaction.atomic():
        bulletin = access_bulletin(person, public_id, lock=True)
        _expect(bulletin, "awaiting_second", "scheduled")
        bulletin.state, bulletin.release_at = State.DRAFT, None
        bulletin.submitted_by = bulletin.approved_by = None
        bulletin.save()
        audit.record(actor=person, action="bulletin.recall", obj=f"bulletin:{bulletin.public_id}")
        return bulletin


def withdraw_bulletin(person: User, public_id: uuid.UUID) -> Bulletin:
    """Take it back within 8 days: recipients see a placeholder. Raises 409 when it is too late."""
    with transaction.atomic():
        acl.read_version()
        bulletin = access_bulletin(person, public_id, lock=True)
        if bulletin.state == State.WITHDRAWN:
            return bulletin
        _expect(bulletin, "released")
        withdraw_event(person, bulletin.conversation, bulletin.conversation.events.get(seq=1))
        bulletin.state = State.WITHDRAWN
        bulletin.save(update_fields=["state"])
        return bulletin


def release_due() -> int:
    """Release what is scheduled and due; returns how many. The worker calls it; two workers never release one twice."""
    due = Bulletin.objects.filter(state=State.SCHEDULED, release_at__lte=clock.now())
    return sum(release_bulletin(pk) for pk in list(due.order_by("release_at", "pk").values_list("pk", flat=True)))


def release_bulletin(pk: int) -> bool:
    """The release itself: conversation, audience, event and wake-up in one transaction, with as many statements for ten
    thousand recipients as for ten. False when it was not due any more."""
    with transaction.atomic():
        acl.read_version()
        waiting = Bulletin.objects.select_for_update(of=("self",)).select_related("sender_box__council__facility")
        bulletin = waiting.filter(pk=pk, state=State.SCHEDULED, release_at__lte=clock.now()).first()
        if bulletin is None:
            return False
        moment = clock.now()
        conversation = Conversation.objects.create(
            kind=Conversation.Kind.BULLETIN,
            title=bulletin.title,
            controller=owner_of(bulletin.sender_box),
            created_at=moment,
            updated_at=moment,
        )
        keys = {*bulletin.keys, box_key(bulletin.sender_box_id)}
        Audience.objects.bulk_create([Audience(conversation=conversation, key=key) for key in sorted(keys)])
        content = new_content(bulletin.text, bulletin.language)
        sender = bulletin.submitted_by or bulletin.created_by
        append(conversation, sender, content, box=bulletin.sender_box, client_uuid=bulletin.public_id)
        bulletin.conversation, bulletin.state, bulletin.released_at = conversation, State.RELEASED, moment
        bulletin.save(update_fields=["conversation", "state", "released_at"])
        return True


def confirm(person: User, public_id: uuid.UUID, child_id: uuid.UUID | None) -> Confirmation:
    """Answer "please confirm": for a child of the person the bulletin is for, or (staff) for oneself. Again is
    harmless, also by the other guardian. Raises 404 (not visible, not that child), 409 (not asked, withdrawn)."""
    with transaction.atomic():
        acl.read_version()
        conversation, reach = access_conversation(person, public_id)
        bulletin = Bulletin.objects.filter(conversation=conversation).first()
        if bulletin is None or not bulletin.wants_confirmation or bulletin.state != State.RELEASED:
            message = _("Hier ist keine Bestätigung nötig.")
            raise problems.refused("not_asked", message, status=409)
        event = Event.objects.get(conversation=conversation, seq=1)
        mine = audiences.children_reached(person, bulletin.keys, clock.now())
        if child_id is None:
            if mine.exists() or not reach.keys & set(bulletin.keys):
                raise problems.not_found()
            who = {"person": person, "child": None}
            values: dict[str, object] = {"at": clock.now()}
        else:
            child = mine.filter(public_id=child_id).first()
            if child is None:
                raise problems.not_found()
            who, values = {"child": child}, {"person": person, "at": clock.now()}
        answer, _is_new = Confirmation.objects.get_or_create(event=event, **who, defaults=values)
        return answer


def _fill(bulletin: Bulletin, wanted: Wanted) -> None:
    allowed = {choice.key for choice in audiences.list_choices(bulletin.sender_box, clock.now())}
    keys = sorted(set(wanted.keys))
    if not keys or not set(keys) <= allowed:
        raise problems.refused("audience", _("Bitte wählen Sie, wer die Mitteilung bekommt."), path="keys")
    if wanted.expires_on and wanted.expires_on < clock.today():
        raise problems.refused("past", _("Dieser Tag ist schon vorbei."), path="expires_on")
    bulletin.title, bulletin.text = check_title(wanted.title), check_text(wanted.text)
    bulletin.keys, bulletin.language = keys, wanted.language
    bulletin.is_urgent, bulletin.wants_confirmation = wanted.is_urgent, wanted.wants_confirmation
    bulletin.expires_on = wanted.expires_on


def _wanted_of(bulletin: Bulletin) -> Wanted:
    return Wanted(
        title=bulletin.title,
        text=bulletin.text,
        keys=bulletin.keys,
        is_urgent=bulletin.is_urgent,
        wants_confirmation=bulletin.wants_confirmation,
        expires_on=bulletin.expires_on,
        language=bulletin.language,
    )


def _expect(bulletin: Bulletin, *states: str) -> None:
    if bulletin.state not in states:
        message = _("Die Mitteilung ist inzwischen weiter: %(state)s.") % {"state": bulletin.get_state_display()}
        raise problems.refused("state", message, status=409)


def _same_audience(bulletin: Bulletin, seen: int | None) -> int:
    count = count_recipients(bulletin)
    told = told_count(bulletin, count)
    if told != seen:
        raise problems.audience_changed(told)
    return count


def _release_time(wanted: datetime | None) -> datetime:
    soonest = clock.now() + UNDO
    if wanted is not None and wanted > clock.now() + FURTHEST:
        raise problems.refused("too_far", _("Höchstens ein Jahr im Voraus."), path="release_at")
    return max(soonest, wanted) if wanted else soonest
