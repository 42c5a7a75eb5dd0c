"""Where the demo may be loaded: its accounts have a password that everybody knows."""

from __future__ import annotations

from django.conf import settings

LOCAL = ("localhost", "127.0.0.1", "[::1]", "testserver")
LOCAL_SUFFIXES = (".localhost", ".test", ".example")


def reachable_hosts() -> list[str]:
    """The names of this site that somebody else could reach."""
    return [
        host
        for host in settings.ALLOWED_HOSTS
        if host not in LOCAL and not host.endswith(LOCAL_SUFFIXES)
    ]
