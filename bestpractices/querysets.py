"""Reads of practices and case studies, chainable."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Prefetch, Q, Value, When
from wagtail.images.models import Filter
from wagtail.query import PageQuerySet

from core.audiences import visible_pages
from core.translations import locale_ids

# What components/card--practice.html draws; prefetched, so that a list costs two queries for images.
CARD_RENDITIONS = Filter.expand_spec("format-{avif,webp,jpeg} fill-{480x320,960x640}")


class PracticeQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> PracticeQuerySet:
        """The live ones that this reader may read."""
        return visible_pages(self, user)

    def once_each(self, language: str, user: Any) -> PracticeQuerySet:
        """Each practice in one language version: in `language` where this reader can have it, else
        in the site's first language, else in the oldest version."""
        ids = locale_ids()
        wanted = ids.get(language)
        rank = _rank(wanted, ids.get(settings.LANGUAGE_CODE))
        better = (
            visible_pages(self.model._default_manager.all(), user)
            .filter(translation_key=OuterRef("translation_key"))
            .annotate(sibling_rank=rank)
            .filter(
                Q(sibling_rank__lt=OuterRef("rank"))
                | Q(sibling_rank=OuterRef("rank"), pk__lt=OuterRef("pk"))
            )
        )
        return self.annotate(rank=rank).filter(Q(locale_id=wanted) | ~Exists(better))

    def with_slug(self, slug: str) -> Any:
        """The best practice or case study of this slug with all its fields, in one query, or None."""
        kinds = ("bestpracticepage", "casestudypage")
        base = self.filter(slug=slug).select_related(*kinds).first()
        return next((page for kind in kinds if (page := getattr(base, kind, None))), None)

    def newest_first(self) -> PracticeQuerySet:
        return self.order_by(F("first_published_at").desc(nulls_last=True), "-pk")

    def card_fields(self) -> PracticeQuerySet:
        """Only what a card or a link says, and nothing of the long texts."""
        return self.only(
            "title",
            "slug",
            "path",
            "depth",
            "url_path",
            "live",
            "locale_id",
            "translation_key",
            "content_type_id",
            "listing_summary",
            "listing_image_id",
            "is_sample",
            "location_place",
            "country_id",
            "region_id",
        )

    def for_cards(self) -> PracticeQuerySet:
        """What a card says, and its image: three queries, whatever the number of cards."""
        from core.models import CustomImage

        images = CustomImage.objects.prefetch_renditions(*CARD_RENDITIONS)
        return self.card_fields().prefetch_related(Prefetch("listing_image", queryset=images))


def _rank(wanted: int | None, first: int | None) -> Case:
    return Case(
        When(locale_id=wanted, then=Value(0)),
        When(locale_id=first, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
