"""Who may see and do what: the only place that says so. docs/mechanisms/access.md explains it in words.

Two sentences carry everything:

* A person sees a conversation when they hold one of its **audience keys** today, or when they are a **participant** and
  have the right of information today for **all** children it is about.
* A person holds a key today because a dated relation says so: nothing is copied, nothing is written when it ends.

Every way to a message (list, page, search, socket, event stream, push, mail, file, export) asks `visible_to`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.api import Person, User
from common.api import clock
from messaging.models import (
    Audience,
    Child,
    Conversation,
    ConversationChild,
    Council,
    CouncilTerm,
    Guardianship,
    Mailbox,
    Participant,
    Placement,
    StaffRole,
)
from messaging.models.dated import in_force

STARTER_DAYS = 14  # guardians read and write so many days before the first day in the Kita
STAFF_EARLY_DAYS = 7  # staff open a mailbox so many days before they take it over
MIN_COUNT = 5  # smaller numbers are not told to somebody outside the place they are about


@dataclass
class Reach:
    """What a person's relations give them on a day. `keys` are the audiences they belong to; `boxes` the mailboxes
    they open; `children` those they are informed about; `placed` (child, facility) where they may write about it."""

    keys: set[str] = field(default_factory=set)
    boxes: set[int] = field(default_factory=set)
    children: set[int] = field(default_factory=set)
    placed: set[tuple[int, int]] = field(default_factory=set)


def city_day(at: datetime) -> date:
    """The date in the city at this moment: relations begin and end at its midnight."""
    return at.astimezone(clock.CITY_TIME).date()


def reach_of(person: Person, at: datetime) -> Reach:
    """All that follows from the relations in force at this moment; five statements, whoever it is."""
    reach = Reach()
    if not person.is_authenticated or not person.is_active:
        return reach
    day = city_day(at)
    _reach_of_guardian(reach, person, day)
    boxes = Q(person=person.pk)
    boxes |= _reach_of_staff(reach, person, day)
    boxes |= _reach_of_council(reach, person, day)
    reach.boxes = set(Mailbox.objects.filter(boxes).values_list("pk", flat=True))
    reach.keys |= {box_key(pk) for pk in reach.boxes}
    return reach


def box_key(pk: int) -> str:
    """The audience key of those who open this mailbox."""
    return f"box:{pk}"


def keys_at(role: str, *, group: int | None = None, facility: int | None = None, controller: int) -> set[str]:
    """`role` in a place is the role in all places around it: group, facility, controller, city."""
    places = {f"g{group}" if group else "", f"f{facility}" if facility else "", f"c{controller}", "city"}
    return {f"{role}@{place}" for place in places if place}


def _reach_of_guardian(reach: Reach, person: User, day: date) -> None:
    """The children with a right of information, and where they are placed now or will be within 14 days."""
    informed = Guardianship.objects.on(day).filter(person=person, has_information_right=True)
    placed = in_force(day, prefix="child__placements__", early_days=STARTER_DAYS)
    reach.children = set(informed.values_list("child", flat=True))
    places = informed.filter(placed).values_list(
        "child",
        "child__school_year",
        "child__placements__group",
        "child__placements__group__facility",
        "child__placements__group__facility__controller",
    )
    for child, year, group, facility, controller in places:
        reach.placed.add((child, facility))
        for role in filter(None, ("guardians", f"school{year}" if year else "")):
            reach.keys |= keys_at(role, group=group, facility=facility, controller=controller)


def _reach_of_staff(reach: Reach, person: User, day: date) -> Q:
    """Keys of staff, and the mailboxes of their functions as a condition."""
    boxes = Q(pk=None)
    rows = StaffRole.objects.on(day, early_days=STAFF_EARLY_DAYS).filter(person=person)
    for role in rows:
        match role.role:
            case "educator":
                reach.keys |= keys_at(
                    "staff", group=role.group_id, facility=role.facility_id, controller=role.controller_id
                )
                boxes |= Q(group=role.group_id) if role.group_id else Q(group__facility=role.facility_id)
            case "head" | "youth_worker":
                for name in ("staff", "heads") if role.role == "head" else ("staff",):
                    reach.keys |= keys_at(name, facility=role.facility_id, controller=role.controller_id)
                boxes |= Q(facility=role.facility_id) | Q(group__facility=role.facility_id)
            case "carrier_office":
                reach.keys |= keys_at("carriers", controller=role.controller_id)
                boxes |= Q(controller=role.controller_id, kind=Mailbox.Kind.CARRIER)
            case "city_office":
                boxes |= Q(controller=role.controller_id, kind=Mailbox.Kind.CITY)
    return boxes


def _reach_of_council(reach: Reach, person: User, day: date) -> Q:
    """Keys and mailboxes of councils; a seat in a facility's council ends with the last day of the child there."""
    boxes = Q(pk=None)
    for term in seats_in_force(day).filter(person=person).select_related("council__facility"):
        facility = term.council.facility
        reach.keys |= {"councils@city"}
        if facility is not None:
            reach.keys |= keys_at("councils", facility=facility.pk, controller=facility.controller_id)
        boxes |= Q(council=term.council_id)
    return boxes


