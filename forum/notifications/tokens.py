"""Links in mails by which their reader stops them without logging in.

A link is bound to an account and to what it stops, not to an e-mail address: one from an old mail
still works after the address was changed, and none works for another account or another topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "forum.unsubscribe"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a link stops: all mail to an account, or everything about one topic (`topic_id`)."""

    user_id: int
    topic_id: int | None = None


def address_of(wish: Wish) -> str:
    """The link, with the site's address in front, in the active language."""
    word = signing.dumps([wish.user_id, wish.topic_id], salt=SALT)
    return settings.WAGTAILADMIN_BASE_URL + reverse("forum:unsubscribe", args=[word])


def wish_of(word: str) -> Wish | None:
    """What a word from a link asks for; None where `address_of` has not made it."""
    try:
        values: Any = signing.loads(word, salt=SALT)
    except signing.BadSignature:
        return None
    user_id, topic_id = values
    return Wish(user_id, topic_id)
