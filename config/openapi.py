"""What of our addresses the OpenAPI document describes."""

from __future__ import annotations

from typing import Any

API = "/api/v1/"


def only_our_api(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """Leave out views that packages bring along for the admin."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(API)]
