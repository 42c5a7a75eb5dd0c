"""What can be found: one flat row per thing, outbox and table of the embedded engines at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.querysets import SavedSearchQuerySet, SearchEntryQuerySet


class SearchEntry(models.Model):
    """One thing that can be found, as plain text with everything that a hit shows.

    A row is written in the transaction of the change that it follows and its version grows with
    every write, so `version > pushed_version` is what Elasticsearch does not know yet. Rows are
    never deleted: one that nobody may find any more is blank and marked as deleted, so that its
    version goes on growing and no old write can bring it back.

    The text indexes of PostgreSQL and SQLite stand beside this table, kept by triggers that the
    migration `0002_text_index` makes; rewriting this table on SQLite drops them there.
    """

    source = models.CharField(max_length=150, unique=True)
    # Outlives its page as a tombstone, so there is no constraint.
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    kind = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, blank=True)
    title = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    headings = models.TextField(blank=True)
    body = models.TextField(blank=True)
    organisation = models.TextField(blank=True)
    url = models.TextField(blank=True)
    audience = models.TextField(
        blank=True, help_text="Tokens between bars, such as |group:3|group:5|; empty is nobody."
    )
    facets = models.JSONField(default=dict, blank=True)
    group = models.CharField(
        max_length=150, blank=True, help_text="Entries of one group are one hit; else the source."
    )
    date = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    is_deleted = models.BooleanField(default=False)
    is_stale = models.BooleanField(default=False, help_text="To be read again from its source.")
    appeared_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when somebody may find it."
    )
    version = models.PositiveBigIntegerField(default=1)
    pushed_version = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    objects = models.Manager.from_queryset(SearchEntryQuerySet)()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [
            models.Index(
                fields=["id"],
                name="search_waiting",
                condition=Q(version__gt=F("pushed_version")),
            ),
            models.Index(fields=["id"], name="search_stale", condition=Q(is_stale=True)),
            models.Index(fields=["appeared_at"], name="search_appeared"),
        ]
        constraints = [
            models.CheckConstraint(
                name="search_entry_deleted_is_blank",
                condition=Q(is_deleted=False) | Q(title="", body="", audience=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} v{self.version}"


class Rhythm(models.TextChoices):
    """How often somebody is mailed what is new."""

    NONE = "none", _("Never")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


MAILED = (Rhythm.DAILY, Rhythm.WEEKLY)


class SavedSearch(models.Model):
    """A question that a member keeps, and how often to be told of new answers."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_searches",
        db_index=False,
    )
    name = models.CharField(_("name"), max_length=100)
    text = models.CharField(max_length=300, blank=True)
    filters = models.JSONField(default=dict, blank=True, help_text="{facet: [code]}")
    language = models.CharField(max_length=10)
    rhythm = models.CharField(
        _("e-mail about what is new"),
        max_length=10,
        choices=Rhythm.choices,
        default=Rhythm.NONE,
    )
    # What appeared before it was told, or was there when the search was saved.
    told_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager.from_queryset(SavedSearchQuerySet)()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(
                fields=["told_at"], name="search_saved_due", condition=Q(rhythm__in=MAILED)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="search_saved_name_once"),
            models.CheckConstraint(
                name="search_saved_rhythm_known", condition=Q(rhythm__in=Rhythm.values)
            ),
            models.CheckConstraint(name="search_saved_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class QueryTally(models.Model):
    """How often some words were asked for on one day; nobody is named.

    A reader who asks the same again on that day is counted once.
    """

    day = models.DateField()
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=100, help_text="In lower case, with single spaces.")
    asked = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)
    clicked = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("asked words")
        verbose_name_plural = _("asked words")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "text"], name="search_tally_once_a_day"
            ),
            models.CheckConstraint(
                name="search_tally_unanswered_within_asked",
                condition=Q(unanswered__lte=F("asked")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"


class RankTally(models.Model):
    """How often hits of one rank were followed on one day; the first hit has rank 1."""

    day = models.DateField()
    rank = models.PositiveIntegerField()
    clicks = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("clicks by rank")
        verbose_name_plural = _("clicks by rank")
        constraints = [
            models.UniqueConstraint(fields=["day", "rank"], name="search_rank_once_a_day"),
            models.CheckConstraint(name="search_rank_begins_at_one", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.rank}"
