"""What best practices and case studies have in common.

The base is a table of its own and not abstract: one query lists, filters and counts both kinds
(docs/adr/0008-practices-share-one-table.md).
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from bestpractices.querysets import PracticeQuerySet
from core.blocks.links import LinkBlock
from core.models import FreshnessMixin, ListingMixin, SampleMixin, SocialMixin
from core.models.media import Licence

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue

TITLE_LENGTH = 100
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class Scope(models.TextChoices):
    """How far a practice reaches (domain.md 3.1)."""

    LOCAL = "local", _("Local")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    EU = "eu", _("European")


class PracticeTag(TaggedItemBase):
    """A free keyword of a best practice or a case study; both draw from one set of tags."""

    content_object = ParentalKey(
        "bestpractices.PracticeBase", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        verbose_name = _("tag of a practice")
        verbose_name_plural = _("tags of practices")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="practice_tag_once")
        ]


class PracticeIndicator(TranslatableMixin, Orderable):
    """One measured result: how much before, how much after, in which unit, measured how.

    A row and not a block, so that evidence can be compared across practices.
    """

    practice = ParentalKey(
        "bestpractices.PracticeBase", on_delete=models.CASCADE, related_name="indicators"
    )
    name = models.CharField(_("what is measured"), max_length=150)
    unit = models.CharField(_("unit"), max_length=80, help_text=_("Such as “tonnes a year”."))
    before = models.DecimalField(
        _("before"),
        max_digits=16,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("Leave empty where nobody measured before."),
    )
    after = models.DecimalField(_("after"), max_digits=16, decimal_places=3)
    how_measured = models.CharField(
        _("how measured"),
        max_length=300,
        help_text=_("By whom, when, over which period; readers judge the figure by this."),
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return self.name

    @property
    def change(self) -> str:
        """ "+45 %" or "−12 %" from before to after; empty where a percentage has no meaning."""
        if not self.before:
            return ""
        percent = round((self.after - self.before) / abs(self.before) * 100)
        sign = "+" if percent > 0 else "−" if percent < 0 else "±"
        return f"{sign}{number_format(abs(percent), use_l10n=True, force_grouping=True)} %"


class PracticeBase(ListingMixin, SocialMixin, FreshnessMixin, SampleMixin, Page):
    """The fields of a good practice (domain.md 3.1), for both kinds of page."""

    # What the address of the list calls this kind; each page type has its own.
    kind = ""

    main_institution = models.CharField(
        _("main institution"),
        max_length=200,
        blank=True,
        help_text=_("Who runs it, or ran it."),
    )
    location_place = models.CharField(
        _("place"), max_length=120, blank=True, help_text=_("A town or an area, in words.")
    )
    country = models.ForeignKey(
        "directory.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    region = models.ForeignKey(
        "directory.Region",
        verbose_name=_("region (NUTS)"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Brings its country along."),
    )
    period_start = models.DateField(_("start"), null=True, blank=True)
    period_end = models.DateField(_("end"), null=True, blank=True)
    ongoing = models.BooleanField(_("ongoing"), default=False)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices, blank=True)

    value_chains = ParentalManyToManyField(
        "directory.ValueChain", verbose_name=_("value chains"), blank=True, related_name="+"
    )
    circular_strategies = ParentalManyToManyField(
        "directory.CircularStrategy",
        verbose_name=_("circular strategies"),
        blank=True,
        related_name="+",
    )
    sectors = ParentalManyToManyField(
        "directory.NaceDivision", verbose_name=_("sectors (NACE)"), blank=True, related_name="+"
    )
    tags = ClusterTaggableManager(
        through=PracticeTag, verbose_name=_("tags"), blank=True, related_name="+"
    )

    challenge = RichTextField(
        _("challenge addressed"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("What was the matter before, and for whom?"),
    )
    resources_needed = RichTextField(
        _("resources needed"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Money, people, machines, time: what somebody else would have to bring."),
    )
    evidence_text = RichTextField(
        _("evidence of success"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("What came of it, and how that is known."),
    )
    challenges_encountered = RichTextField(
        _("challenges encountered"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("What was harder than expected? Others learn most from this."),
    )
    potential_for_transfer = RichTextField(
        _("potential for transfer"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Where else could it work, and under which conditions?"),
    )
    further_information = StreamField(
        [("link", LinkBlock())], verbose_name=_("further information"), blank=True
    )
    contact_role = models.CharField(
        _("contact"),
        max_length=150,
        blank=True,
        help_text=_("A function and not a person's name. Shown to members only."),
    )
    contact_email = models.EmailField(_("e-mail of the contact"), blank=True)
    licence = models.CharField(
        _("licence of the text"), max_length=40, choices=Licence.choices, default=Licence.CC_BY
    )
    expert_opinion = RichTextField(
        _("expert opinion"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Added by the platform's experts after their review."),
    )

    objects = PageManager.from_queryset(PracticeQuerySet)()

    is_creatable = False
    parent_page_types: list[str] = []
    subpage_types: list[str] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("main_institution"),
        index.SearchField("location_place"),
    ]
    # Classifications mean the same in every language, and only the source page decides them.
    override_translatable_fields = [
        SynchronizedField(name, overridable=False)
        for name in ("value_chains", "circular_strategies", "sectors", "tagged_items")
    ]

    class Meta:
        verbose_name = _("practice or case study")
        verbose_name_plural = _("practices and case studies")
        constraints = [
            models.CheckConstraint(
                name="practice_ends_after_it_starts",
                condition=models.Q(period_start__isnull=True)
                | models.Q(period_end__isnull=True)
                | models.Q(period_end__gte=models.F("period_start")),
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                name="practice_ongoing_has_no_end",
                condition=models.Q(ongoing=False) | models.Q(period_end__isnull=True),
                violation_error_message=_("What is ongoing has no end yet."),
            ),
        ]

    @property
    @abstractmethod
    def body(self) -> StreamValue:
        """The long text of the page, whatever its kind calls it."""

    def clean(self) -> None:
        """Errors stand at the field that caused them; a region brings its country along."""
        super().clean()
        errors: dict[str, Any] = {}
        if len(self.title) > TITLE_LENGTH:
            errors["title"] = ValidationError(
                _("A title has at most %(limit)s characters; this one has %(length)s."),
                params={"limit": TITLE_LENGTH, "length": len(self.title)},
            )
        if self.ongoing and self.period_end:
            errors["period_end"] = _("What is ongoing has no end yet.")
        elif self.period_start and self.period_end and self.period_end < self.period_start:
            errors["period_end"] = _("The end is before the start.")
        if self.region_id and not self.country_id:
            self.country_id = self.region.country_id
        elif self.region_id and self.region.country_id != self.country_id:
            errors["region"] = _("This region lies in another country.")
        if errors:
            raise ValidationError(errors)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from bestpractices import detail

        return {**super().get_context(request, *args, **kwargs), **detail.context(self, request)}
