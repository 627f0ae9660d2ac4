"""What every environment shares. Each value an operator may change is an environment variable.

The variables are documented in `.env.example` and docs/reference/settings.md (a test compares them).
"""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(environ.Env().str("VAR_DIR", default=str(BASE_DIR / "var")))
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

DEFAULT_SECRET_KEY = "insecure-for-development-only"  # noqa: S105 - production refuses it
DEFAULT_ENCRYPTION_KEYS = "dev1:" + "A" * 43 + "="  # 32 zero bytes, base64; production refuses it

SECRET_KEY = env.str("SECRET_KEY", default=DEFAULT_SECRET_KEY)
ENCRYPTION_KEYS = env.str("ENCRYPTION_KEYS", default=DEFAULT_ENCRYPTION_KEYS)
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PUBLIC_ORIGIN = env.str("PUBLIC_ORIGIN", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_ORIGIN])
CITY_NAME = env.str("CITY_NAME", default="Jena")
MUNICIPALITY_KEY = env.str("MUNICIPALITY_KEY", default="16053000")  # AGS of the city, input of every evaluation
REFERENCE_PREFIX = env.str("REFERENCE_PREFIX", default="JEN")

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "cms",
    "forms_engine",
    "messaging",
    "accounts",
    "common",
    "rest_framework",
    "drf_spectacular",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail_headless_preview",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.middleware.PreparedDocumentMiddleware",
    "common.middleware.DatabaseUnavailableMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'city.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": None}
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {  # shared by all processes: it holds how often somebody tried to sign in
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "common_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "/anmelden"
LOGIN_REDIRECT_URL = "/konto"
WAGTAILADMIN_LOGIN_URL = "/admin/login/"
WAGTAILADMIN_USER_LOGIN_FORM = "accounts.sign_in.AdminSignInForm"
ACCOUNT_ADAPTER = "accounts.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {  # whoever forgot the password signs in with a code by mail: there is no page to reset it
    "account_confirm_email": "/anmelden?{key}",
    "account_reset_password": "/anmelden",
    "account_reset_password_from_key": "/anmelden?{key}",
    "account_signup": "/anmelden",
}
WAGTAIL_PASSWORD_RESET_ENABLED = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows its preview in a frame of the same origin
USE_X_FORWARDED_HOST = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("de-simple", "Leichte Sprache")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
WAGTAIL_SITE_NAME = f"Digitale Verwaltung {CITY_NAME}"
WAGTAILADMIN_BASE_URL = PUBLIC_ORIGIN
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no picture of a person from somewhere else
WAGTAIL_HEADLESS_PREVIEW = {
    "CLIENT_URLS": {"default": f"{PUBLIC_ORIGIN}/vorschau"},
    "SERVE_BASE_URL": PUBLIC_ORIGIN,
    "ENFORCE_TRAILING_SLASH": False,  # the front end owns /vorschau
}
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # a translation starts as a draft, never as German text online
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses are ASCII: /leistungen/fuehrerschein, never percent signs

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

EMAIL_URL = env.str("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}")
vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs must not hold the worker
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Stadtverwaltung Jena <noreply@jena.example>")

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["common.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["common.json_boundary.StrictJSONParser"],
    "EXCEPTION_HANDLER": "common.problems.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "DEFAULT_THROTTLE_RATES": {
        "draft-create": env.str("THROTTLE_DRAFT_CREATE", default="60/min"),
        "upload": env.str("THROTTLE_UPLOAD", default="60/min"),
        "find": env.str("THROTTLE_FIND", default="20/min"),
        "address": env.str("THROTTLE_ADDRESS", default="240/min"),
        "message": env.str("THROTTLE_MESSAGE", default="120/min"),
        "mail": env.str("THROTTLE_MAIL", default="5/min"),
    },
    "NUM_PROXIES": env.int("NUM_PROXIES", default=1),
}
ALLAUTH_TRUSTED_PROXY_COUNT = REST_FRAMEWORK["NUM_PROXIES"]  # limits count people, not our own gateway
SPECTACULAR_SETTINGS = {
    "TITLE": "Digitale Verwaltung",
    "DESCRIPTION": "Headless API: prepared content, application flows, cases.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["config.openapi.only_our_api"],
    "ENUM_NAME_OVERRIDES": {
        "CaseStatus": "forms_engine.rest_api.serializers.STATUSES",
        "Availability": "cms.rest_api.serializers.STATES",
        "NodeType": "forms_engine.rest_api.nodes.NODE_TYPES",
        "StepProgress": ["done", "error", "open"],
        "RequirementState": ["met", "failed", "open"],
        "DayState": ["open", "closed", "unknown"],
        "ExceptionState": ["open", "closed"],
        "FileState": "forms_engine.rest_api.serializers.FILE_STATES",
        "MigrationState": "forms_engine.rest_api.serializers.MIGRATION_STATES",
        "GuardianBasis": "messaging.rest_api.joining.BASES",
        "ImportLineState": "messaging.rest_api.joining.LINE_STATES",
        "MailboxKind": "messaging.rest_api.serializers.MAILBOX_KINDS",
        "ConversationKind": "messaging.rest_api.serializers.CONVERSATION_KINDS",
        "EventKind": "messaging.rest_api.serializers.EVENT_KINDS",
        "BulletinState": "messaging.rest_api.serializers.BULLETIN_STATES",
        "MessageLanguage": "messaging.rest_api.serializers.LANGUAGES",
        "FeatureState": ["yes", "partly", "no"],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000  # JSON bodies; larger ones get 413
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

ADDRESS_PROVIDER = env.str("ADDRESS_PROVIDER", default="street_list")  # or openplz; empty: no suggestions
ADDRESS_STREETS = env.str("ADDRESS_STREETS", default=str(BASE_DIR / "cms" / "demo_city" / "streets.csv"))
OPENPLZ_URL = env.str("OPENPLZ_URL", default="")  # https://openplzapi.org: what people type then leaves the house
OPENPLZ_POSTCODES = env.str("OPENPLZ_POSTCODES", default="")  # a pattern, for example ^077
DRAFT_DAYS = env.int("DRAFT_DAYS", default=30)
RUSH_STARTS_PER_SECOND = env.int("RUSH_STARTS_PER_SECOND", default=0)  # 0: nobody ever waits, nothing is counted
RUSH_BURST = env.int("RUSH_BURST", default=20)
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=20_000_000)
UPLOAD_DRAFT_BYTES = env.int("UPLOAD_DRAFT_BYTES", default=100_000_000)
UPLOAD_DRAFT_FILES = env.int("UPLOAD_DRAFT_FILES", default=50)
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")  # unix:/run/clamav/clamd.ctl or tcp://host:3310
CLAMD_TIMEOUT = env.int("CLAMD_TIMEOUT", default=60)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "forms_engine.redaction.SecretsFilter"}},
    "formatters": {"frames": {"()": "common.logs.FramesOnlyFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["secrets"], "formatter": "frames"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a warning would name the address, and that may hold a draft's secret
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
}
