"""Reads about people and offices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import Membership, Unit, User

Person: TypeAlias = User | AnonymousUser


def find_unit(key: str) -> Unit | None:
    """The unit with this key, or None."""
    return Unit.objects.filter(key=key).first()


def get_unit(key: str) -> Unit:
    """The unit with this key; raises Unit.DoesNotExist."""
    return Unit.objects.get(key=key)


def units_of(person: Person) -> QuerySet[Unit]:
    """Active units whose cases a person works on: the only source of the right to see cases. An administrator has
    none by rank, an editor none by editing."""
    return _units_by_role(person, Membership.CASE_WORK)


def edited_units_of(person: Person) -> QuerySet[Unit]:
    """Active units whose forms a person may change; administrators all."""
    return _all_for_administrators(person, Membership.EDITING)


def published_units_of(person: Person) -> QuerySet[Unit]:
    """Active units whose forms a person may put online; administrators all."""
    return _all_for_administrators(person, ("chief_editor",))


def _all_for_administrators(person: Person, roles: Sequence[str]) -> QuerySet[Unit]:
    if person.is_active and person.is_superuser:
        return Unit.objects.filter(is_active=True)
    return _units_by_role(person, roles)


def _units_by_role(person: Person, roles: Sequence[str]) -> QuerySet[Unit]:
    if not person.is_authenticated or not person.is_active:
        return Unit.objects.none()
    return Unit.objects.filter(memberships__user=person, memberships__role__in=roles, is_active=True).distinct()


def is_member(person: Person, unit: Unit) -> bool:
    """True when the person works on the unit's cases."""
    return units_of(person).filter(pk=unit.pk).exists()


def list_colleagues(unit: Unit) -> QuerySet[User]:
    """Active people who work on the unit's cases, by name: those a case can be given to."""
    found = User.objects.filter(
        memberships__unit=unit, memberships__role__in=Membership.CASE_WORK, is_active=True
    ).distinct()
    return found.order_by("last_name", "first_name", "email")
