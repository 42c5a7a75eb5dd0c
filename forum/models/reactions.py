"""What readers say about a post with one press."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReactionKind(models.TextChoices):
    """What a reaction says."""

    USEFUL = "useful", _("Useful")
    THANKS = "thanks", _("Thanks")
    ME_TOO = "me_too", _("I do this too")


class Reaction(models.Model):
    """A member's one reaction to a post."""

    # The unique constraint below begins with the post: it serves the counts of a page, too.
    post = models.ForeignKey(
        "forum.Post", on_delete=models.CASCADE, related_name="reactions", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_reactions"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReactionKind.choices)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(fields=["post", "user"], name="reaction_once"),
            models.CheckConstraint(
                name="reaction_kind_known", condition=Q(kind__in=ReactionKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.post_id}"
