"""Joining by a code on paper or in a mail: bound to one child, for one person, once."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from accounts.api import User
from common.api import audit, clock, ids
from messaging import problems
from messaging.models import Child, Guardianship, Invitation, Mailbox
from messaging.permissions import children_of_box, city_day, reach_of
from messaging.services.relations import add_guardianship

VALID = timedelta(days=28)


def access_child_of_place(person: User, public_id: uuid.UUID, at: datetime) -> Child:
    """A child placed in a group or facility whose mailbox the person opens; raises 404 otherwise."""
    kinds = (Mailbox.Kind.GROUP, Mailbox.Kind.FACILITY)
    for box in Mailbox.objects.filter(pk__in=reach_of(person, at).boxes, kind__in=kinds):
        child = children_of_box(box, city_day(at)).filter(public_id=public_id).first()
        if child is not None:
            return child
    raise problems.not_found()


def invite(
    by: User,
    child_id: uuid.UUID,
    *,
    basis: str = "parent",
    has_information_right: bool = True,
    may_pick_up: bool = True,
) -> tuple[str, Invitation]:
    """A new code for one person to join this child, valid for 28 days; only its hash is kept. Raises 404."""
    moment = clock.now()
    child = access_child_of_place(by, child_id, moment)
    code = ids.new_access_code()
    with transaction.atomic():
        invitation = Invitation.objects.create(
            child=child,
            code_hash=ids.token_hash(code),
            basis=basis,
            has_information_right=has_information_right,
            may_pick_up=may_pick_up,
            created_by=by,
            created_at=moment,
            expires_at=moment + VALID,
        )
        audit.record(actor=by, action="invitation.create", obj=f"child:{child.public_id}")
    return code, invitation


def accept(person: User, code: str) -> Guardianship:
    """Join the child the code is for. Unknown, used, withdrawn and expired codes get one and the same 404."""
    normal = ids.normalise_access_code(code)
    with transaction.atomic():
        open_ones = Invitation.objects.select_for_update(of=("self",)).select_related("child")
        usable = open_ones.filter(used_at=None, withdrawn_at=None, expires_at__gt=clock.now())
        invitation = usable.filter(code_hash=ids.token_hash(normal)).first() if normal else None
        if invitation is None:
            raise problems.unknown_code()
        invitation.used_at, invitation.used_by = clock.now(), person
        invitation.save(update_fields=["used_at", "used_by"])
        return add_guardianship(
            invitation.child,
            person,
            valid_from=clock.today(),
            by=person,
            basis=invitation.basis,
            has_information_right=invitation.has_information_right,
            may_pick_up=invitation.may_pick_up,
        )


def withdraw_invitations(by: User, child_id: uuid.UUID) -> int:
    """Make all open codes of a child worthless (a lost letter); returns how many. Raises 404."""
    child = access_child_of_place(by, child_id, clock.now())
    with transaction.atomic():
        audit.record(actor=by, action="invitation.withdraw", obj=f"child:{child.public_id}")
        return Invitation.objects.filter(child=child, used_at=None, withdrawn_at=None).update(withdrawn_at=clock.now())
