"""Is the process alive, and can it do its work?"""

from __future__ import annotations

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from common import mail, scanner
from common.outbox import list_dead, oldest_waiting_seconds

Figures = dict[str, float | int | None]


class MigrationsMissing(Exception):
    """The tables are not as the code expects them."""


@cache
def require_migrations() -> None:
    """Raises MigrationsMissing. Reading the graph takes long: once the tables fit, they fit for this process's life;
    until then each call looks again."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MigrationsMissing


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers; asks nothing else."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database and migrations are fine, else 503; names what is wrong, also what is no reason to stop (the
    virus scanner is away). The figures are for the alarm."""
    figures: Figures = {"oldest_delivery_seconds": None, "dead_mails": None}
    try:
        require_migrations()
        figures = {"oldest_delivery_seconds": oldest_waiting_seconds(), "dead_mails": list_dead(mail.KIND).count()}
    except MigrationsMissing:
        return _not_ready("migrations are missing: run manage.py migrate", figures)
    except DatabaseError as error:
        return _not_ready(f"database: {type(error).__name__}", figures)
    return JsonResponse({"status": "ok", "problems": _scanner_problems(), **figures})


def _scanner_problems() -> list[str]:
    """Without its scanner the system takes applications all the same; files wait, and so do their deliveries."""
    if scanner.is_configured() and not scanner.is_alive():
        return ["virus scanner does not answer: applications with new files wait"]
    return []


def _not_ready(problem: str, figures: Figures) -> JsonResponse:
    return JsonResponse({"status": "not ready", "problems": [problem], **figures}, status=503)
