"""Topics take their tags from the taxonomy that practices and events share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TaggedItemBase

MOST_TAGS = 5


class TopicTag(TaggedItemBase):
    """A tag of a topic."""

    content_object = models.ForeignKey(
        "forum.Topic", on_delete=models.CASCADE, related_name="tagged_items", db_index=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("tag of a topic")
        verbose_name_plural = _("tags of topics")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="topic_tag_once")
        ]
