"""What the inbox on the site holds; mail is made of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.querysets_inbox import NotificationQuerySet


class Kind(models.TextChoices):
    """Why somebody is told."""

    REPLY = "reply", _("New replies")
    TOPIC = "topic", _("New topic")
    MENTION = "mention", _("You were mentioned")
    ACCEPTED = "accepted", _("Your answer was accepted")
    STALE = "stale", _("An accepted answer may be out of date")
    DECISION = "decision", _("Decision about your post")
    APPEAL = "appeal", _("Decision about your appeal")
    REPORT = "report", _("Outcome of your report")
    CONSENT = "consent", _("Your consent is asked")


# Of these there is one for each topic until it is read; each of the others stands for itself.
FOLDED = (Kind.REPLY, Kind.TOPIC, Kind.MENTION)
# About the reader's own doings: shown whatever became of the topic, which is then not named.
PERSONAL = (Kind.DECISION, Kind.APPEAL, Kind.REPORT)
# Mailed by whoever decides, with the reasons, and not again as lines.
MAILED_APART = (Kind.DECISION, Kind.APPEAL)


class Notification(models.Model):
    """A line in somebody's inbox."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="forum_notifications",
        db_index=False,
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    topic = models.ForeignKey("forum.Topic", null=True, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey("forum.Post", null=True, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_of_user"),
            models.Index(
                fields=["user"], name="notification_unread", condition=Q(read_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "topic", "kind"],
                condition=Q(read_at__isnull=True, kind__in=FOLDED),
                name="notification_once_until_read",
            ),
            models.CheckConstraint(
                name="notification_kind_known", condition=Q(kind__in=Kind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"
