"""Who follows what, and how people want to be told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How closely somebody follows a topic or a category."""

    WATCH = "watch", _("Watched: told on the site and by e-mail")
    TRACK = "track", _("Tracked: told on the site only")
    MUTE = "mute", _("Muted: never told")


# With these one is told on the site.
TOLD = (Level.WATCH, Level.TRACK)


class TopicSubscription(models.Model):
    """One member follows, or mutes, one topic."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="forum_topic_subscriptions",
        db_index=False,
    )
    topic = models.ForeignKey("forum.Topic", on_delete=models.CASCADE, related_name="subscriptions")
    level = models.CharField(max_length=10, choices=Level.choices)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("followed topic")
        verbose_name_plural = _("followed topics")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="topic_followed_once"),
            models.CheckConstraint(name="topic_level_known", condition=Q(level__in=Level.values)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.level} topic {self.topic_id}"


class CategorySubscription(models.Model):
    """One member follows, or mutes, the new topics of one category."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="forum_category_subscriptions",
        db_index=False,
    )
    category = models.ForeignKey(
        "forum.Category", on_delete=models.CASCADE, related_name="subscriptions"
    )
    level = models.CharField(max_length=10, choices=Level.choices)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("followed category")
        verbose_name_plural = _("followed categories")
        constraints = [
            models.UniqueConstraint(fields=["user", "category"], name="category_followed_once"),
            models.CheckConstraint(
                name="category_level_known", condition=Q(level__in=Level.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.level} category {self.category_id}"


class Frequency(models.TextChoices):
    """How often the forum writes to somebody."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, in one message")
    WEEKLY = "weekly", _("Once a week, in one message")
    NONE = "none", _("Never")


DIGESTS = (Frequency.DAILY, Frequency.WEEKLY)


class MailStop(models.TextChoices):
    """Why no mail goes to an account, whatever its owner chose."""

    BOUNCE = "bounce", _("Your mail server has refused our messages for good.")
    COMPLAINT = "complaint", _("One of our messages was reported as unwanted.")


class NotificationPreferences(models.Model):
    """How somebody wants to be told; an account without a row has the defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="forum_preferences",
    )
    frequency = models.CharField(
        max_length=10,
        choices=Frequency.choices,
        default=Frequency.AT_ONCE,
    )
    watches_own = models.BooleanField(default=True)
    # The digest before the next one: what is older than it is not in the next.
    digest_at = models.DateTimeField(default=timezone.now)
    mail_stop = models.CharField(max_length=10, choices=MailStop.choices, blank=True)
    mail_stopped_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("notification preferences")
        verbose_name_plural = _("notification preferences")
        indexes = [
            models.Index(
                fields=["digest_at"],
                name="preferences_digest",
                condition=Q(frequency__in=DIGESTS, mail_stop=""),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="preferences_frequency_known",
                condition=Q(frequency__in=Frequency.values),
            ),
            models.CheckConstraint(
                name="preferences_stop_has_a_date",
                condition=Q(mail_stop="", mail_stopped_at__isnull=True)
                | Q(mail_stop__in=MailStop.values, mail_stopped_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.frequency}"

    @classmethod
    def of(cls, user: Any) -> NotificationPreferences:
        """The preferences of an account, not yet stored where nothing was chosen."""
        return cls.objects.filter(user=user).first() or cls(user=user)
