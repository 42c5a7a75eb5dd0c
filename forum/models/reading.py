"""How far members have read: watermarks, no row for each post and no update when somebody replies."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TopicRead(models.Model):
    """A member has read a topic up to this number. Only ever moved forward."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    topic = models.ForeignKey("forum.Topic", on_delete=models.CASCADE, related_name="read_marks")
    last_read_number = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("read mark of a topic")
        verbose_name_plural = _("read marks of topics")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="topic_read_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.topic_id}#{self.last_read_number}"


class CategoryRead(models.Model):
    """Whatever a category held at this moment counts as read by a member."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    category = models.ForeignKey(
        "forum.Category", on_delete=models.CASCADE, related_name="read_marks"
    )
    read_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("read mark of a category")
        verbose_name_plural = _("read marks of categories")
        constraints = [
            models.UniqueConstraint(fields=["user", "category"], name="category_read_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.category_id} {self.read_at:%Y-%m-%d %H:%M}"
