"""Django settings, from a few environment variables (docs/reference/settings.md)."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.functional import lazy

from closeout import __version__
from closeout.project.store import files_root, secret_key, store_url

WEB = Path(__file__).resolve().parent.parent / "web"
HOUR = 3600
YEAR = 365 * 24 * HOUR


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _app(name: str) -> list[str]:
    """Return the app when its room has been built, so that rooms can land one at a time."""
    return [name] if find_spec(name) and find_spec(f"{name}.apps") else []


# --- Who may reach it -----------------------------------------------------------------------
# Without host names the site answers this machine only and needs no certificate. With them it
# is a public service: TLS, HSTS and secure cookies are then on and cannot be turned off.
DEBUG = _flag("CLOSEOUT_DEBUG")
HOSTS = [host.strip() for host in os.environ.get("CLOSEOUT_ALLOWED_HOSTS", "").split(",") if host.strip()]
IS_PUBLIC = bool(HOSTS) and not DEBUG
ALLOWED_HOSTS = HOSTS or ["localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = lazy(secret_key, str)()
CLOSEOUT_VERSION = __version__

SECURE_SSL_REDIRECT = IS_PUBLIC
SECURE_HSTS_SECONDS = YEAR if IS_PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PUBLIC
SECURE_HSTS_PRELOAD = IS_PUBLIC
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("CLOSEOUT_BEHIND_PROXY") else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _flag("CLOSEOUT_BEHIND_PROXY") else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PUBLIC
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": IS_PUBLIC,
    },
}

# --- Parts ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "template_partials",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "closeout.web.accounts",
    "closeout.web.audit",
    "closeout.web.components",
    "closeout.web.jobs",
    "closeout.web.people",
    "closeout.web.home",
    *_app("closeout.web.recommendations"),
    "closeout.web.casework",
    "closeout.web.registers",
    "closeout.web.staffing",
    "closeout.web.evidence",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "closeout.web.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "closeout.web.middleware.SessionLimitsMiddleware",
    "closeout.web.middleware.SignInRequiredMiddleware",
    "closeout.web.middleware.NewPasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "closeout.project.urls"
WSGI_APPLICATION = "closeout.project.wsgi.application"
ASGI_APPLICATION = "closeout.project.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "closeout.web.context.site",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    },
]

FORM_RENDERER = "closeout.web.components.forms.UswdsRenderer"

# --- Store ----------------------------------------------------------------------------------
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(store_url(), conn_max_age=60, conn_health_checks=True),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at once and waits its turn, so that readers-turned-writers
        # cannot meet "database is locked"; readers never wait (WAL).
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that sign-in lockouts hold across processes and restarts.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MEDIA_ROOT = files_root() / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- Static files ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = files_root() / "static"
STATICFILES_DIRS = [WEB / "static"]
# `closeout serve` collects hashed, compressed copies; until it has, files come from the package.
IS_COLLECTED = not DEBUG and ("collectstatic" in sys.argv or (STATIC_ROOT / "staticfiles.json").exists())
WHITENOISE_USE_FINDERS = not IS_COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}

# --- Sign-in --------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["closeout.web.accounts.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = HOUR // 2
SESSION_LONGEST_SECONDS = 12 * HOUR

ACCOUNT_ADAPTER = "closeout.web.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/5m/ip,5/5m/key",
    "login": "60/m/ip",
    "reauthenticate": "10/5m/user",
}
ACCOUNT_FORMS = {
    "login": "closeout.web.accounts.forms.SignInForm",
    "change_password": "closeout.web.accounts.forms.PasswordForm",
    "reauthenticate": "closeout.web.accounts.forms.ConfirmForm",
}
MFA_ADAPTER = "closeout.web.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "closeout.web.accounts.forms.CodeForm",
    "reauthenticate": "closeout.web.accounts.forms.ConfirmCodeForm",
    "activate_totp": "closeout.web.accounts.forms.AddAppForm",
}
MFA_TOTP_ISSUER = "Closeout"
# A code is good for the half minute before and after its own: clocks of phones and typing need that.
MFA_TOTP_TOLERANCE = 1

# --- Words and times ------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("CLOSEOUT_TIME_ZONE", "America/New_York")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