def seats_in_force(day: date) -> QuerySet[CouncilTerm]:
    """Seats held on this day. Who has no child in a Kita (any, for the city; this one, for a facility) holds none:
    ThürKigaG § 12, the seat ends when the child leaves."""
    placed = Placement.objects.filter(
        in_force(day),
        in_force(day, prefix="child__guardianships__"),
        child__guardianships__person=OuterRef("person"),
    )
    here = placed.filter(group__facility=OuterRef("council__facility"))
    found: QuerySet[CouncilTerm] = CouncilTerm.objects.on(day).filter(
        Q(Exists(placed), council__facility=None) | Q(Exists(here))
    )
    return found


def visible_to(person: Person, at: datetime, *, reach: Reach | None = None) -> QuerySet[Conversation]:
    """The conversations a person may read at this moment, whole: all events of each. The only rule of reading."""
    reach = reach_of(person, at) if reach is None else reach
    conversation = OuterRef("pk")
    held = Audience.objects.filter(conversation=conversation, key__in=reach.keys)
    takes_part = Participant.objects.filter(conversation=conversation, person=person.pk or 0)
    foreign = ConversationChild.objects.filter(conversation=conversation).exclude(child__in=reach.children)
    return Conversation.objects.filter(Q(Exists(held)) | (Q(Exists(takes_part)) & ~Q(Exists(foreign))))


def may_reply(reach: Reach, conversation: Conversation) -> bool:
    """Whether a person who sees the conversation may write in it. Nobody answers a bulletin (a question opens a
    thread); in a thread about children those who open a mailbox of it may, and guardians while all its children are
    placed in the facility that writes with them."""
    if conversation.kind == Conversation.Kind.BULLETIN:
        return False
    if boxes_in(reach, conversation):
        return True
    children = set(conversation.children.values_list("child_id", flat=True))
    facilities = set(_facilities_of(conversation))
    return all(any((child, facility) in reach.placed for facility in facilities) for child in children)


def boxes_in(reach: Reach, conversation: Conversation) -> set[int]:
    """The mailboxes of the conversation that the person opens: they speak for one of them."""
    keys = conversation.audience.filter(key__startswith="box:").values_list("key", flat=True)
    return {int(key.partition(":")[2]) for key in keys} & reach.boxes


def _facilities_of(conversation: Conversation) -> Iterable[int]:
    keys = conversation.audience.filter(key__startswith="box:").values_list("key", flat=True)
    boxes = Mailbox.objects.filter(pk__in=[int(key.partition(":")[2]) for key in keys]).select_related("group")
    return (box.facility_id or box.group.facility_id for box in boxes if box.facility_id or box.group_id)


def guardians_of(child: int, day: date) -> frozenset[int]:
    """The persons who are informed about the child on this day. Threads are split by this exact set."""
    rows = Guardianship.objects.on(day).filter(child=child, has_information_right=True, person__is_active=True)
    return frozenset(rows.values_list("person", flat=True))


