"""Live audiences: keys such as `guardians@city` that a person holds today or does not. docs/mechanisms/audience.md.

A key is `role@place`. Roles: guardians, school<year> (guardians of children starting school that year), staff, heads,
carriers, councils. Places: city, c<carrier>, f<facility>, g<group>. `permissions.reach_of` says which keys a person
holds; this module says who holds a key, which ones a mailbox may send to, and what they are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.api import User
from messaging.models import Child, Controller, Facility, Guardianship, Mailbox, StaffRole
from messaging.models.dated import in_force
from messaging.permissions import STAFF_EARLY_DAYS, STARTER_DAYS, city_day, seats_in_force

KEY = re.compile(r"(guardians|staff|heads|carriers|councils|school(\d{4}))@(?:(city)|([cfg])(\d{1,18}))")
MAX_KEYS = 200
STAFF_ROLES = {
    "staff": ("educator", "head", "youth_worker"),
    "heads": ("head",),
    "carriers": ("carrier_office",),
}


@dataclass(frozen=True)
class Choice:
    """An audience a mailbox may send to: its key, its name, and the heading it stands under."""

    key: str
    name: str
    group: str


def holders_of(keys: Iterable[str], at: datetime) -> QuerySet[User]:
    """Active persons who hold at least one of the keys at this moment: one statement, however many they are."""
    wanted = Q(pk=None)
    for key in sorted(set(keys)):
        wanted |= _holds(key, at)
    return User.objects.filter(wanted, is_active=True)


def _holds(key: str, at: datetime) -> Q:
    match = KEY.fullmatch(key)
    if match is None:
        return Q(pk=None)
    role, year, _city, letter, number = match.groups()
    place = (letter, int(number)) if letter else None
    day = city_day(at)
    if role in STAFF_ROLES:
        staff = StaffRole.objects.on(day, early_days=STAFF_EARLY_DAYS).filter(role__in=STAFF_ROLES[role])
        return Q(Exists(staff.filter(_staff_at(place), person=OuterRef("pk"))))
    if role == "councils":
        seats = seats_in_force(day).filter(_council_at(place), person=OuterRef("pk"))
        return Q(Exists(seats))
    return Q(Exists(_guardians(place, year, day, person=OuterRef("pk"))))


def _guardians(place: tuple[str, int] | None, year: str | None, day: date, **of: Any) -> QuerySet[Guardianship]:
    placed = in_force(day, prefix="child__placements__", early_days=STARTER_DAYS)
    columns = {"g": "group", "f": "group__facility", "c": "group__facility__controller"}
    there = Q(**{f"child__placements__{columns[place[0]]}": place[1]}) if place else Q()
    school = Q(child__school_year=int(year)) if year else Q()
    found: QuerySet[Guardianship] = Guardianship.objects.on(day)
    return found.filter(placed & there & school, has_information_right=True, **of)


def _staff_at(place: tuple[str, int] | None) -> Q:
    if place is None:
        return Q()
    return Q(**{{"g": "group", "f": "facility", "c": "controller"}[place[0]]: place[1]})


def _council_at(place: tuple[str, int] | None) -> Q:
    if place is None:
        return Q()
    if place[0] == "c":
        return Q(council__facility__controller=place[1])
    return Q(council__facility=place[1]) if place[0] == "f" else Q(pk=None)


def children_reached(person: User, keys: Iterable[str], at: datetime) -> QuerySet[Child]:
    """The person's children because of whom they hold one of these keys: those to confirm for."""
    return _children(keys, at, person=person.pk).order_by("name_shown", "pk")


def children_of(keys: Iterable[str], at: datetime) -> QuerySet[Child]:
    """All children whose guardians hold one of these keys: one confirmation each is what can be expected."""
    return _children(keys, at)


