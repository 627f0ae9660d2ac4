"""Development settings plus one destination that posts to the survival run's receiver. Nothing else may use them."""

from config.settings.dev import *  # noqa: F403 - a settings module is its base and what differs
from config.settings.dev import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tools.survival.city.SurvivalConfig"]
