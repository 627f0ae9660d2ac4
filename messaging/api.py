"""The door to messaging for all other apps."""

from messaging.demo import PEOPLE as DEMO_PEOPLE
from messaging.demo import load_kita

__all__ = ["DEMO_PEOPLE", "load_kita"]
