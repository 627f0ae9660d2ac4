"""What came from elsewhere, so that the same import changes nothing the second time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.places import Location
from cms.models.services import ServicePage


class ImportedRecord(models.Model):
    """A record of a foreign catalogue and what it became here. Identity is (source, external id)."""

    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=120)
    content_hash = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    service = models.OneToOneField(
        ServicePage, null=True, blank=True, on_delete=models.CASCADE, related_name="imported_from"
    )
    location = models.OneToOneField(
        Location, null=True, blank=True, on_delete=models.CASCADE, related_name="imported_from"
    )

    class Meta:
        verbose_name = _("Importierter Datensatz")
        verbose_name_plural = _("Importierte Datensätze")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("source", "external_id"), name="one_record_per_source_and_id")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.external_id}"
