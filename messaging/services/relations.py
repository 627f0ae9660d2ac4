"""Joining, moving, leaving: every change of a relation, dated, audited, and told to the clock of rights last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from accounts.api import User
from common.api import audit
from messaging.models import (
    Child,
    Controller,
    Council,
    CouncilTerm,
    Facility,
    Group,
    Guardianship,
    Placement,
    StaffRole,
)
from messaging.models.dated import Dated
from messaging.services import acl
from messaging.services.places import ensure_personal_box


def place_child(
    child: Child, group: Group, *, valid_from: date, valid_until: date | None = None, by: User | None = None
) -> Placement:
    """The child belongs to the group from this day on; an earlier placement in another group ends that day."""
    with transaction.atomic():
        _lock(child)
        same = Placement.objects.filter(child=child, group=group, valid_from__lte=valid_from)
        running = same.exclude(valid_until__lte=valid_from).first()
        if running is not None:
            if running.valid_until != valid_until:
                _end(running, valid_until, by, "placement.change", _guardians(child))
            return running
        for other in Placement.objects.filter(child=child).exclude(valid_until__lte=valid_from):
            other.valid_until = max(valid_from, other.valid_from)
            other.save(update_fields=["valid_until"])
        placed = Placement.objects.create(child=child, group=group, valid_from=valid_from, valid_until=valid_until)
        audit.record(actor=by, action="placement.begin", obj=f"child:{child.public_id}")
        acl.note_change(_guardians(child))
        return placed


def end_placement(placement: Placement, *, valid_until: date, by: User | None = None) -> None:
    """The last day before `valid_until` is the last one in the group."""
    with transaction.atomic():
        _end(placement, valid_until, by, "placement.end", _guardians(placement.child))


def add_guardianship(
    child: Child, person: User, *, valid_from: date, by: User | None = None, **more: Any
) -> Guardianship:
    """The person is to the child what `basis` and the rights in `more` say; the same again changes those rights."""
    with transaction.atomic():
        _lock(child)
        running = Guardianship.objects.on(valid_from).filter(child=child, person=person).first()
        if running is None:
            running = Guardianship(child=child, person=person, valid_from=valid_from)
        elif all(getattr(running, name) == value for name, value in more.items()):
            return running
        for name, value in more.items():
            setattr(running, name, value)
        running.save()
        ensure_personal_box(person)
        audit.record(actor=by, action="guardianship.set", obj=f"child:{child.public_id}", fields=sorted(more))
        acl.note_change([person.pk])
        return running


def end_guardianship(guardianship: Guardianship, *, valid_until: date, by: User | None = None) -> None:
    """From this day on the person is nothing to the child: custody changed, foster care ended."""
    with transaction.atomic():
        _end(guardianship, valid_until, by, "guardianship.end", [guardianship.person_id])


def set_information_right(guardianship: Guardianship, *, is_informed: bool, by: User | None = None) -> None:
    """Grant or take the right of information; taken, the person loses sight at once."""
    with transaction.atomic():
        guardianship.has_information_right = is_informed
        guardianship.save(update_fields=["has_information_right"])
        audit.record(actor=by, action="guardianship.set", obj=f"child:{guardianship.child.public_id}")
        acl.note_change([guardianship.person_id])


def add_staff_role(
    person: User,
    role: str,
    *,
    valid_from: date,
    controller: Controller | None = None,
    facility: Facility | None = None,
    group: Group | None = None,
    valid_until: date | None = None,
    by: User | None = None,
) -> StaffRole:
    """The person does this from this day on; harmless when they do already."""
    facility = group.facility if group else facility
    owner = facility.controller if facility else controller
    place = {"person": person, "role": role, "facility": facility, "group": group, "controller": owner}
    with transaction.atomic():
        running = StaffRole.objects.on(valid_from).filter(**place).first()
        if running is not None:
            return running
        added = StaffRole.objects.create(**place, valid_from=valid_from, valid_until=valid_until)
        audit.record(actor=by, action="staff_role.begin", obj=f"staff_role:{added.pk}")
        acl.note_change([person.pk])
        return added


def end_staff_role(role: StaffRole, *, valid_until: date, by: User | None = None) -> None:
    """From this day on the person does not do this any more, and opens its mailbox no longer."""
    with transaction.atomic():
        _end(role, valid_until, by, "staff_role.end", [role.person_id])


def elect(
    council: Council,
    person: User,
    *,
    seat: str,
    elected_on: date,
    valid_from: date,
    valid_until: date | None = None,
    record: str = "",
    by: User | None = None,
) -> CouncilTerm:
    """A seat from the day of hand-over on. Who held chair or deputy before leaves that day: hand-over is one date."""
    with transaction.atomic():
        leaving = []
        if seat != CouncilTerm.Seat.MEMBER:
            others = CouncilTerm.objects.filter(council=council, seat=seat).exclude(valid_until__lte=valid_from)
            for term in others.exclude(person=person, valid_from=valid_from):
                term.valid_until = max(valid_from, term.valid_from)
                term.save(update_fields=["valid_until"])
                leaving.append(term.person_id)
        values = {"elected_on": elected_on, "valid_until": valid_until, "record": record}
        term, _is_new = CouncilTerm.objects.update_or_create(
            council=council, person=person, seat=seat, valid_from=valid_from, defaults=values
        )
        audit.record(actor=by, action="council.elect", obj=f"council:{council.public_id}", fields=[seat])
        acl.note_change([*leaving, person.pk])
        return term


def end_term(term: CouncilTerm, *, valid_until: date, by: User | None = None) -> None:
    """The seat is given up on this day."""
    with transaction.atomic():
        _end(term, valid_until, by, "council.leave", [term.person_id])


def _end(row: Dated, until: date | None, by: User | None, action: str, persons: Iterable[int | None]) -> None:
    """Set the end; a relation that would end before it began never was in force."""
    row.valid_until = max(until, row.valid_from) if until else None
    row.save(update_fields=["valid_until"])
    audit.record(actor=by, action=action, obj=f"{row._meta.model_name}:{row.pk}")
    acl.note_change(persons)


def _guardians(child: Child) -> list[int]:
    return list(child.guardianships.values_list("person_id", flat=True))


def _lock(child: Child) -> None:
    """Two changes to one child come one after the other."""
    Child.objects.select_for_update().get(pk=child.pk)
