"""What people and topics are called in the forum."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import string_to_ascii

SLUG_LENGTH = 80


def name_of(person: Any) -> str:
    """A person's name, never the e-mail address; words for one without a name or account."""
    return named(None if person is None else person.name)


def named(name: str | None) -> str:
    """The same of a name that is at hand already; None where there is no account."""
    return _("Former member") if name is None else name or _("Member")


def place_name(number: int | None) -> str:
    """What a post is called in the names of its buttons; nothing without a number."""
    return _("post %(number)s") % {"number": number} if number else ""


def slug_of(title: str) -> str:
    """The part of a topic's address that comes of its title; never empty, at most SLUG_LENGTH long."""
    return slugify(string_to_ascii(title))[:SLUG_LENGTH].strip("-") or "topic"
