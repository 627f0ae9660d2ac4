"""Where applications go (a port: base, registry, contrib/<plugin>)."""

from forms_engine.destinations.base import SubmissionDestination
from forms_engine.destinations.registry import register, registry

__all__ = ["SubmissionDestination", "register", "registry"]
