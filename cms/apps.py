from datetime import timedelta

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Inhalte"

    def ready(self) -> None:
        from cms import (
            receivers,  # noqa: F401 - connects
            signals,
            tasks,
        )
        from common.api import outbox

        signals.connect()
        outbox.register_duty("sweep documents", every=timedelta(minutes=1), run=tasks.sweep_documents)
        outbox.register_duty("publish scheduled", every=timedelta(minutes=1), run=tasks.publish_scheduled)
        outbox.register_duty("repair documents", every=timedelta(days=1), run=tasks.repair_documents)
