"""Reads of search entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Q


class SearchEntryQuerySet(models.QuerySet[Any]):
    def findable(self) -> SearchEntryQuerySet:
        """The rows that are not tombstones."""
        return self.filter(is_deleted=False)

    def readable(self, tokens: Iterable[str]) -> SearchEntryQuerySet:
        """The rows that a reader with these tokens may find."""
        allowed = Q(pk__in=[])
        for token in tokens:
            allowed |= Q(audience__contains=f"|{token}|")
        return self.findable().filter(allowed)

    def waiting(self) -> SearchEntryQuerySet:
        """The rows that Elasticsearch does not know in their present version."""
        return self.filter(version__gt=F("pushed_version"))

    def stale(self) -> SearchEntryQuerySet:
        """The rows to be read again from their source."""
        return self.filter(is_stale=True)

    def below(self, page_path: str) -> SearchEntryQuerySet:
        """The rows of a page and of everything below it; `page_path` is the tree's path."""
        return self.filter(page__path__startswith=page_path)

    def of_model(self, label: str) -> SearchEntryQuerySet:
        """The rows of one model, such as "events.eventpage"."""
        return self.filter(source__startswith=f"{label}:")

    def appeared(self, after: datetime, until: datetime) -> SearchEntryQuerySet:
        """The rows that somebody may find since a moment within (after, until]."""
        return self.findable().filter(appeared_at__gt=after, appeared_at__lte=until)


class SavedSearchQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> SavedSearchQuerySet:
        """Somebody's own."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def due(self, rhythm: str, moment: datetime) -> SavedSearchQuerySet:
        """Those of a rhythm that were last told before `moment`, of people who may be told."""
        return self.filter(
            rhythm=rhythm,
            told_at__lt=moment,
            user__in=get_user_model().objects.members(),
        )
