"""Mail from templates, in the reader's language, sent after commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from core.tasks import deliver_mail, enqueue

_is_silent: ContextVar[bool] = ContextVar("mail_is_silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Send nothing meanwhile: for samples, which go through the acts themselves and have no readers."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)


def is_silent() -> bool:
    """Whether nothing is sent now: for what sends mail by other ways than `send_templated`."""
    return _is_silent.get()


def send_templated(
    *,
    template: str,
    to: str,
    language: str,
    context: Mapping[str, Any],
    headers: dict[str, str] | None = None,
) -> None:
    """Render `<template>_subject.txt`, `.txt` and `.html` in a language and enqueue the message.

    `template` is a path below `templates/`, such as "emails/forum/decision". Call it inside
    the transaction that gives the reason for the mail: a rollback then sends nothing.
    """
    if is_silent():
        return
    values = {
        **context,
        "site_name": settings.SITE_NAME,
        "site_url": settings.WAGTAILADMIN_BASE_URL,
        "language": language,
    }
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", values).split())
        text = render_to_string(f"{template}.txt", values)
        html = render_to_string(f"{template}.html", values)
    enqueue(deliver_mail, subject=subject, text=text, html=html, to=[to], headers=headers)
