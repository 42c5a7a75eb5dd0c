"""Checks that hold for pages of every type, and for images."""

from __future__ import annotations

from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

from core.content_checks import register
from core.models import CustomImage, FreshnessMixin, ListingMixin
from core.models.mixins import review_limit


def _live_pages(mixin: type[Model], wanting: Q) -> QuerySet[Page]:
    found = Q(pk__in=[])
    for model in get_page_models():
        if issubclass(model, mixin):
            found |= Q(pk__in=model.objects.live().filter(wanting).order_by().values("pk"))
    return Page.objects.filter(found).order_by("title")


def without_summary() -> QuerySet[Page]:
    """Live pages that lists and search can show by their title only."""
    return _live_pages(ListingMixin, Q(listing_summary=""))


def due_for_review() -> QuerySet[Page]:
    """Live pages that nobody has reviewed for 24 months, or ever."""
    return _live_pages(
        FreshnessMixin,
        Q(last_reviewed_on__isnull=True) | Q(last_reviewed_on__lt=review_limit()),
    )


def images_without_description() -> QuerySet[CustomImage]:
    """Images that are not decorative and whose description is missing or merely the title."""
    wanting = Q(description="") | Q(description__iexact=F("title"))
    return CustomImage.objects.filter(wanting, is_decorative=False).order_by("title")


register("without-summary", _("Pages without a summary"), without_summary)
register("due-for-review", _("Pages not reviewed for 24 months"), due_for_review)
register(
    "images-without-description",
    _("Images without alternative text"),
    images_without_description,
)
