"""Places and their mailboxes. Each is idempotent: imports and demo data call them again and again."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.api import User
from messaging.models import Controller, Council, Facility, Group, Mailbox


@transaction.atomic
def ensure_controller(key: str, *, name: str, kind: str = "carrier", **more: Any) -> Controller:
    """The city or a carrier, with its mailbox."""
    controller, _ = Controller.objects.update_or_create(key=key, defaults={"name": name, "kind": kind, **more})
    _ensure_box("city" if kind == "city" else "carrier", name, controller=controller)
    return controller


@transaction.atomic
def ensure_facility(key: str, *, name: str, controller: Controller, **more: Any) -> Facility:
    """A Kita or a place of youth work, with its mailbox."""
    values = {"name": name, "controller": controller, **more}
    facility, _ = Facility.objects.update_or_create(key=key, defaults=values)
    _ensure_box("facility", name, facility=facility)
    return facility


@transaction.atomic
def ensure_group(facility: Facility, name: str) -> Group:
    """A group of the facility, with its mailbox."""
    group, _ = Group.objects.get_or_create(facility=facility, name=name)
    _ensure_box("group", str(group)[:200], group=group)
    return group


@transaction.atomic
def ensure_council(name: str, *, controller: Controller, facility: Facility | None = None) -> Council:
    """The parents' council of a facility, or of the city, with its mailbox."""
    council, _ = Council.objects.update_or_create(facility=facility, defaults={"name": name, "controller": controller})
    _ensure_box("council", name, council=council)
    return council


def ensure_personal_box(person: User) -> Mailbox:
    """Where a parent writes from."""
    return _ensure_box("personal", str(person)[:200], person=person)


def _ensure_box(kind: str, name: str, **place: Any) -> Mailbox:
    box, is_new = Mailbox.objects.get_or_create(**place, defaults={"kind": kind, "name": name})
    if not is_new and box.name != name:
        box.name = name
        box.save(update_fields=["name"])
    return box
