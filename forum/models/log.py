"""What moderators and authors did, to what and why. Rows are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.append_only import Log
from forum.states import Act, OtherAct, State


class ModerationLog(Log):
    """One act: a change of a post's state, or one of `OtherAct`, which has no states.

    The log outlives the account, the post and the topic that it names: their keys are kept without a foreign
    key constraint, for clearing them would change the log.
    """

    post = models.ForeignKey(
        "forum.Post",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="log",
        db_index=False,
    )
    topic = models.ForeignKey(
        "forum.Topic",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="log",
        db_index=False,
    )
    # The account that a penalty concerns.
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        db_index=False,
    )
    action = models.CharField(_("action"), max_length=10, choices=[*Act.choices, *OtherAct.choices])
    from_state = models.CharField(max_length=10, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=State.choices, blank=True)

    class Meta(Log.Meta):
        verbose_name = _("entry of the moderation log")
        verbose_name_plural = _("moderation log")
        indexes = [
            models.Index(fields=["post", "-id"], name="log_of_post"),
            models.Index(fields=["topic", "-id"], name="log_of_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.post_id}"
