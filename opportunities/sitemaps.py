"""What the sitemap says of opportunities: the public ones, each in the language of its texts."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.utils import translation

from opportunities.models import Opportunity

MOST = 5000


class OpportunitySitemap(Sitemap):
    """Bounded; the newest first."""

    def items(self) -> list[Opportunity]:
        """What everybody may read."""
        rows = Opportunity.objects.public().order_by("-listed_at", "-pk")
        return list(rows.only("language", "changed_at")[:MOST])

    def location(self, item: Opportunity) -> str:
        """Its canonical address."""
        with translation.override(item.language):
            return item.get_absolute_url()

    def lastmod(self, item: Opportunity) -> datetime:
        """When it was last changed or renewed."""
        return item.changed_at
