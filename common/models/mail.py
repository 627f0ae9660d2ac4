"""Letters on their way out."""

from __future__ import annotations

import uuid

from django.db import models


class QueuedMail(models.Model):
    """An e-mail to be sent by the outbox; recipient, subject and text are encrypted and wiped once sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    purpose = models.CharField(max_length=40)
    content = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"
