"""Settings: what differs between bureaus comes from the environment (XIUHUA_*), the law from `reference/`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from csp.constants import NONE, SELF

from xiuhua.exchange.rules.addresses import networks

BASE_DIR = Path(__file__).resolve().parents[2]
REFERENCE_DIR = Path(os.environ.get("XIUHUA_REFERENCE_DIR", BASE_DIR / "reference"))
VAR_DIR = Path(os.environ.get("XIUHUA_VAR_DIR", BASE_DIR / "var"))
LEGAL_FONT_DIR = os.environ.get("XIUHUA_LEGAL_FONT_DIR", "")

DEBUG = os.environ.get("XIUHUA_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("XIUHUA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")


def _secret_key() -> str:
    """The key from the environment, else one made on first start and kept readable by its owner only."""
    if key := os.environ.get("XIUHUA_SECRET_KEY"):
        return key
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = _secret_key()


def database(url: str) -> dict[str, Any]:
    """Django's settings for `postgres://user:password@host:port/name?host=/socket/dir` or a SQLite file path."""
    if not url.startswith(("postgres://", "postgresql://")):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url,
            "OPTIONS": {
                # A deferred transaction that reads first cannot be upgraded while another writes: it fails at once.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-64000;"
                "PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;PRAGMA wal_autocheckpoint=4000;",
            },
        }
    parts = urlsplit(url)
    socket = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(socket) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        # A page joins a row to a dozen tables by their keys: the order written is as good as any, and to look for a
        # better one took ten times as long as the answer.
        "OPTIONS": {"options": "-c join_collapse_limit=4 -c from_collapse_limit=4"},
    }


DATABASES = {"default": database(os.environ.get("XIUHUA_DATABASE_URL", str(VAR_DIR / "xiuhua.sqlite3")))}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # One writer at a time: positions come in by the thousand and have a file of their own (see `routing`).
    DATABASES["positions"] = database(str(Path(DATABASES["default"]["NAME"]).with_name("positions.sqlite3")))
DATABASE_ROUTERS = ["xiuhua.conf.routing.PositionsApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "xiuhua.kernel",
    "xiuhua.org",
    "xiuhua.registers",
    "xiuhua.evidence",
    "xiuhua.observations",
    "xiuhua.leads",
    "xiuhua.duty",
    "xiuhua.cases",
    "xiuhua.command",
    "xiuhua.oversight",
    "xiuhua.exchange",
    "xiuhua.reports",
    "xiuhua.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "xiuhua.web.frame.middleware.LookMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "xiuhua.web.frame.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "xiuhua.web.org.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xiuhua.web.frame.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "xiuhua.conf.urls"
WSGI_APPLICATION = "xiuhua.conf.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "xiuhua.web.frame.context.frame",
            ],
        },
    }
]

AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
# W006 wants addresses counted as well. Behind the proxy a whole bureau has one address: a stranger's five wrong tries
# would lock everybody out, and guesses from many addresses would go on. By account each account has five (SECURITY.md).
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "web/org/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("XIUHUA_HTTPS") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Where browsers reach `xiuhua live`, the stream of positions; empty: pages ask again and again instead.
LIVE_URL = os.environ.get("XIUHUA_LIVE_URL", "")
_LIVE = urlsplit(LIVE_URL)

# Where the media server plays a channel, with {device} and {channel}.
MEDIA_URL_OF_CHANNEL = os.environ.get("XIUHUA_PLAY_URL", "")
_MEDIA = urlsplit(MEDIA_URL_OF_CHANNEL)


def _origin(parts: SplitResult) -> list[str]:
    """The origin of an address for the policy; nothing for one of our own or none."""
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, *_origin(_LIVE), *_origin(_MEDIA)],
        # Where a browser does not play HLS by itself, a script reads the segments and hands them over as a blob.
        "media-src": [SELF, *_origin(_MEDIA), *(["blob:"] if MEDIA_URL_OF_CHANNEL else [])],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "frame-src": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "xiuhua" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MIMETYPES = {".mjs": "text/javascript"}
FILES_DIR = VAR_DIR / "files"
# Where files are kept: a folder, or a bucket of any S3 store with the folder as what was read lately (extra `s3`).
FILES_S3 = {
    "bucket": os.environ.get("XIUHUA_S3_BUCKET", ""),
    "endpoint": os.environ.get("XIUHUA_S3_ENDPOINT", ""),
    "region": os.environ.get("XIUHUA_S3_REGION", "us-east-1"),
}
FILES_STORE = "xiuhua.kernel.s3.bucket" if FILES_S3["bucket"] else "xiuhua.kernel.stores.folder"
# Uploads under way. On the same disk as FILES_DIR, so that a whole file is moved and not copied.
UPLOADS_DIR = VAR_DIR / "uploads"
UPLOAD_HOURS = int(os.environ.get("XIUHUA_UPLOAD_HOURS", "168"))
UPLOAD_BYTES = int(os.environ.get("XIUHUA_UPLOAD_BYTES", str(20 * 1024**3)))
# Where stations reach `xiuhua tus`, as they see it.
TUS_URL = os.environ.get("XIUHUA_TUS_URL", "http://127.0.0.1:8001/files/")
# The authority that stamps evidence (RFC 3161 over HTTP); empty: none.
TIME_STAMP_URL = os.environ.get("XIUHUA_TIME_STAMP_URL", "")

# Our number among the platforms of GB/T 28181 (annex D); its first ten digits are the realm of our cameras. And where
# the media server plays a channel, with {device} and {channel}.
GB28181_ID = os.environ.get("XIUHUA_GB28181_ID", "99990100002000000001")

# Sharing with other agencies: the name we give in the handshake (empty: nothing is shared), what events name as their
# source, and the networks that are reached besides public addresses.
EXCHANGE_ORIGIN = os.environ.get("XIUHUA_EXCHANGE_ORIGIN", "").encode("idna").decode()
EXCHANGE_SOURCE = os.environ.get("XIUHUA_EXCHANGE_SOURCE", f"/xiuhua/{GB28181_ID}")
EXCHANGE_NETWORKS = networks(os.environ.get("XIUHUA_EXCHANGE_NETWORKS", ""))

DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("XIUHUA_LOG", "WARNING")},
}
