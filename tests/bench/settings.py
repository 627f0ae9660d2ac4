"""Production-like settings for benchmarks: no debug, any host, the database given by DATABASE_URL."""

from config.settings.base import *  # noqa: F403 - a settings module is its base and what differs

DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.bench.wagtail_urls"
WAGTAILAPI_LIMIT_MAX = 50
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
LOGGING = {"version": 1, "disable_existing_loggers": True, "root": {"level": "ERROR", "handlers": []}}
