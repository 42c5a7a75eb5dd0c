"""Which events: to come, past, in a month, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone
from wagtail.models import Locale
from wagtail.query import PageQuerySet

from core.audiences import visible_pages
from events.times import month_after


class EventQuerySet(PageQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Live events that this reader may read."""
        return visible_pages(self, user)

    def upcoming(self, now: datetime | None = None) -> Self:
        """Not yet over, those under way included; the next one first."""
        return self.filter(end__gte=now or timezone.now()).order_by("start", "pk")

    def past(self, now: datetime | None = None) -> Self:
        """Over; the latest first."""
        return self.filter(end__lt=now or timezone.now()).order_by("-start", "-pk")

    def in_month(self, first: date) -> Self:
        """With at least one day, by the calendar at the event's place, in the month that begins on `first`."""
        return self.filter(starts_on__lt=month_after(first), ends_on__gte=first)

    def of_types(self, types: Iterable[str]) -> Self:
        """Of one of these types."""
        return self.filter(event_type__in=list(types))

    def for_cards(self) -> Self:
        """With what a card shows, and without the body."""
        return self.select_related("locale", "country").defer("body")

    def in_best_language(self, locale: Locale, user: Any) -> Self:
        """Each event once: in this locale, else in the site's first language, else in the oldest other one.

        Only versions that the reader may read count, so nothing disappears behind a hidden one.
        """
        better = visible_pages(
            self.model.objects.filter(translation_key=OuterRef("translation_key")), user
        )
        return self.annotate(language_rank=_rank(locale)).exclude(
            Exists(
                better.annotate(other_rank=_rank(locale)).filter(
                    other_rank__lt=OuterRef("language_rank")
                )
            )
        )


def _rank(locale: Locale) -> Combinable:
    return Case(
        When(locale_id=locale.pk, then=Value(-2)),
        When(locale__language_code=settings.LANGUAGE_CODE, then=Value(-1)),
        default=F("locale_id"),
        output_field=IntegerField(),
    )
