"""Links in mails by which their reader stops them without logging in."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "search.saved"


def stop_address(saved_id: int) -> str:
    """The link that stops mail about a saved search, with the site's address, in the active language."""
    word = signing.dumps(saved_id, salt=SALT)
    return settings.WAGTAILADMIN_BASE_URL + reverse("search:stop", args=[word])


def saved_id_of(word: str) -> int | None:
    """Which saved search a word from a link is about; None where `stop_address` has not made it."""
    try:
        return int(signing.loads(word, salt=SALT))
    except signing.BadSignature:
        return None
