"""Django settings; docs/operations.md lists every environment variable read here."""

import os
from datetime import timedelta
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from config.environment import flag, number, runtime, var_dir, web_address, words

RUNTIME = runtime()
VAR_DIR = var_dir()
EMBEDDED = RUNTIME.embedded

DEBUG = flag("STANDPOINT_DEBUG")
HTTPS = flag("STANDPOINT_HTTPS", default=not EMBEDDED)
PUBLIC_READ = flag("STANDPOINT_PUBLIC_READ")

SECRET_KEY = RUNTIME.secret_key
SECRET_KEY_FALLBACKS = words("STANDPOINT_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("STANDPOINT_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("STANDPOINT_CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "config",
    "claims",
    "actors",
    "sources",
    "jobs",
    "config.admin_app.StandpointAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "pghistory.admin",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.middleware.keep_private",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.history.NamedHistoryMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# Database, cache and broker

DATABASES = {
    "default": {
        **dj_database_url.parse(
            RUNTIME.database_url, conn_max_age=600, conn_health_checks=True
        ),
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = RUNTIME.broker_url
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = (
    False  # the ledger re-sends; a poisonous job must not loop
)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 4
CELERY_TASK_PUBLISH_RETRY = (
    False  # a lost message is re-sent by the sweep within 30 seconds
)
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {
        "visibility_timeout": 3600,
        "socket_timeout": 15,
        "socket_connect_timeout": 4,
        "health_check_interval": 10,
    }
    if RUNTIME.broker_url.startswith("redis")
    else {}
)
SWEEP_INTERVAL = timedelta(
    seconds=float(os.environ.get("STANDPOINT_SWEEP_SECONDS", "15"))
)
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "jobs.tasks.sweep", "schedule": SWEEP_INTERVAL},
    "poll-feeds": {
        "task": "sources.tasks.queue_due_feeds",
        "schedule": timedelta(seconds=60),
    },
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# People

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_VERBOSE = False
PGHISTORY_APPEND_ONLY = True  # history rows are written once

# Browser security

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked by health checks, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if flag("STANDPOINT_BEHIND_PROXY") else None
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = False
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Background work and intake

JOB_LEASE_SECONDS = float(os.environ.get("STANDPOINT_LEASE_SECONDS", "60"))
FEED_ENTRY_SPACING_SECONDS = 5  # between two texts of one feed, to be polite
FETCH_ALLOW_LOOPBACK = (
    False  # tests open 127.0.0.1; the deploy check refuses it elsewhere
)

# The language-model engine: off unless it has both an address and a name

MODEL_URL = web_address("STANDPOINT_MODEL_URL")
MODEL_NAME = os.environ.get("STANDPOINT_MODEL_NAME", "").strip()
MODEL_KEY = os.environ.get("STANDPOINT_MODEL_KEY", "").strip()
MODEL_DAILY_BUDGET = int(number("STANDPOINT_MODEL_DAILY_BUDGET", "500000"))  # tokens
MODEL_TIMEOUT = float(number("STANDPOINT_MODEL_TIMEOUT", "60"))  # seconds, each call
MODEL_PRICE_IN = number("STANDPOINT_MODEL_PRICE_IN", "0")  # a million tokens
MODEL_PRICE_OUT = number("STANDPOINT_MODEL_PRICE_OUT", "0")

# Files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# Words and times

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]

# API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "config.rest.tokens.NamedTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["config.rest.permissions.RolePermission"],
    "DEFAULT_FILTER_BACKENDS": ["config.rest.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "config.rest.pagination.StandardPagination",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {"login": "10/min"},
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "config.rest.problems.problem_response",
    "NUM_PROXIES": 1 if flag("STANDPOINT_BEHIND_PROXY") else 0,
}
REST_KNOX = {
    "TOKEN_TTL": timedelta(days=90),
    "TOKEN_PREFIX": "sta_",
    "AUTO_REFRESH": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Standpoint API",
    "DESCRIPTION": "Who stands where on a question, since when, and on what evidence.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.rest.schema.describe_problems",
        "config.rest.schema.name_session_cookie",
    ],
    "ENUM_NAME_OVERRIDES": {
        "ActorKind": "actors.models.ActorKind",
        "AliasKind": "actors.models.AliasKind",
        "Rank": "actors.models.Rank",
        "SourceKind": "sources.models.SourceKind",
        "IngestionKind": "sources.models.IngestionKind",
        "IngestionOutcome": "sources.models.IngestionOutcome",
        "Precision": "sources.models.Precision",
        "ClaimStatus": "claims.models.ClaimStatus",
        "StanceValue": "claims.models.StanceValue",
        "StanceState": "claims.models.StanceState",
        "SuggestionState": "claims.models.SuggestionState",
        "JobState": "jobs.models.JobState",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": os.environ.get("STANDPOINT_LOG_LEVEL", "INFO"),
    },
}
