"""The operators of form mode, one file a family. Importing this package registers them all."""

from . import arithmetic, calendar, choosing, comparing, connecting, reading, rows, texts

__all__ = ["arithmetic", "calendar", "choosing", "comparing", "connecting", "reading", "rows", "texts"]
