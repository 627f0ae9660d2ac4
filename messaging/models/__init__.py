"""What messaging stores. People and places with dates, mailboxes of functions, and one durable log."""

from messaging.models.acl import AclChange, AclClock
from messaging.models.bulletins import Bulletin
from messaging.models.log import (
    Audience,
    Confirmation,
    Content,
    Conversation,
    ConversationChild,
    Event,
    Participant,
    ReadMark,
)
from messaging.models.mailboxes import Mailbox
from messaging.models.people import Child, CouncilTerm, Guardianship, Invitation, Placement, StaffRole
from messaging.models.places import Controller, Council, Facility, Group

__all__ = [
    "AclChange",
    "AclClock",
    "Audience",
    "Bulletin",
    "Child",
    "Confirmation",
    "Content",
    "Controller",
    "Conversation",
    "ConversationChild",
    "Council",
    "CouncilTerm",
    "Event",
    "Facility",
    "Group",
    "Guardianship",
    "Invitation",
    "Mailbox",
    "Participant",
    "Placement",
    "ReadMark",
    "StaffRole",
]
