"""The states of a request for contact."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactState(models.TextChoices):
    """Where a request stands. Details are shown in one state only: `ACCEPTED`."""

    OPEN = "open", _("Waits for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed: no answer in 15 working days")
    ENDED = "ended", _("Ended")


# Of one pair there is at most one request in these states, whoever asked.
ALIVE = (ContactState.OPEN, ContactState.ACCEPTED)
