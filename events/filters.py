"""What a reader asks for in the address: `?when=past&type=webinar&country=PT&month=2026-12`.

Whatever is not understood is left out; an address never fails because of its filters.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from directory.labels import labels
from directory.models import Country
from events.models.choices import EventType
from events.querysets import EventQuerySet

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


class When(StrEnum):
    UPCOMING = "upcoming"
    PAST = "past"
    ALL = "all"


def parse_month(text: str) -> date | None:
    """The first day of a month such as "2026-12", or None for anything else."""
    match = MONTH.fullmatch(text)
    return date(int(match[1]), int(match[2]), 1) if match else None


@dataclass(frozen=True, slots=True)
class EventFilters:
    """What was understood. A month without `when` means all of that month, past days included."""

    when: When = When.UPCOMING
    types: tuple[str, ...] = ()
    country: str = ""
    month: date | None = None

    @classmethod
    def parse(cls, query: QueryDict) -> EventFilters:
        """Read the parameters of an address."""
        month = next(filter(None, map(parse_month, query.getlist("month"))), None)
        wanted = query.get("when", "")
        default = When.ALL if month else When.UPCOMING
        countries = labels(Country)
        return cls(
            when=When(wanted) if wanted in set(When) else default,
            types=tuple(code for code in EventType.values if code in query.getlist("type")),
            country=next((code for code in query.getlist("country") if code in countries), ""),
            month=month,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but `when` is chosen."""
        return bool(self.types or self.country or self.month)

    def apply(
        self, events: EventQuerySet, *, without: Collection[str] = (), now: datetime | None = None
    ) -> EventQuerySet:
        """Narrow a queryset; `without` names filters to leave out, for counting their options."""
        if self.types and "type" not in without:
            events = events.of_types(self.types)
        if self.country and "country" not in without:
            events = events.filter(country=self.country)
        if self.month and "month" not in without:
            events = events.in_month(self.month)
        if "when" in without:
            return events
        moment = now or timezone.now()
        match self.when:
            case When.PAST:
                return events.past(moment)
            case When.UPCOMING:
                return events.upcoming(moment)
            case _:
                return events.order_by("start", "pk")

    def query(self, *, only: Collection[str] = ("when", "type", "country", "month")) -> str:
        """The parameters as an encoded query, without the defaults."""
        pairs: list[tuple[str, str]] = []
        default = When.ALL if self.month else When.UPCOMING
        if self.when != default:
            pairs.append(("when", self.when))
        pairs += [("type", code) for code in self.types]
        if self.country:
            pairs.append(("country", self.country))
        if self.month:
            pairs.append(("month", f"{self.month:%Y-%m}"))
        return urlencode([pair for pair in pairs if pair[0] in only])
