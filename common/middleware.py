"""A database that is away costs time, never a wrong answer."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections
from django.http import HttpRequest, HttpResponse

from common.problems import problem_response

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]
RETRY_AFTER_SECONDS = 5


def database_unavailable_response() -> HttpResponse:
    """503 with Retry-After; touches no database."""
    return problem_response(503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def is_unavailable(error: BaseException) -> bool:
    """True for a database that cannot be reached, is locked, or has no space: all of them pass."""
    return isinstance(error, OperationalError | InterfaceError)


class DatabaseUnavailableMiddleware:
    """Maps OperationalError and InterfaceError (connection lost, disk full, locked) to 503; the sender tries again."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return self._answer(error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Views raise through here before Django turns the exception into a 500."""
        return self._answer(exception) if is_unavailable(exception) else None

    def _answer(self, error: BaseException) -> HttpResponse:
        logger.warning("database unavailable: %s", type(error).__name__)
        try:
            close_old_connections()
        except DatabaseError:
            logger.warning("closing the broken connection failed")
        return database_unavailable_response()
