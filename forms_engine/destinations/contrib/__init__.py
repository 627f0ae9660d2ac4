"""The destinations that come with the system; importing this registers them."""

from forms_engine.destinations.contrib import case_inbox, email

__all__ = ["case_inbox", "email"]
