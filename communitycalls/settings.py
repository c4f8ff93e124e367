"""Settings of the site, read from environment variables; README lists them. Nothing is needed for the demo."""

import secrets
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
TESTING = env.bool("COMMUNITYCALLS_TESTING", default=False)
DEMO = env.bool("COMMUNITYCALLS_DEMO", default=False)

# On this machine alone a key, hosts and static files come by themselves; the demo shows the site's own error pages.
LOCAL = DEBUG or DEMO or TESTING


def refuse(sentence: str) -> ImproperlyConfigured:
    """The error for a setting that would be unsafe in production."""
    return ImproperlyConfigured(sentence)


def read_secret_key() -> str:
    """SECRET_KEY from the environment; on this machine alone one made and kept in the data folder."""
    key: str = env.str("SECRET_KEY", default="")
    if not key and LOCAL:
        kept = DATA_DIR / "demo-secret-key"
        if not kept.exists():
            kept.write_text(secrets.token_urlsafe(50))
            kept.chmod(0o600)
        return kept.read_text()
    if len(key) < 40 or len(set(key)) < 10:
        raise refuse(
            f"SECRET_KEY has {len(key)} characters. Set it to at least 40 random ones, for example from"
            " python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
        )
    return key


def read_allowed_hosts() -> list[str]:
    """ALLOWED_HOSTS, comma-separated; on this machine alone its own names."""
    hosts: list[str] = [host.strip() for host in env.list("ALLOWED_HOSTS", default=[]) if host.strip()]
    if LOCAL:
        return [*hosts, "127.0.0.1", "localhost", "[::1]", "testserver"]
    if not hosts:
        raise refuse("ALLOWED_HOSTS is empty. Set it to the site's names, for example ALLOWED_HOSTS=calls.example.org.")
    if "*" in hosts:
        raise refuse("ALLOWED_HOSTS holds '*', which lets anybody choose the site's name. List the site's own names.")
    return hosts


def read_site_url() -> str:
    """SITE_URL without a trailing slash: the address that feeds, calendars and PDFs name."""
    default = "http://127.0.0.1:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
    url: str = env.str("SITE_URL", default=default).rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise refuse(f"SITE_URL is {url!r}. It must begin with https://, for example https://calls.example.org.")
    return url


def read_debug() -> None:
    """DEBUG shows source and settings to visitors: only for this machine."""
    local = {"127.0.0.1", "localhost", "[::1]", "testserver"}
    if (DEBUG or DEMO) and set(ALLOWED_HOSTS) - local:
        raise refuse(f"DEBUG is on while ALLOWED_HOSTS names {', '.join(ALLOWED_HOSTS)}. Unset DEBUG to serve others.")


def read_database() -> dict[str, Any]:
    """DATABASE_URL, by default SQLite in the data folder, set up so that several writers wait for each other."""
    database: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'communitycalls.sqlite3'}")
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=2000;",
        }
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
    return database


def read_proxies() -> int:
    """TRUSTED_PROXIES: how many proxies stand between a visitor and the site."""
    text: str = env.str("TRUSTED_PROXIES", default="0")
    if not (text.isascii() and text.isdigit() and len(text) < 3):
        raise refuse(f"TRUSTED_PROXIES is {text!r}. Write how many proxies stand in front of the site, for example 1.")
    return int(text)


SECRET_KEY = read_secret_key()
ALLOWED_HOSTS = read_allowed_hosts()
SITE_URL = read_site_url()
read_debug()
SECURE = not LOCAL and SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SECURE else []
TRUSTED_PROXIES = read_proxies()

INSTALLED_APPS = [
    "interop.apps.InteropConfig",
    "communitycalls.apps.CommunityCallsConfig",
    "communitycalls.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
    "markdownx",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "communitycalls.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "communitycalls.middleware.RefuseNul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "communitycalls.urls"
WSGI_APPLICATION = "communitycalls.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "communitycalls.context.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": read_database()}
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "desk:index"
LOGOUT_REDIRECT_URL = "calls:home"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_IPWARE_PROXY_COUNT = TRUSTED_PROXIES or None
AXES_LOCKOUT_TEMPLATE = "communitycalls/sign_in_locked.html"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = env.str("MEDIA_URL", default="/media/")
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = LOCAL
WHITENOISE_AUTOREFRESH = DEBUG or DEMO

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "communitycalls.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000  # forms send a text twice: as it was and as it is
SILENCED_SYSTEM_CHECKS: list[str] = []

MARKDOWNX_MARKDOWNIFY_FUNCTION = "interop.markdown.render"
MARKDOWNX_URLS_PATH = "/desk/markdown/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/desk/markdown/upload/"
MARKDOWNX_EDITOR_RESIZABLE = False

if email_url := env.str("EMAIL_URL", default=""):
    vars().update(env.email_url_config(email_url))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # a visitor's mistyped address is no news; what breaks here is
    "loggers": {"django.request": {"level": "ERROR"}},
}

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    AXES_ENABLED = False
