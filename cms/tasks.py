"""What the worker does for content without anybody asking."""

from __future__ import annotations

from django.core.management import call_command
from django_tasks import task

from cms.documents import publishing


def publish_scheduled() -> None:
    """Publish what is due and take offline what has expired; the worker calls this every minute."""
    call_command("publish_scheduled", verbosity=0)


@task()
def refresh_documents() -> None:
    """Render everything that is marked: the rest of a change that many documents show."""
    publishing.work_off()


def sweep_documents() -> None:
    """Finish what a crash left undone and renew documents of the day; the worker calls this every minute."""
    publishing.sweep()


def repair_documents() -> None:
    """Render everything once a day: finds changes no signal told of (bulk updates, restored backups)."""
    call_command("rebuild_published", verbosity=0)
