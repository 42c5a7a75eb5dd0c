"""When two notices are about the same address."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings

from forum.models.reports import ADDRESS_LENGTH


def place_of(address: str) -> str:
    """An address without what makes no other place of it: scheme, case and name of our host, fragment.

    The order of a query's parts and a slash at the end count as little. Never empty.
    """
    typed = address.strip()
    try:
        parts = urlsplit(typed)
    except ValueError:
        return typed[:ADDRESS_LENGTH]
    host = parts.netloc.lower()
    if host == urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc.lower():
        host = ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    place = f"{host}{parts.path.rstrip('/')}{'?' if query else ''}{query}"
    return (place or "/")[:ADDRESS_LENGTH]
