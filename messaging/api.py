"""The door to messaging for all other apps."""

__all__ = []
