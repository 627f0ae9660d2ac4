"""Common building blocks; registers what the worker does for all apps."""

from datetime import timedelta

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "Gemeinsame Bausteine"

    def ready(self) -> None:
        from common import audit, idempotency, limits, mail, reconcile
        from common.outbox.worker import register_duty

        register_duty("seal audit log", every=timedelta(seconds=10), run=audit.seal_events)
        register_duty("forget request counts", every=timedelta(hours=1), run=limits.forget_counts)
        reconcile.register_common_checks()
        idempotency.register_retention()
        mail.register_retention()
        mail.register_envelopes()
