"""`manage.py worker`: delivers what the outbox holds, runs background tasks and periodic duties."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from common.outbox.worker import Worker


def revive_stranded_tasks(worker_id: str) -> int:
    """Tasks that a killed worker of this slot left RUNNING become READY again (django-tasks-db issue 46)."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    stranded = [task.pk for task in running if task.worker_ids and task.worker_ids[-1] == worker_id]
    return DBTaskResult.objects.filter(pk__in=stranded).update(status=TaskResultStatus.READY, started_at=None)


class Command(BaseCommand):
    help = "Stellt zu, was im Ausgang liegt, und erledigt Hintergrundaufgaben. Endet ruhig auf SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-tasks", action="store_true", help="nur zustellen, keine django.tasks")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop.set())
        tasks = None if options["no_tasks"] else self._start_tasks(worker.stop)
        self.stdout.write("worker: bereit")
        worker.run()
        if tasks:
            tasks.terminate()
            tasks.wait(timeout=20)
        self.stdout.write("worker: beendet")

    def _start_tasks(self, stop: threading.Event) -> subprocess.Popen[bytes]:
        """django.tasks run in a process of their own: a task that hangs holds back no delivery."""
        worker_id = f"{socket.gethostname()}-{os.environ.get('WORKER_SLOT', '1')}"
        revive_stranded_tasks(worker_id)
        options = ["--queue-name", "*", "--interval", "0.5", "--no-reload", "--worker-id", worker_id]
        command = [sys.executable, sys.argv[0], "db_worker", *options]
        process = subprocess.Popen(command)  # noqa: S603 - our own interpreter and command
        threading.Thread(target=self._watch, args=(process, stop), daemon=True).start()
        return process

    def _watch(self, process: subprocess.Popen[bytes], stop: threading.Event) -> None:
        process.wait()
        if not stop.is_set():
            self.stderr.write("worker: db_worker ist ausgefallen; der Prozess endet, damit ihn der Dienst neu startet")
            stop.set()
