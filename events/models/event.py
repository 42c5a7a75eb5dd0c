"""An event: when by which clock, where, for whom, and whether it takes place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks.body import BodyBlock
from core.models import ListingMixin, SampleMixin, SocialMixin
from core.pagecache import expire_at
from events import panels, times
from events.forms import EventPageForm
from events.models.choices import Attendance, EventType, Status
from events.querysets import EventQuerySet

DEFAULT_ZONE = "Europe/Brussels"
FEED_SLUG = "calendar"
LONGEST = timedelta(days=366)
# What makes a calendar's owner look again; a change raises the sequence number (RFC 5545, 3.8.7.4).
CALENDAR_FIELDS = ("start", "end", "timezone", "all_day", "status", "venue", "city", "country_id")


class EventTag(TaggedItemBase):
    content_object = ParentalKey(
        "events.EventPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class EventPage(RoutablePageMixin, ListingMixin, SocialMixin, SampleMixin, Page):
    """An event. `start` and `end` are moments; `timezone` names the clock that people go by.

    An all-day event begins at 00:00 of its first day and ends at 23:59 of its last one.
    """

    event_type = models.CharField(_("type"), max_length=20, choices=EventType.choices)
    start = models.DateTimeField(_("begins"))
    end = models.DateTimeField(_("ends"))
    timezone = models.CharField(
        _("time zone"), max_length=64, default=DEFAULT_ZONE, validators=[times.validate_zone]
    )
    all_day = models.BooleanField(
        _("all day"), default=False, help_text=_("Only the days matter; times are not shown.")
    )
    # The days by the calendar at the event's place: the database cannot compute them from the zone.
    starts_on = models.DateField(editable=False)
    ends_on = models.DateField(editable=False)

    status = models.CharField(
        _("state"), max_length=20, choices=Status.choices, default=Status.SCHEDULED
    )
    previous_start = models.DateTimeField(
        _("began before"),
        null=True,
        blank=True,
        help_text=_("Where there is a new date: when the event was to begin, by the same clock."),
    )

    attendance = models.CharField(
        _("taking part"), max_length=10, choices=Attendance.choices, default=Attendance.OFFLINE
    )
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
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
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    online_url = models.URLField(
        _("address online"),
        max_length=500,
        blank=True,
        help_text=_("Where to take part or to register. Everybody who may read this page sees it."),
    )

    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    audience = models.CharField(_("for whom"), max_length=300, blank=True)
    accessibility_notes = models.TextField(
        _("accessibility"),
        blank=True,
        help_text=_("Entrance, captions, interpretation, breaks: what somebody has to know."),
    )
    value_chains = ParentalManyToManyField(
        "directory.ValueChain", verbose_name=_("value chains"), blank=True, related_name="+"
    )
    tags = ClusterTaggableManager(through=EventTag, blank=True, verbose_name=_("tags"))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = PageManager.from_queryset(EventQuerySet)()

    base_form_class = EventPageForm
    edit_handler = TabbedInterface(
        [
            ObjectList(panels.CONTENT, heading=_("Content")),
            ObjectList(panels.WHERE, heading=_("Where")),
            ObjectList(panels.DETAILS, heading=_("Details")),
            ObjectList(
                [
                    *ListingMixin.listing_panels,
                    *SocialMixin.social_panels,
                    *SampleMixin.sample_panels,
                    *Page.promote_panels,
                ],
                heading=_("Promote"),
            ),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ],
        base_form_class=EventPageForm,
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("listing_summary"),
        index.SearchField("organiser"),
        index.SearchField("city"),
        index.FilterField("event_type"),
        index.FilterField("start"),
        index.FilterField("end"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("value_chains", overridable=False),
        SynchronizedField("timezone", overridable=False),
        SynchronizedField("languages", overridable=False),
        SynchronizedField("organiser"),
        SynchronizedField("city"),
        SynchronizedField("source_name"),
    ]

    template = "pages/events/event_page.html"
    parent_page_types: ClassVar[list[str]] = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("A fair visit, webinar, workshop or any other event.")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["end", "start"], name="event_by_end"),
            models.Index(fields=["starts_on", "ends_on"], name="event_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_it_begins",
                condition=Q(end__gte=F("start")),
                violation_error_message=_("An event cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="event_days_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="event_has_places",
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                violation_error_message=_("Leave the places empty, or give at least one."),
            ),
            models.CheckConstraint(
                name="event_with_new_date_had_another",
                condition=~Q(status=Status.RESCHEDULED) | Q(previous_start__isnull=False),
                violation_error_message=_("Say when the event was to begin before."),
            ),
            models.CheckConstraint(
                name="event_region_in_a_country",
                condition=Q(region__isnull=True) | Q(country__isnull=False),
                violation_error_message=_("A region needs its country."),
            ),
            models.CheckConstraint(
                name="event_choices_known",
                condition=Q(
                    event_type__in=EventType.values,
                    attendance__in=Attendance.values,
                    status__in=Status.values,
                ),
            ),
        ]

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the event's clock; UTC while the editor's entry is not a zone."""
        return times.zone(self.timezone) or ZoneInfo("UTC")

    @property
    def local_start(self) -> datetime:
        """The begin in the event's own zone."""
        return self.start.astimezone(self.zone)

    @property
    def local_end(self) -> datetime:
        """The end in the event's own zone."""
        return self.end.astimezone(self.zone)

    def is_past(self, now: datetime | None = None) -> bool:
        """Whether the event is over."""
        return self.end < (now or timezone.now())

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.start and self.end and self.end < self.start:
            errors["end"] = _("An event cannot end before it begins.")
        elif self.start and self.end and self.end - self.start > LONGEST:
            errors["end"] = _("An event cannot last longer than a year.")
        if self.region_id and self.region.country_id != self.country_id:
            errors["region"] = _("This region is not in the chosen country.")
        if self.status == Status.RESCHEDULED and not self.previous_start:
            errors["previous_start"] = _("Say when the event was to begin before.")
        if self.slug == FEED_SLUG:
            errors["slug"] = _("This address belongs to the calendar of all events.")
        if errors:
            raise ValidationError(errors)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._set_days()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is None:
            self._set_days()
            self._set_sequence()
        super().save(*args, **kwargs)

    def _set_days(self) -> None:
        if self.start and self.end:
            self.starts_on = self.local_start.date()
            self.ends_on = self.local_end.date()

    def _set_sequence(self) -> None:
        """Count on from what is stored: a revision carries the number of the day it was written."""
        stored = EventPage.objects.filter(pk=self.pk).values("calendar_sequence", *CALENDAR_FIELDS)
        before = stored.first() if self.pk else None
        if before is None:
            self.calendar_sequence = 0
            return
        changed = any(before[name] != getattr(self, name) for name in CALENDAR_FIELDS)
        self.calendar_sequence = before["calendar_sequence"] + changed

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.detail import detail

        context = super().get_context(request, *args, **kwargs)
        context.update(detail(self, request))
        if not self.is_past():
            expire_at(request, self.end)
        return context

    @path("calendar/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The event as a calendar file."""
        from events.calendars import calendar_response, single

        return calendar_response(single(self, request), filename=f"{self.slug}.ics")
