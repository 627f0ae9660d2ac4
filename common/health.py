"""Is the process alive, and can it do its work?"""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from common.outbox import oldest_waiting_seconds


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers; asks nothing else."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database and migrations are fine, else 503; names what is wrong."""
    problems, waiting = [], None
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            problems.append("migrations are missing: run manage.py migrate")
        else:
            waiting = oldest_waiting_seconds()
    except DatabaseError as error:
        problems.append(f"database: {type(error).__name__}")
    status = 503 if problems else 200
    body = {"status": "ok" if not problems else "not ready", "problems": problems, "oldest_delivery_seconds": waiting}
    return JsonResponse(body, status=status)
