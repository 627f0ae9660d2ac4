"""Production: refuses to start with anything that is only safe on a developer's machine."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403 - a settings module is its base and what differs
from config.settings.base import (
    DEFAULT_ENCRYPTION_KEYS,
    DEFAULT_SECRET_KEY,
    ENCRYPTION_KEYS,
    PUBLIC_ORIGIN,
    SECRET_KEY,
    env,
)

DEBUG = False
if SECRET_KEY == DEFAULT_SECRET_KEY or len(SECRET_KEY) < 40:
    raise ImproperlyConfigured("SECRET_KEY is missing, the default, or shorter than 40 characters.")
if DEFAULT_ENCRYPTION_KEYS.split(":")[1] in ENCRYPTION_KEYS:
    raise ImproperlyConfigured("ENCRYPTION_KEYS is missing or contains the default key.")
if not PUBLIC_ORIGIN.startswith("https://"):
    raise ImproperlyConfigured("PUBLIC_ORIGIN must be the https:// address people use.")
if not env.str("ALLOWED_HOSTS", default=""):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the host names of this installation.")
if not env.str("EMAIL_URL", default=""):
    raise ImproperlyConfigured("EMAIL_URL is missing: mails with secret links would lie in a directory as files.")

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
