"""Development and `make demo`: works without a single variable."""

from urllib.parse import urlsplit

from config.settings.base import *  # noqa: F403 - a settings module is its base and what differs
from config.settings.base import ALLOWED_HOSTS, PUBLIC_ORIGIN, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
# This machine's names and what the environment says: any name would let a foreign page reach us (DNS rebinding).
ALLOWED_HOSTS = [".localhost", "127.0.0.1", "[::1]", urlsplit(PUBLIC_ORIGIN).hostname, *ALLOWED_HOSTS]
VAR_DIR.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True  # static files straight from the packages: no collectstatic in development
