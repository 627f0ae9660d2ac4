"""Changes to people and offices. Each is idempotent: demo data and imports call them again and again."""

from __future__ import annotations

from accounts.models import Membership, Unit, User


def ensure_unit(key: str, *, name: str, email: str = "", parent: Unit | None = None) -> Unit:
    """Create the unit or bring its name, mailbox and parent up to date."""
    unit, _ = Unit.objects.update_or_create(key=key, defaults={"name": name, "email": email, "parent": parent})
    return unit


def ensure_user(
    email: str, *, password: str | None, first_name: str, last_name: str, is_superuser: bool = False
) -> User:
    """Create the person, or return the one with this address unchanged (a password is never overwritten). Without a
    password they sign in with a code by mail."""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(
            email,
            password,
            first_name=first_name,
            last_name=last_name,
            is_staff=is_superuser,
            is_superuser=is_superuser,
        )
    return user


def add_membership(user: User, unit: Unit, *, role: str = "clerk") -> Membership:
    """Give the person a duty in the unit; harmless when they have it already."""
    membership, _ = Membership.objects.get_or_create(user=user, unit=unit, role=role)
    return membership
