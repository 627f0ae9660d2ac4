"""Commands that publish hundreds of pages say one summary, not one log line a page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

NOISY = ("wagtail", "wagtail_localize", "django_tasks")


@contextmanager
def quiet_logs() -> Iterator[None]:
    """Only warnings and worse from the loggers that note every page and task."""
    loggers = [logging.getLogger(name) for name in NOISY]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