def _children(keys: Iterable[str], at: datetime, **of: Any) -> QuerySet[Child]:
    found = Q(pk=None)
    for key in set(keys):
        match = KEY.fullmatch(key)
        if match and match[1] not in {*STAFF_ROLES, "councils"}:
            place = (match[4], int(match[5])) if match[4] else None
            found |= Q(pk__in=_guardians(place, match[2], city_day(at), **of).values("child"))
    return Child.objects.filter(found)


def list_choices(box: Mailbox, at: datetime) -> list[Choice]:
    """The audiences the mailbox may send to, widest first; none for personal mailboxes."""
    match box.kind:
        case Mailbox.Kind.GROUP:
            return [Choice(f"guardians@g{box.group_id}", _("Eltern: %s") % box.name, _("Gruppe"))]
        case Mailbox.Kind.FACILITY:
            return _of_facility(box.facility, at)
        case Mailbox.Kind.CARRIER:
            return _of_carrier(box.controller, at)
        case Mailbox.Kind.CITY:
            return _of_city(at)
        case Mailbox.Kind.COUNCIL if box.council.facility_id:
            facility = box.council.facility
            return [Choice(f"guardians@f{facility.pk}", _("Eltern: %s") % facility.name, _("Einrichtung"))]
        case Mailbox.Kind.COUNCIL:
            return [
                Choice("guardians@city", _("Alle Eltern in der Stadt"), _("Alle")),
                Choice("councils@city", _("Alle Elternbeiräte"), _("Alle")),
            ]
    return []


def _of_facility(facility: Facility, at: datetime) -> list[Choice]:
    here = [
        Choice(f"guardians@f{facility.pk}", _("Alle Eltern: %s") % facility.name, _("Einrichtung")),
        Choice(f"staff@f{facility.pk}", _("Team: %s") % facility.name, _("Einrichtung")),
    ]
    groups = facility.groups.order_by("name")
    here += [Choice(f"guardians@g{g.pk}", _("Eltern: %s") % g.name, _("Gruppe")) for g in groups]
    return here + _school_years(f"f{facility.pk}", at)


def _of_carrier(carrier: Controller, at: datetime) -> list[Choice]:
    facilities = list(carrier.facilities.order_by("name"))
    return [
        Choice(f"guardians@c{carrier.pk}", _("Alle Eltern: %s") % carrier.name, _("Träger")),
        Choice(f"heads@c{carrier.pk}", _("Leitungen: %s") % carrier.name, _("Träger")),
        Choice(f"staff@c{carrier.pk}", _("Teams: %s") % carrier.name, _("Träger")),
        *[Choice(f"guardians@f{f.pk}", _("Eltern: %s") % f.name, _("Einrichtung")) for f in facilities],
        *_school_years(f"c{carrier.pk}", at),
    ]


def _of_city(at: datetime) -> list[Choice]:
    carriers = list(Controller.objects.order_by("kind", "name"))
    facilities = list(Facility.objects.order_by("name"))
    return [
        Choice("guardians@city", _("Alle Eltern in der Stadt"), _("Alle")),
        Choice("heads@city", _("Alle Leitungen"), _("Alle")),
        Choice("staff@city", _("Alle Teams"), _("Alle")),
        Choice("carriers@city", _("Alle Träger"), _("Alle")),
        Choice("councils@city", _("Alle Elternbeiräte"), _("Alle")),
        *[Choice(f"guardians@c{c.pk}", _("Eltern: %s") % c.name, _("Träger")) for c in carriers],
        *[Choice(f"guardians@f{f.pk}", _("Eltern: %s") % f.name, _("Einrichtung")) for f in facilities],
        *_school_years("city", at),
    ]


def _school_years(place: str, at: datetime) -> list[Choice]:
    years = [at.year, at.year + 1]
    heading = _("Einschulung")
    return [Choice(f"school{y}@{place}", _("Eltern: Einschulung %s") % y, heading) for y in years]


def needs_second(box: Mailbox, keys: Sequence[str]) -> bool:
    """Four eyes for everything beyond one place: the whole city, a whole carrier, or several audiences."""
    return len(set(keys)) > 1 or any(key.endswith("@city") or "@c" in key for key in keys)
