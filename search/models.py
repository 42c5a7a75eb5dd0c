"""What can be found: one flat row per thing, outbox and table of the embedded engines at once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from search.querysets import SearchEntryQuerySet


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
        ]
        constraints = [
            models.CheckConstraint(
                name="search_entry_deleted_is_blank",
                condition=Q(is_deleted=False) | Q(title="", body="", audience=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} v{self.version}"
