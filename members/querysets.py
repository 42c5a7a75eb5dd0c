"""Reads of the members, chainable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from members.parts import Level, Part
from members.states import ALIVE, ContactState

if TYPE_CHECKING:
    from members.models import ContactRequest, Profile  # noqa: F401


class ProfileQuerySet(models.QuerySet["Profile"]):
    def showing(
        self, part: Part, levels: Iterable[Level], contacts: Iterable[int] = ()
    ) -> ProfileQuerySet:
        """Those of members who show a part at one of the levels, or to their contacts, whose keys
        are given: `visibility.visible_fields` as a filter."""
        is_shown = Q(**{f"visibility__{part}__in": [str(level) for level in levels]})
        if contacts := list(contacts):
            is_shown |= Q(user__in=contacts)
        return self.filter(is_shown, user__is_active=True, user__approved_at__isnull=False)


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    def visible_to(self, user: Any) -> ContactRequestQuerySet:
        """The two whom it is about read a request, and nobody else."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(sender=user.pk) | Q(recipient=user.pk))

    def between(self, one: Any, other: Any) -> ContactRequestQuerySet:
        """All requests of a pair, whoever asked."""
        return self.filter(
            Q(sender=one.pk, recipient=other.pk) | Q(sender=other.pk, recipient=one.pk)
        )

    def alive(self) -> ContactRequestQuerySet:
        return self.filter(state__in=ALIVE)

    def open(self) -> ContactRequestQuerySet:
        return self.filter(state=ContactState.OPEN)

    def accepted(self) -> ContactRequestQuerySet:
        return self.filter(state=ContactState.ACCEPTED)

    def past(self) -> ContactRequestQuerySet:
        return self.exclude(state__in=ALIVE)

    def to_remind(self, day: date) -> ContactRequestQuerySet:
        """Open ones whose recipient is to be reminded on this day."""
        return self.open().filter(reminded_at=None, remind_on__lte=day, close_on__gt=day)

    def to_close(self, day: date) -> ContactRequestQuerySet:
        """Open ones whose time for an answer is over on this day."""
        return self.open().filter(close_on__lte=day)

    def ended_before(self, moment: datetime) -> ContactRequestQuerySet:
        return self.past().filter(ended_at__lt=moment)
