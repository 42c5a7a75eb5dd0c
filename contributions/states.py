"""The life of a proposal."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Only `contributions.actions` changes it."""

    DRAFT = "draft", pgettext_lazy("state of a proposal", "Draft")
    SENT = "sent", pgettext_lazy("state of a proposal", "With the editors")
    CHANGES = "changes", pgettext_lazy("state of a proposal", "Changes asked")
    PUBLISHED = "published", pgettext_lazy("state of a proposal", "Published")
    DECLINED = "declined", pgettext_lazy("state of a proposal", "Declined")


# In these its contributor writes.
EDITABLE = (State.DRAFT, State.CHANGES)
# In these it is with the editors or in their hands as a draft page.
WITH_PAGE = (State.SENT, State.CHANGES)
# From these a contributor can delete it.
DELETABLE = (State.DRAFT, State.CHANGES, State.DECLINED)


class Naming(models.TextChoices):
    """How the contributor is named on the page."""

    ORGANISATION = "org", _("With my name and organisation")
    NAME = "name", _("With my name")
    ONLY_ORGANISATION = "only_org", _("Only my organisation")
    NOBODY = "none", _("Without any name")


class Outcome(models.TextChoices):
    """What became of one sending."""

    CHANGES = "changes", pgettext_lazy("answer to a proposal", "Changes asked")
    PUBLISHED = "published", pgettext_lazy("answer to a proposal", "Published")
    DECLINED = "declined", pgettext_lazy("answer to a proposal", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("answer to a proposal", "Taken back")
