"""What people are called in the forum."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def name_of(person: Any) -> str:
    """A person's name, never the e-mail address; words for one without a name or account."""
    if person is None:
        return _("Former member")
    return person.name or _("Member")
