"""Addresses: in the front end (German without prefix) and of documents below /api/v1/."""

from __future__ import annotations

from django.conf import settings

DEFAULT_LOCALE = settings.LANGUAGE_CODE
SIMPLE_LOCALE = "de-simple"


def locale_codes() -> tuple[str, ...]:
    """All locales the API answers in, the default first."""
    return tuple(code for code, _ in settings.LANGUAGES)


def front_path(locale: str, path: str) -> str:
    """The path citizens see: `/leistungen/x` in German, `/en/leistungen/x` in English."""
    if locale == DEFAULT_LOCALE:
        return path
    return f"/{locale}{path}".rstrip("/") if path == "/" else f"/{locale}{path}"


def document_key(locale: str, *parts: str) -> str:
    """Where a document stands below /api/v1/: `de/services/hund-anmelden`."""
    return "/".join((locale, *parts))
