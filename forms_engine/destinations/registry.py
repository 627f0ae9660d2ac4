"""All destinations by key. docs/how-to/add-a-destination.md shows how to add one."""

from __future__ import annotations

from common.api import registry as common_registry
from forms_engine.destinations.base import SubmissionDestination

registry: common_registry.Registry[SubmissionDestination] = common_registry.Registry("forms_engine.destinations")


def register(destination: SubmissionDestination) -> SubmissionDestination:
    """Add a destination under its own key."""
    return registry.register(destination.key, destination)
