"""The log: conversations, what was said in them in order, who it concerns, and how far each person has read.

The sequence of an event is taken under the row lock of its conversation, so a reader who has seen `seq` has seen all
before it. A number from a sequence of the database would not do: the transaction with the smaller number may commit
later. docs/mechanisms/log.md tells the whole story.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.api import User
from messaging.models.mailboxes import Mailbox
from messaging.models.people import Child
from messaging.models.places import Controller


class Conversation(models.Model):
    """One log. Who sees it: `messaging.permissions.visible_to`, from its audience keys, participants and children."""

    class Kind(models.TextChoices):
        THREAD = "thread", _("Unterhaltung")
        BULLETIN = "bulletin", _("Mitteilung")
        ROOM = "room", _("Raum")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="conversations")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(_("Betreff"), max_length=200)
    last_seq = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("-updated_at", "-id"), name="conversation_latest")]

    def __str__(self) -> str:
        return self.title


class Audience(models.Model):
    """A live audience of a conversation as one row: a key that a person holds today or does not (docs/mechanisms/
    audience.md): `guardians@city`, `heads@c3`, `box:17`. A broadcast to 10,000 people is one row, not 10,000."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="audience")
    key = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("conversation", "key"), name="an_audience_key_once")]
        indexes: ClassVar = [models.Index(fields=("key", "conversation"), name="audience_by_key")]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.key}"


class ConversationChild(models.Model):
    """A child a thread is about: only who has the right of information for all of them takes part."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="children")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="conversations")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("conversation", "child"), name="a_child_once")]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.child_id}"


class Participant(models.Model):
    """A person who was put into a thread when it began. Nobody is added later: a new guardian gets new threads."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conversations")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("conversation", "person"), name="a_participant_once")]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.person_id}"


class Content(models.Model):
    """What was written, once per send, however many threads it goes to. `digest` (SHA-256 of language and text, hex) is
    the key of cached translations."""

    text = models.TextField()
    language = models.CharField(max_length=10, default="de")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.digest[:12]


class Event(models.Model):
    """One thing that happened in a conversation."""

    class Kind(models.TextChoices):
        MESSAGE = "message", _("Nachricht")
        WITHDRAWAL = "withdrawal", _("zurückgenommen")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    content = models.ForeignKey(Content, null=True, on_delete=models.PROTECT, related_name="events")
    refers_to = models.BigIntegerField(null=True)
    sender_box = models.ForeignKey(Mailbox, null=True, on_delete=models.PROTECT, related_name="sent")
    sender = models.ForeignKey(User, on_delete=models.PROTECT, related_name="said")
    client_uuid = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("conversation", "seq"), name="a_sequence_once"),
            # One send may reach several threads (split by guardians), so the conversation is part of the key.
            models.UniqueConstraint(fields=("sender", "client_uuid", "conversation"), name="a_send_once"),
            models.CheckConstraint(
                condition=Q(kind="message", content__isnull=False, refers_to=None)
                | Q(kind="withdrawal", content=None, refers_to__isnull=False),
                name="event_has_its_parts",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("at",), name="event_by_time")]

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.seq}"


class ReadMark(models.Model):
    """How far a person has read, as they said so; nothing is guessed from being online."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="read_marks")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="read_marks")
    up_to_seq = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("conversation", "person"), name="one_read_mark")]

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.up_to_seq}"


class Confirmation(models.Model):
    """The answer to "please confirm": one per child, whichever guardian gave it; of staff one per person."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="confirmations")
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT, related_name="confirmations")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="confirmations")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("event", "child"), condition=Q(child__isnull=False), name="one_confirmation_per_child"
            ),
            models.UniqueConstraint(
                fields=("event", "person"), condition=Q(child=None), name="one_confirmation_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.child_id or self.person_id}"
