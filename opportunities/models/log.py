"""What was done to opportunities and interest in them, by whom and why. Rows are only ever added."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.append_only import Log
from opportunities.states import Act, OtherAct, State


class OpportunityLog(Log):
    """One act. The log outlives what it names: the keys are kept without a foreign key constraint.

    What the sides of an interest write to each other does not enter: it has its own, shorter time.
    """

    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="log",
        db_index=False,
    )
    # The organisation that the act concerns beside the one whose opportunity it is.
    organisation = models.ForeignKey(
        "directory.Organisation",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        db_index=False,
    )
    action = models.CharField(_("action"), max_length=15, choices=[*Act.choices, *OtherAct.choices])
    from_state = models.CharField(max_length=10, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=State.choices, blank=True)

    class Meta(Log.Meta):
        verbose_name = _("entry of the log of opportunities")
        verbose_name_plural = _("log of opportunities")
        indexes = [models.Index(fields=["opportunity", "-id"], name="log_of_opportunity")]

    def __str__(self) -> str:
        return f"{self.action} {self.opportunity_id}"
