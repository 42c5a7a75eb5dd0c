"""Production: everything from the environment; docs/operations.md has the table."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import env

NEEDED = {
    "SECRET_KEY": "signs sessions and links (50 random characters or more)",
    "ALLOWED_HOSTS": "the host names this site answers to, separated by commas",
    "DATABASE_URL": "the database, such as postgres://user:password@host:5432/name",
}
# All of them at once: whoever sets up a site should not learn of them one start after another.
_missing = [name for name in NEEDED if not env(name, default="").strip(" ,")]
if _missing:
    raise ImproperlyConfigured(
        "The site does not start.\n"
        + "".join(f"  {name} is not set: {NEEDED[name]}.\n" for name in _missing)
        + "docs/operations.md has a table of all variables."
    )
if env("DATABASE_URL").partition(":")[0] not in env.DB_SCHEMES:
    # Its value is not repeated: it may hold a password.
    raise ImproperlyConfigured(
        "The site does not start: DATABASE_URL is no address of a database, such as"
        " postgres://user:password@host:5432/name."
    )

DEBUG = False
STYLEGUIDE = False
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = [name for name in (host.strip() for host in env.list("ALLOWED_HOSTS")) if name]
DATABASES = {
    "default": {
        **env.db("DATABASE_URL"),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", 60),
    }
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A host that swallows packets must become a 503 before the web server's own patience ends.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
WAGTAILADMIN_BASE_URL = env("SITE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[WAGTAILADMIN_BASE_URL])

REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    alias: {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": alias,
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": alias}
    for alias in ("default", "renditions")
}
if not REDIS_URL:
    # Memory is one process's own: another process would not see that a page was withdrawn.
    PAGE_CACHE_SECONDS = 0

vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))

USE_HTTPS = env.bool("USE_HTTPS", True)
SECURE_SSL_REDIRECT = USE_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000) if USE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = USE_HTTPS
CSRF_COOKIE_SECURE = USE_HTTPS
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 1)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
