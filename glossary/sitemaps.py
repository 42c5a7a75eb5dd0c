"""What the sitemap says of the glossary: its page in every language that has terms."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap

from glossary.models import GlossaryTerm
from glossary.reading import address


class GlossarySitemap(Sitemap):
    def items(self) -> list[str]:
        """The languages."""
        codes = GlossaryTerm.objects.order_by("locale__language_code")
        return list(codes.values_list("locale__language_code", flat=True).distinct())

    def location(self, item: str) -> str:
        """The page in that language."""
        return address(item)