def children_of_box(box: Mailbox, day: date) -> QuerySet[Child]:
    """The children to whose guardians the mailbox may write: placed now, or starting within 14 days."""
    placed = in_force(day, prefix="placements__", early_days=STARTER_DAYS)
    match box.kind:
        case Mailbox.Kind.GROUP:
            place = Q(placements__group=box.group_id)
        case Mailbox.Kind.FACILITY:
            place = Q(placements__group__facility=box.facility_id)
        case _:
            return Child.objects.none()
    return Child.objects.filter(placed, place).distinct()


def addressees_of(person: Person, box: Mailbox, at: datetime) -> QuerySet[Mailbox]:
    """The mailboxes that may be written to from this one. A parent writes from the personal one: to the groups and
    Kitas of their children and to the councils; functions write to each other across carriers."""
    others = Mailbox.objects.exclude(pk=box.pk).exclude(kind=Mailbox.Kind.PERSONAL)
    functions = ("facility", "carrier", "city")
    match box.kind:
        case Mailbox.Kind.PERSONAL:
            reach = reach_of(person, at)
            groups = {int(k.partition("@g")[2]) for k in reach.keys if k.startswith("guardians@g")}
            facilities = {int(k.partition("@f")[2]) for k in reach.keys if k.startswith("guardians@f")}
            if not facilities:
                return others.none()
            near = Q(group__in=groups) | Q(facility__in=facilities) | Q(council__facility__in=facilities)
            return others.filter(near | Q(kind="council", council__facility=None))
        case Mailbox.Kind.GROUP:
            return others.filter(Q(facility=box.group.facility_id))
        case Mailbox.Kind.FACILITY:
            own = Q(kind="carrier", controller=box.facility.controller_id) | Q(council__facility=box.facility_id)
            return others.filter(Q(kind__in=("facility", "city")) | own)
        case Mailbox.Kind.CARRIER | Mailbox.Kind.CITY:
            return others.filter(Q(kind__in=functions) | Q(kind="council"))
        case _:
            return others.filter(_addressees_of_council(box.council))


def _addressees_of_council(council: Council) -> Q:
    if council.facility is None:
        return Q(kind__in=("facility", "carrier", "city", "council"))
    own = Q(facility=council.facility_id) | Q(kind="carrier", controller=council.facility.controller_id)
    return own | Q(kind="council", council__facility=None) | Q(kind="city")


def openers_of(box: Mailbox, at: datetime) -> set[int]:
    """The persons who open the mailbox at this moment (the other direction of `reach_of`; a test compares both)."""
    day = city_day(at)
    staff = StaffRole.objects.on(day, early_days=STAFF_EARLY_DAYS).filter(person__is_active=True)
    match box.kind:
        case Mailbox.Kind.PERSONAL:
            return {box.person_id} if box.person.is_active else set()
        case Mailbox.Kind.GROUP:
            facility = box.group.facility_id
            educators = Q(role="educator") & (Q(group=box.group_id) | Q(group=None, facility=facility))
            found = staff.filter(educators | Q(role__in=("head", "youth_worker"), facility=facility))
        case Mailbox.Kind.FACILITY:
            found = staff.filter(role__in=("head", "youth_worker"), facility=box.facility_id)
        case Mailbox.Kind.CARRIER:
            found = staff.filter(role="carrier_office", controller=box.controller_id)
        case Mailbox.Kind.CITY:
            found = staff.filter(role="city_office", controller=box.controller_id)
        case _:
            found = seats_in_force(day).filter(council=box.council_id, person__is_active=True)
    return set(found.values_list("person", flat=True))


def next_change_at(person: Person, at: datetime) -> datetime | None:
    """The next midnight in the city at which one of the person's relations begins or ends by itself, or None. A live
    connection asks again then; no write happens at that moment."""
    day = city_day(at)
    days: set[date] = set()
    mine = Guardianship.objects.filter(person=person.pk)
    spans = [
        (mine, 0),
        (Placement.objects.filter(child__guardianships__person=person.pk), STARTER_DAYS),
        (StaffRole.objects.filter(person=person.pk), STAFF_EARLY_DAYS),
        (CouncilTerm.objects.filter(person=person.pk), 0),
    ]
    for rows, early in spans:
        for begins, ends in rows.values_list("valid_from", "valid_until"):
            days |= {begins, begins - timedelta(days=early)} | ({ends} if ends else set())
    later = [d for d in days if d > day]
    return clock.start_of(min(later)) if later else None
