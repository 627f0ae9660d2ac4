"""The composition root as an app: it owns commands that concern the whole system (doctor)."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"
