"""Work that must reach somebody outside: the rows are the truth, the worker only follows them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Delivery(models.Model):
    """One thing for one destination. `id` never changes: it is what the receiver recognises a repeat by.

    `due_at` is the next attempt for new/retry and the end of the lease for leased; `lease_no` fences late finishers.
    """

    class State(models.TextChoices):
        NEW = "new", "wartet"
        LEASED = "leased", "wird zugestellt"
        RETRY = "retry", "wird wiederholt"
        SENT = "sent", "gesendet"
        CONFIRMED = "confirmed", "angekommen"
        DEAD = "dead", "gescheitert"
        CLOSED = "closed", "abgeschlossen"

    WAITING = (State.NEW, State.RETRY, State.LEASED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    destination = models.CharField(max_length=80)
    purpose = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    due_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    lease_no = models.PositiveIntegerField(default=0)
    lease_owner = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    remote_ref = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    error_class = models.CharField(max_length=80, blank=True)
    error_text = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("kind", "subject_id", "destination", "purpose"), name="one_delivery_per_destination"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=("destination", "due_at"),
                condition=models.Q(state__in=("new", "retry", "leased")),
                name="delivery_waiting",
            ),
            models.Index(fields=("kind",), condition=models.Q(state="dead"), name="delivery_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} -> {self.destination} ({self.state})"


class DeliveryAttempt(models.Model):
    """One try of one delivery, kept for the person who has to find out what happened."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempt_log")
    lease_no = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    outcome = models.CharField(max_length=10)  # sent, confirmed, retry, dead, fenced
    error_class = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("delivery", "lease_no"), name="one_attempt_per_lease")]

    def __str__(self) -> str:
        return f"{self.delivery_id} #{self.lease_no}: {self.outcome}"


class Destination(models.Model):
    """The circuit breaker of one destination: a dead office holds back no other."""

    class Breaker(models.TextChoices):
        CLOSED = "closed"
        OPEN = "open"

    name = models.CharField(max_length=80, primary_key=True)
    breaker = models.CharField(max_length=6, choices=Breaker.choices, default=Breaker.CLOSED)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True, blank=True)
    paused_reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.breaker})"
