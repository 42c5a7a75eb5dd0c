"""What people and topics are called in the forum."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import string_to_ascii

SLUG_LENGTH = 80


def name_of(person: Any) -> str:
    """A person's name, never the e-mail address; words for one without a name or account."""
    if person is None:
        return _("Former member")
    return person.name or _("Member")


def place_name(number: int | None) -> str:
    """What a post is called in the names of its buttons; nothing without a number."""
    return _("post %(number)s") % {"number": number} if number else ""


def slug_of(title: str) -> str:
    """The part of a topic's address that comes of its title; never empty, at most SLUG_LENGTH long."""
    return slugify(string_to_ascii(title))[:SLUG_LENGTH].strip("-") or "topic"
