"""When a form was opened, signed: nobody writes a text in less time than it takes to read the page."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

_signer = TimestampSigner(salt="forum.form")


def stamp(key: UUID | str) -> str:
    """The stamp of a form that is opened now; it holds for this submission key only."""
    return _signer.sign(str(key)).removeprefix(f"{key}:")


def is_genuine(value: str, key: UUID | str) -> bool:
    """Whether this is a stamp that `stamp` made for the key."""
    try:
        _signer.unsign(f"{key}:{value}")
    except BadSignature:
        return False
    return True


def is_too_quick(value: str, key: UUID | str) -> bool:
    """Whether a genuine stamp is younger than FORUM_SECONDS_TO_WRITE."""
    least = timedelta(seconds=settings.FORUM_SECONDS_TO_WRITE)
    try:
        _signer.unsign(f"{key}:{value}", max_age=least)
    except SignatureExpired:
        return False
    return bool(least)
