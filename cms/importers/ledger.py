"""Remembers what was taken in, so that the same file changes nothing the second time."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from cms.models import ImportedRecord, Location, ServicePage
from common.api import clock


def content_hash(data: Any) -> str:
    """Fingerprint of a source record: equal data, equal hash."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


class Ledger:
    """All records of one source, read once."""

    def __init__(self, source: str) -> None:
        self.source = source
        records = ImportedRecord.objects.filter(source=source).select_related(
            "service__latest_revision", "location__latest_revision"
        )
        self._records = {record.external_id: record for record in records}

    def find(self, external_id: str) -> ImportedRecord | None:
        """The record with this id, or None when it was never taken in."""
        return self._records.get(external_id)

    def is_unchanged(self, external_id: str, data: Any) -> bool:
        """True when exactly this was taken in already."""
        record = self.find(external_id)
        return record is not None and record.content_hash == content_hash(data)

    def note(
        self, external_id: str, data: Any, *, service: ServicePage | None = None, location: Location | None = None
    ) -> None:
        """Write down that this was taken in now."""
        record, _created = ImportedRecord.objects.update_or_create(
            source=self.source,
            external_id=external_id,
            defaults={
                "content_hash": content_hash(data),
                "imported_at": clock.now(),
                "service": service,
                "location": location,
            },
        )
        self._records[external_id] = record
