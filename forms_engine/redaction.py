"""Secrets stand in addresses of drafts and applications; they must not stand in logs."""

from __future__ import annotations

import logging
import re

SECRET_IN_PATH = re.compile(r"(/(?:drafts|submissions|antrag/eingegangen|antrag|status)/)(?!find\b)[^/?\s\"']+")
LOGGERS = (
    "django.request", "django.server", "django.security.csrf",
    "gunicorn.access", "gunicorn.error", "uvicorn.access", "uvicorn.error",
)  # fmt: skip


def redact(text: str) -> str:
    """The text with every draft token and access code in it as `***`."""
    return SECRET_IN_PATH.sub(r"\1***", text)


class SecretsFilter(logging.Filter):
    """Rewrites the message and its arguments before any handler sees them."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, dict):
            record.args = {key: _redacted(value) for key, value in record.args.items()}
        elif record.args:
            record.args = tuple(_redacted(value) for value in record.args)
        record.msg = _redacted(record.msg)
        return True


def _redacted(value: object) -> object:
    return redact(value) if isinstance(value, str) else value


def install() -> None:
    """Put the filter on every logger that writes addresses."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, SecretsFilter) for known in logger.filters):
            logger.addFilter(SecretsFilter())
