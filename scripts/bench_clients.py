"""Readers of a site that is measured, in the process that knows its database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BACKEND = "django.contrib.auth.backends.ModelBackend"


def queries_of(client: Client, path: str) -> int:
    """The fewest of three: what is shared is cached after the first."""
    counts = []
    for _attempt in range(3):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"bench: {path} answered {answer.status_code}")
        counts.append(len(captured))
    return min(counts)


def client_of(user: Any) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def cookie_of(client: Client) -> str:
    """The session as a request header names it."""
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
