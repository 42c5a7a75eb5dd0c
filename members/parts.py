"""The parts of a profile, who can be shown each, and what holds until its owner chooses otherwise."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Whom a part is shown to; each one includes those that follow."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members")
    CONTACTS = "contacts", _("My contacts")


class Part(models.TextChoices):
    """What a profile is made of. The name is none of them: it stands beside whatever one writes."""

    PAGE = "page", _("The page of your profile")
    PICTURE = "picture", _("Picture")
    ORGANISATION = "organisation", _("Organisation")
    POSITION = "position", _("Position")
    ROLES = "roles", _("Your roles in organisations of the directory")
    PLACE = "place", _("Town and country")
    LANGUAGES = "languages", _("Languages you speak")
    BIO = "bio", _("About you")
    LINKS = "links", _("Links")
    EMAIL = "email", _("E-mail")
    TELEPHONE = "telephone", _("Telephone")


# Nothing is open to everyone without its owner's doing (GDPR, article 25 (2)), but for the
# organisation, under which a member speaks in public.
DEFAULTS: dict[Part, Level] = {
    part: Level.CONTACTS
    if part in {Part.EMAIL, Part.TELEPHONE}
    else Level.PUBLIC
    if part == Part.ORGANISATION
    else Level.MEMBERS
    for part in Part
}


# What stands beside a text, and stays there when the account is closed.
OF_FORMER_MEMBERS = frozenset({Part.ORGANISATION})


def default_visibility() -> dict[str, str]:
    """What a new profile stores."""
    return {str(part): str(level) for part, level in DEFAULTS.items()}


def level_of(stored: dict[str, str], part: Part) -> Level:
    """The level of a part; what is stored and no level is read as the most closed one."""
    try:
        return Level(stored.get(part, DEFAULTS[part]))
    except ValueError:
        return Level.CONTACTS
