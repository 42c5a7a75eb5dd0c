"""Small mixins for pages; each brings its own panels, so that a page only has to name them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

REVIEW_AFTER_MONTHS = 24


class ListingMixin(models.Model):
    """How a page shows itself in lists, cards and search."""

    listing_summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences for lists, search and sharing."),
    )
    listing_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    listing_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("listing_summary"), FieldPanel("listing_image")], heading=_("In lists")
        )
    ]

    class Meta:
        abstract = True


class SocialMixin(models.Model):
    """What other sites show when a page is shared; empty fields fall back to the listing."""

    social_title = models.CharField(_("title when shared"), max_length=120, blank=True)
    social_description = models.CharField(_("text when shared"), max_length=300, blank=True)
    social_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("image when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # The fields that say in a sentence what a page is about, the first that is filled counts.
    summary_fields: ClassVar[tuple[str, ...]] = ("listing_summary",)

    social_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [
                FieldPanel("social_title"),
                FieldPanel("social_description"),
                FieldPanel("social_image"),
            ],
            heading=_("When shared"),
        )
    ]

    class Meta:
        abstract = True

    @property
    def own_summary(self) -> str:
        """What the page is about in its own words; empty where it does not say."""
        texts = (getattr(self, name) for name in self.summary_fields)
        return next((text for text in texts if text), "")


class FreshnessMixin(models.Model):
    """When somebody last checked that a page still holds.

    Review is due after 24 months (domain.md 3.1).
    """

    last_reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)

    freshness_panels: ClassVar[list[Panel]] = [FieldPanel("last_reviewed_on")]

    class Meta:
        abstract = True

    @property
    def is_review_due(self) -> bool:
        """Whether the last review is more than 24 months ago; a page never reviewed is due."""
        return self.last_reviewed_on is None or self.last_reviewed_on < review_limit()

    @property
    def holds_since(self) -> datetime | None:
        """The beginning of the day of the last review, else when the page was last published."""
        if self.last_reviewed_on is None:
            published: datetime | None = getattr(self, "last_published_at", None)
            return published
        return timezone.make_aware(datetime.combine(self.last_reviewed_on, time.min))


def review_limit(today: date | None = None) -> date:
    """The day before which a review no longer counts: 24 months back."""
    day = today or timezone.localdate()
    years, months = divmod(REVIEW_AFTER_MONTHS, 12)
    month = day.month - months
    year = day.year - years - (1 if month < 1 else 0)
    month = month + 12 if month < 1 else month
    # The 29th of February has no counterpart in most years.
    return day.replace(year=year, month=month, day=min(day.day, 28))


class SampleMixin(models.Model):
    """Whether a page is a made-up sample, and else where its facts come from."""

    is_sample = models.BooleanField(
        _("sample"),
        default=False,
        help_text=_("Made up to show how the site works; the site marks it with a badge."),
    )
    source_name = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)

    sample_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("is_sample"), FieldPanel("source_name"), FieldPanel("source_url")],
            heading=_("Sample or source"),
        )
    ]

    class Meta:
        abstract = True
