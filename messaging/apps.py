"""Messaging as a Django app; registers its duties."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = "Nachrichten"

    def ready(self) -> None:
        from messaging.tasks import register

        register()
