"""Tests: the services named in the environment; `FAST=1` means SQLite and memory only."""

from .base import *  # noqa: F403
from .base import BASE_DIR, env

SECRET_KEY = "tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DEBUG = False
FAST = env.bool("FAST", False)
STYLEGUIDE = True
SITE_URL = WAGTAILADMIN_BASE_URL = "http://localhost"

if FAST:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    CACHES = {
        alias: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": alias}
        for alias in ("default", "renditions")
    }
    ELASTICSEARCH_URL = ""
else:
    # Without these the run must fail at once: a silent fallback would prove nothing.
    DATABASES = {"default": env.db("DATABASE_URL")}
    TEST_DATABASE = "test_fashion_" + env("TEST_DB_SUFFIX", default="main")
    DATABASES["default"]["TEST"] = {"NAME": TEST_DATABASE}
    CACHES = {
        alias: {
            "BACKEND": "tests.caches.OwnKeys",
            "LOCATION": env("REDIS_URL"),
            "KEY_PREFIX": f"test-{env('TEST_DB_SUFFIX', default='main')}-"
            f"{env('PYTEST_XDIST_WORKER', default='gw')}-{alias}",
        }
        for alias in ("default", "renditions")
    }
    ELASTICSEARCH_URL = env("ELASTICSEARCH_URL")
    # Where the machine has other work, an answer of the database would hide what is tested.
    ELASTICSEARCH_TIMEOUT = 60.0
ELASTICSEARCH_INDEX = (
    f"test-{env('TEST_DB_SUFFIX', default='main')}-{env('PYTEST_XDIST_WORKER', default='gw')}"
)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = BASE_DIR / "var" / "test-media"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
PAGE_CACHE_SECONDS = 0
# Tests type faster than people; tests/forum/test_writing_limits.py has the rule.
FORUM_SECONDS_TO_WRITE = 0
