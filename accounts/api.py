"""The door to people and offices for all other apps."""

from accounts.models import Membership, Unit, User
from accounts.queries import (
    Person,
    edited_units_of,
    find_unit,
    get_unit,
    is_member,
    list_colleagues,
    published_units_of,
    units_of,
)
from accounts.services import add_membership, ensure_unit, ensure_user

__all__ = [
    "Membership",
    "Person",
    "Unit",
    "User",
    "add_membership",
    "edited_units_of",
    "ensure_unit",
    "ensure_user",
    "find_unit",
    "get_unit",
    "is_member",
    "list_colleagues",
    "published_units_of",
    "units_of",
]
