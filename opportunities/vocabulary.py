"""Lists of codes of opportunities (domain.md C5 and 3.4); what is offered and sought is the directory's list."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Type(TextChoices):
    """What an opportunity is."""

    OFFER = "offer", _("Offer")
    REQUEST = "request", _("Request")
    PROJECT = "project", _("Project partner sought")
    HOST = "host", _("Host place")


class CriterionKind(TextChoices):
    """What an opportunity is matched by, each a code of a list of the directory."""

    OFFER = "offer", _("Offers")
    SEEK = "seek", _("Seeks")
    PARTNER = "partner", _("Partners sought")


class Side(TextChoices):
    """The two that an accepted interest has brought together."""

    OWNER = "owner", _("Whose opportunity it is")
    INTERESTED = "interested", _("Who was interested")


class Result(TextChoices):
    """What came of an accepted interest."""

    MEETING = "meeting", _("We have met")
    AGREEMENT = "agreement", _("We have signed an agreement")
    TALKING = "talking", _("We are still talking")
    NOTHING = "nothing", _("Nothing came of it")
