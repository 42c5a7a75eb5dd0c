"""Health, periodic work, limits, and settings that refuse to start half-configured."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from core import health, periodic, ratelimit

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "Zq7-xW2_kLp9" * 6,
    "ALLOWED_HOSTS": "platform.example.org",
    "DATABASE_URL": "postgres://user:password@127.0.0.1:1/none",
}


def in_production(environment, *command):
    """Run manage.py with the production settings and nothing of the surrounding environment."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "config.settings.production", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def check_deploy(environment):
    return in_production(environment, "check", "--deploy", "--fail-level", "WARNING")


def test_production_passes_the_deployment_check():
    run = check_deploy(COMPLETE)
    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_production_says_what_is_missing_and_does_not_start(missing):
    run = check_deploy({name: value for name, value in COMPLETE.items() if name != missing})
    assert run.returncode != 0
    assert f"{missing} is not set" in run.stderr


def test_production_names_all_that_is_missing_at_once():
    run = check_deploy({"ALLOWED_HOSTS": " , "})
    assert all(f"{name} is not set" in run.stderr for name in COMPLETE)


def test_production_does_not_start_with_an_address_that_is_no_database():
    run = check_deploy({**COMPLETE, "DATABASE_URL": "our-secret-server"})
    assert run.returncode != 0
    assert "DATABASE_URL is no address of a database" in run.stderr
    assert "our-secret-server" not in run.stderr


@pytest.fixture(scope="module")
def static_root(tmp_path_factory):
    """Where the static files of a production site are collected."""
    folder = str(tmp_path_factory.mktemp("static"))
    run = in_production({**COMPLETE, "STATIC_ROOT": folder}, "collectstatic", "--no-input")
    assert run.returncode == 0, run.stderr
    return folder


# A site of its own: nothing here may take the database away from the other tests. The page cache, the languages and
# the sessions ask for the database before any view does, with Redis and without.
VISITS = """
from django.test import Client

for cookies in ({}, {"sessionid": "a" * 32}):
    client = Client(raise_request_exception=False)
    client.cookies.load(cookies)
    for path in ("/", "/en/", "/fr/forum/", "/en/search/?q=felt", "/nowhere", "/sitemap.xml", "/en/accounts/login/"):
        answer = client.get(path)
        print(answer.status_code, answer.headers.get("Retry-After"), b"<h1" in answer.content)
for path in ("/healthz", "/readyz"):
    answer = Client().get(path)
    print(path, answer.status_code, answer.content.decode())
"""


@pytest.mark.parametrize(
    "redis", ["", pytest.param("REDIS_URL", marks=pytest.mark.services)], ids=["alone", "redis"]
)
def test_a_database_that_does_not_answer_is_a_503_everywhere(redis, static_root):
    run = in_production(
        {
            **COMPLETE,
            "ALLOWED_HOSTS": "testserver",
            "USE_HTTPS": "0",
            "STATIC_ROOT": static_root,
            "REDIS_URL": os.environ[redis] if redis else "",
        },
        *("shell", "--verbosity", "0", "--command", VISITS),
    )
    *pages, live, ready = run.stdout.splitlines()
    assert set(pages) == {"503 30 True"}, run.stderr
    assert len(pages) == 14
    assert live == "/healthz 200 ok"
    assert ready.startswith("/readyz 503")
    states = json.loads(ready.split(maxsplit=2)[2])
    assert (states["database"]["state"], states["queue"]["state"]) == ("down", "down")
    assert states["cache"]["state"] == "ok"


def test_a_cache_that_does_not_answer_is_a_503_too(static_root):
    run = in_production(
        {
            **COMPLETE,
            "ALLOWED_HOSTS": "testserver",
            "USE_HTTPS": "0",
            "STATIC_ROOT": static_root,
            "REDIS_URL": "redis://127.0.0.1:1/0",
        },
        *("shell", "--verbosity", "0", "--command", VISITS),
    )
    assert run.stdout.startswith("503 30 True"), run.stderr


@pytest.mark.django_db
def test_every_part_tells_its_state(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert {"database", "cache", "search", "queue"} <= set(answer.json())
    assert {part["state"] for part in answer.json().values()} == {"ok"}


@pytest.mark.parametrize(("part", "status"), [("database", 503), ("cache", 503), ("search", 200)])
@pytest.mark.django_db
def test_what_is_needed_and_down_makes_the_site_unready(client, monkeypatch, part, status):
    def down():
        raise OperationalError

    monkeypatch.setitem(health._checks, part, down)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()[part]) == (status, {"state": "down"})


def test_alive_needs_nothing(client):
    assert client.get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_a_job_runs_once_in_its_time_and_again_when_it_failed(monkeypatch):
    runs = []
    monkeypatch.setattr(periodic, "_jobs", {})
    periodic.register("good", lambda: runs.append("good"), every=timedelta(hours=1))
    periodic.register("bad", lambda: runs.append("bad") or 1 / 0, every=timedelta(hours=1))
    start = timezone.now()
    assert periodic.run_due(start) == ["good"]
    assert periodic.run_due(start + timedelta(minutes=5)) == []
    assert periodic.run_due(start + timedelta(minutes=61)) == ["good"]
    assert runs.count("good") == 2
    assert runs.count("bad") == 3


def test_a_limit_counts_by_key_and_window(monkeypatch):
    monkeypatch.setattr(ratelimit.time, "time", lambda: 1_000_000.0)
    assert [ratelimit.hit("test", "a", limit=2, seconds=60) for _ in range(3)] == [
        True,
        True,
        False,
    ]
    assert ratelimit.hit("test", "b", limit=2, seconds=60)
    monkeypatch.setattr(ratelimit.time, "time", lambda: 1_000_060.0)
    assert ratelimit.hit("test", "a", limit=2, seconds=60)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.1", "1.1.1.1"),
        (1, "", "9.9.9.9"),
    ],
)
def test_the_clients_address_is_what_our_own_proxy_wrote(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9")
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert ratelimit.client_address(request) == expected


@pytest.mark.parametrize(
    ("posted", "headers", "target", "cookie"),
    [
        ({"theme": "dark", "next": "/en/forum/"}, {}, "/en/forum/", "dark"),
        (
            {"theme": "light"},
            {"Referer": "http://testserver/fr/"},
            "http://testserver/fr/",
            "light",
        ),
        ({"theme": "dark", "next": "https://evil.example/"}, {}, "/", "dark"),
        ({"theme": "dark", "next": "no-address"}, {}, "/", "dark"),
        ({"theme": "neon", "next": "/en/"}, {}, "/en/", None),
    ],
)
def test_the_theme_is_a_cookie_and_the_way_back_stays_here(client, posted, headers, target, cookie):
    answer = client.post("/theme/", posted, headers=headers)
    assert answer.url == target
    assert (answer.cookies["theme"].value if "theme" in answer.cookies else None) == cookie
