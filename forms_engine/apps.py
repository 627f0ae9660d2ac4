"""The form engine as a Django app; registers its destinations, deliveries and duties."""

from django.apps import AppConfig


class FormsEngineConfig(AppConfig):
    name = "forms_engine"
    verbose_name = "Formulare und Anträge"

    def ready(self) -> None:
        from forms_engine import redaction
        from forms_engine.addresses import contrib as addresses  # noqa: F401 - registers the address providers
        from forms_engine.destinations import contrib  # noqa: F401 - registers the destinations
        from forms_engine.tasks import register

        redaction.install()
        register()
