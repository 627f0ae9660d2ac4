"""A broadcast on its way: written, counted, seen by a second person, waiting its 60 seconds, released, withdrawn."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.api import User
from messaging.models.log import Conversation
from messaging.models.mailboxes import Mailbox


class Bulletin(models.Model):
    """What recipients get is a conversation of kind BULLETIN; it exists from the release on, not earlier."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        AWAITING_SECOND = "awaiting_second", _("wartet auf die zweite Person")
        SCHEDULED = "scheduled", _("geplant")
        RELEASED = "released", _("gesendet")
        WITHDRAWN = "withdrawn", _("zurückgenommen")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sender_box = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="bulletins")
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("Betreff"), max_length=200)
    text = models.TextField(_("Text"))
    language = models.CharField(max_length=10, default="de")
    keys = models.JSONField(default=list)
    is_urgent = models.BooleanField(_("dringend"), default=False)
    wants_confirmation = models.BooleanField(_("Bestätigung erbeten"), default=False)
    expires_on = models.DateField(_("gilt bis"), null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recipients_seen = models.PositiveIntegerField(null=True)
    release_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    conversation = models.OneToOneField(Conversation, null=True, on_delete=models.PROTECT, related_name="bulletin")

    class Meta:
        verbose_name = _("Mitteilung")
        verbose_name_plural = _("Mitteilungen")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=("released", "withdrawn"), conversation__isnull=False)
                | Q(state__in=("draft", "awaiting_second", "scheduled"), conversation=None),
                name="a_conversation_from_the_release_on",
            )
        ]
        indexes: ClassVar = [models.Index(fields=("state", "release_at"), name="bulletin_due")]

    def __str__(self) -> str:
        return self.title
