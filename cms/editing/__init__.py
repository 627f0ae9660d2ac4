"""The admin for editors: lists, reports, start page, Leichte Sprache. Wired up in `cms/wagtail_hooks.py`."""
