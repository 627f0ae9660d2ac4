"""Prepared bytes back as data."""

from __future__ import annotations

import json
from typing import Any


def read_json(body: bytes) -> dict[str, Any]:
    """Parse bytes that were rendered here."""
    data: dict[str, Any] = json.loads(body)  # noqa: TID251 - our own canonical JSON
    return data
