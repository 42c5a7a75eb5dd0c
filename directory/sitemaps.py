"""What the sitemap says of the directory: public profiles, each in the language of its texts."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.utils import translation

from directory.models import Organisation
from directory.states import State

MOST = 20_000


class OrganisationSitemap(Sitemap):
    """Bounded; profiles that nobody confirmed for a year are found through the list."""

    def items(self) -> list[Organisation]:
        """The confirmed profiles, the newest first."""
        rows = Organisation.objects.filter(state=State.PUBLISHED).order_by("-confirmed_at", "-pk")
        return list(rows.only("slug", "language", "confirmed_at", "changed_at")[:MOST])

    def location(self, item: Organisation) -> str:
        """Its canonical address."""
        with translation.override(item.language):
            return item.get_absolute_url()

    def lastmod(self, item: Organisation) -> datetime:
        """When it was last changed or confirmed."""
        return max(item.changed_at, item.confirmed_at or item.changed_at)
