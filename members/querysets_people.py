"""Reads of profiles, requests for contact and blocks, chainable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from members.parts import OF_FORMER_MEMBERS, Level, Part
from members.states import ALIVE, ContactState

if TYPE_CHECKING:
    from members.models import Block, ContactRequest, Profile  # noqa: F401


BOTH_ACTIVE = {"sender__is_active": True, "recipient__is_active": True}


class ProfileQuerySet(models.QuerySet["Profile"]):
    def showing(
        self, part: Part, levels: Iterable[Level], contacts: Iterable[int] = ()
    ) -> ProfileQuerySet:
        """Those who show a part at one of the levels, or who are among `contacts`: keys of accounts.

        Members only, but for what former members go on showing. See `visibility.people_showing`.
        """
        is_shown = Q(**{f"visibility__{part}__in": [str(level) for level in levels]})
        if contacts := list(contacts):
            is_shown |= Q(user__in=contacts)
        if part in OF_FORMER_MEMBERS:
            return self.filter(is_shown)
        return self.filter(is_shown, user__is_active=True, user__approved_at__isnull=False)


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    def visible_to(self, user: Any) -> ContactRequestQuerySet:
        """The two whom it is about read a request, and nobody else; not while either is shut out."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(sender=user.pk) | Q(recipient=user.pk), **BOTH_ACTIVE)

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
        due = self.open().filter(reminded_at=None, remind_on__lte=day, close_on__gt=day)
        return due.filter(**BOTH_ACTIVE)

    def to_close(self, day: date) -> ContactRequestQuerySet:
        """Open ones whose time for an answer is over on this day."""
        return self.open().filter(close_on__lte=day)

    def ended_before(self, moment: datetime) -> ContactRequestQuerySet:
        return self.past().filter(ended_at__lt=moment)


class BlockQuerySet(models.QuerySet["Block"]):
    def between(self, one: Any, other: Any) -> BlockQuerySet:
        """Those of a pair, whoever blocks whom."""
        return self.filter(Q(owner=one.pk, blocked=other.pk) | Q(owner=other.pk, blocked=one.pk))
