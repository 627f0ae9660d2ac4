"""Tests: fast password hashing, mail in memory, tasks at once. The database comes from DATABASE_URL."""

from config.settings.base import *  # noqa: F403 - a settings module is its base and what differs
from config.settings.base import DATABASES, REST_FRAMEWORK, SQLITE_OPTIONS, VAR_DIR, env

SQLITE_INIT = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"  # a test may lose power
DEBUG = False
ALLOWED_HOSTS = ["*"]
VAR_DIR.mkdir(parents=True, exist_ok=True)
if not env.str("DATABASE_URL", default=""):
    DATABASES["default"] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(VAR_DIR / "test-base.sqlite3"),
        "OPTIONS": SQLITE_OPTIONS | {"init_command": SQLITE_INIT},
        "TEST": {"NAME": str(VAR_DIR / "test.sqlite3")},
    }
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
REST_FRAMEWORK = REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": dict.fromkeys(REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"])}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "test-media"
