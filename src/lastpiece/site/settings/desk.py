"""Settings of the desk, the inside site."""

import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from lastpiece.site.settings import env
from lastpiece.site.settings.base import *  # noqa: F403 - settings modules are made by adding to each other

SITE = Path(__file__).resolve().parents[1]

KEYRING_FOLDER = env.DESK_FOLDER / "keys"
BOARD_COPY_FOLDER = env.DESK_FOLDER / "board"
BOARD_FOLDER = env.BOARD
SMALL_COUNT = env.SMALL_COUNT
MAILBOX_DAYS = env.MAILBOX_DAYS
SECRET_KEY_FILE = env.DESK_FOLDER / "secret.key"
# With neither a setting nor a file, the key lasts as long as the process: enough for makemigrations. `desk serve`
# refuses to start without the file.
SECRET_KEY = env.SECRET_KEY or (
    SECRET_KEY_FILE.read_text().strip() if SECRET_KEY_FILE.is_file() else secrets.token_urlsafe(48)
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "lastpiece.site.parts",
    "lastpiece.site.desk.records",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lastpiece.site.desk.headers.DeskHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lastpiece.site.desk.permissions.Gate",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lastpiece.site.desk.urls"
WSGI_APPLICATION = "lastpiece.site.wsgi_desk.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "desk" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lastpiece.site.desk.permissions.rail",
            ],
        },
    },
]

DATABASES = {"default": dj_database_url.parse(env.DATABASE_URL)}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        # Django's default (deferred) transactions lose concurrent read-then-write work.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60

# Sign-in: a password and, always, a second factor.
AUTH_USER_MODEL = "records.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "lastpiece.site.desk.signing_in.DeskAccounts"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_FORMS = {"login": "lastpiece.site.desk.signing_in.SignInForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip"}
MFA_ADAPTER = "lastpiece.site.desk.signing_in.DeskSecondFactors"
MFA_SUPPORTED_TYPES = ["totp"]
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "lastpiece.site.desk.signing_in.CodeForm",
    "activate_totp": "lastpiece.site.desk.signing_in.EnrolForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Enrolment follows the password at once, and only while there is no second factor yet.
MFA_REAUTHENTICATION_REQUIRED = False

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "lastpiece.site.desk.signing_in.username_to_lock"
AXES_LOCKOUT_TEMPLATE = "desk/locked.html"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "next"]  # people type passwords into the wrong box
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
# By username alone on purpose: the whole force may come from one address.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# Attempts are counted here: so many that a stranger's attempts cannot push others' out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# One cookie, for the session; the CSRF token lives inside it.
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = env.HTTPS
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "lastpiece.site.desk.given_back.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if env.HTTPS else 0

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

STATICFILES_DIRS = [SITE / "desk" / "static"]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

DEMO = env.DEMO
