"""The outermost layer: answers the read API from prepared bytes before any other middleware runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import parse_qsl

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections
from django.http import HttpRequest, HttpResponse

from cms.documents.sending import send
from cms.rest_api.answering import find_answer
from common.api import problems

logger = logging.getLogger(__name__)
PREFIX = "/api/v1/"
METHODS = frozenset({"GET", "HEAD"})
RETRY_AFTER_SECONDS = "5"


class PreparedDocumentMiddleware:
    """Answers GET and HEAD on prepared addresses; everything else, wrong parameters and 404 too, goes on to the views.

    It stands outside the middleware that maps a lost database to 503, so it does that for itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS or not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        try:
            answer = find_answer(request.path_info[len(PREFIX) :], read_query(request))
        except problems.Problem:
            answer = None
        except (OperationalError, InterfaceError) as error:
            return _unavailable(error)
        return self.get_response(request) if answer is None else send(request, answer)


def read_query(request: HttpRequest) -> dict[str, str]:
    """The query without Django's QueryDict; of a parameter given twice the last one counts."""
    text = request.META.get("QUERY_STRING", "")
    if not text.isascii():  # not encoded by the client: Django knows which bytes were meant
        return request.GET.dict()
    return dict(parse_qsl(text, keep_blank_values=True)) if text else {}


def _unavailable(error: Exception) -> HttpResponse:
    logger.warning("database unavailable: %s", type(error).__name__)
    try:
        close_old_connections()
    except DatabaseError:
        logger.warning("closing the broken connection failed")
    return problems.problem_response(503, headers={"Retry-After": RETRY_AFTER_SECONDS})
