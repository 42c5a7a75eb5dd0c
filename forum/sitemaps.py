"""What the sitemap says of the forum: public topics, each in its own language, the newest first."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.utils import translation

from forum.models import Category, Topic

MOST = 5000


class TopicSitemap(Sitemap):
    """Bounded: what has long been silent is found through the lists."""

    def items(self) -> list[Topic]:
        """The topics that every visitor may read."""
        categories = list(Category.objects.visible_to(AnonymousUser()))
        topics = Topic.objects.published().filter(category__in=categories).newest_first()
        fields = ("slug", "language", "last_post_at", "category__slug")
        return list(topics.select_related("category").only(*fields)[:MOST])

    def location(self, item: Topic) -> str:
        """Its canonical address."""
        with translation.override(item.language):
            return item.get_absolute_url()

    def lastmod(self, item: Topic) -> datetime:
        """When something was last written in it."""
        return item.last_post_at
