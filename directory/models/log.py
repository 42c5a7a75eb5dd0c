"""What was done to organisations, by whom and why. Rows are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.append_only import Log
from directory.states import Act, OtherAct, State


class DirectoryLog(Log):
    """One act. The log outlives what it names: the keys are kept without a foreign key constraint."""

    organisation = models.ForeignKey(
        "directory.Organisation",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="log",
        db_index=False,
    )
    # The account or the cluster that the act concerns beside the organisation.
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        db_index=False,
    )
    cluster = models.ForeignKey(
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
        verbose_name = _("entry of the directory's log")
        verbose_name_plural = _("log of the directory")
        indexes = [models.Index(fields=["organisation", "-id"], name="log_of_organisation")]

    def __str__(self) -> str:
        return f"{self.action} {self.organisation_id}"
