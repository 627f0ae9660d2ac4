"""Reads of the form engine. Those about cases take the person who asks."""
