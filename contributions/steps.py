"""The steps in which a proposal is written."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Step(models.TextChoices):
    """In their order; each can be left and come back to."""

    ABOUT = "about", pgettext_lazy("step", "What")
    STORY = "story", _("Story")
    FACTS = "facts", _("Facts")
    PICTURES = "pictures", _("Pictures")
    SEND = "send", _("Look over and send")

    @property
    def next(self) -> Step:
        """The step after this one; after the last, the last."""
        steps = list(Step)
        return steps[min(steps.index(self) + 1, len(steps) - 1)]
